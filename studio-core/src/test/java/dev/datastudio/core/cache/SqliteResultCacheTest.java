package dev.datastudio.core.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.cache.CacheLimits;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.cache.ResultCacheContract;
import dev.datastudio.testkit.disk.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteResultCacheTest extends ResultCacheContract {
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Override
    protected ResultCache open(CacheLimits limits, InstantSource clock) {
        return open(folder, limits);
    }

    @Test
    void keepsValuesAndTheOrderOfUseAcrossARestart() throws Exception {
        CacheLimits limits = new CacheLimits(1_000, 3, 100, Duration.ofDays(7));
        try (StateDatabase database = database(folder);
                SqliteResultCache cache = new SqliteResultCache(database, limits, clock)) {
            for (String name : List.of("used", "b", "c")) {
                cache.put(key("a", name), name.getBytes(UTF_8), Set.of("tag"));
                clock.advance(Duration.ofHours(2));
            }
            cache.find(key("a", "used"));
        }

        clock.advance(Duration.ofHours(2));
        ResultCache again = open(folder, limits);
        again.put(key("a", "d"), new byte[1], Set.of());
        assertArrayEquals("used".getBytes(UTF_8), again.find(key("a", "used")).orElseThrow());
        assertFalse(again.find(key("a", "b")).isPresent());
        again.removeTagged("a", "tag");
        assertFalse(again.find(key("a", "used")).isPresent());
    }

    @Test
    void removesADamagedValueAndFindsNothing() {
        try (StateDatabase database = database(folder)) {
            cacheOn(database).put(key("a", "k"), new byte[] {1, 2, 3}, Set.of());
            database.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE result_cache SET value = x'010203ff'");
                }
            });

            SqliteResultCache cache = cacheOn(database);

            assertEquals(Optional.empty(), cache.find(key("a", "k")));
            assertEquals(0, cache.statistics().entries());
            cache.put(key("a", "k"), new byte[] {4}, Set.of());
            assertArrayEquals(
                    new byte[] {4}, cacheOn(database).find(key("a", "k")).orElseThrow());
        }
    }

    @Test
    void goesOnInMemoryWhenTheDiskIsFull() throws IOException {
        try (SmallDisk disk = SmallDisk.mount();
                StateDatabase database = database(disk.root())) {
            SqliteResultCache cache = cacheOn(database);
            cache.put(key("a", "old"), new byte[] {1}, Set.of());
            disk.fill();

            for (int i = 0; i < 20; i++) {
                cache.put(key("a", "k" + i), new byte[50_000], Set.of());
                assertTrue(cache.find(key("a", "k" + i)).isPresent());
            }

            assertTrue(cache.find(key("a", "old")).isPresent());
            disk.free();
            cache.put(key("a", "new"), new byte[] {2}, Set.of());
            assertTrue(cacheOn(database).find(key("a", "new")).isPresent());
        }
    }

    @Test
    void readsOnAReadOnlyPlaceAndSaysWhenItCanNotRemove() throws IOException {
        try (SmallDisk disk = SmallDisk.mount()) {
            try (StateDatabase database = database(disk.root())) {
                cacheOn(database).put(key("a", "old"), new byte[] {1}, Set.of());
            }
            disk.makeReadOnly();

            try (StateDatabase database = database(disk.root());
                    SqliteResultCache cache = cacheOn(database)) {
                assertTrue(cache.find(key("a", "old")).isPresent());
                cache.put(key("a", "new"), new byte[] {2}, Set.of());
                assertTrue(cache.find(key("a", "new")).isPresent());
                StudioException refusal = assertThrows(StudioException.class, () -> cache.removeTenant("a"));
                assertEquals(ErrorCode.STORAGE_NOT_WRITABLE, refusal.code());
                assertThrows(StudioException.class, () -> cache.remove(key("a", "old")));
                clock.advance(CacheLimits.DEFAULT.maxAge().plusDays(1));
                assertFalse(cache.find(key("a", "old")).isPresent());
            }
        }
    }

    private ResultCache open(Path where, CacheLimits limits) {
        StateDatabase database = database(where);
        SqliteResultCache cache = new SqliteResultCache(database, limits, clock);
        opened.add(cache);
        opened.add(database);
        return cache;
    }

    private SqliteResultCache cacheOn(StateDatabase database) {
        return new SqliteResultCache(database, CacheLimits.DEFAULT, clock);
    }

    private static StateDatabase database(Path folder) {
        return StateDatabase.open(folder.resolve("state.db"));
    }
}
