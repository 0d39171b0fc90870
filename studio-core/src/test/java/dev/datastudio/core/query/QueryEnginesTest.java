package dev.datastudio.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class QueryEnginesTest {
    private static final DuckDbSettings SMALL =
            DuckDbSettings.DEFAULT.withMaxMemoryBytes(64L << 20).withThreads(1);

    @TempDir
    Path folder = Path.of("");

    @Test
    void givesTheSameEngineForTheSameTables() throws Exception {
        List<DuckDbTable> tables = List.of(table("a", 1));

        try (QueryEngines engines = QueryEngines.open(SMALL, 2);
                EngineLease first = engines.lease(tables);
                EngineLease second = engines.lease(tables)) {
            assertSame(first.engine(), second.engine());
        }
    }

    @Test
    void givesAnotherEngineWhenTheFileWasReplaced() throws Exception {
        DuckDbTable table = table("a", 1);
        try (QueryEngines engines = QueryEngines.open(SMALL, 2);
                EngineLease before = engines.lease(List.of(table))) {
            Path other = Files.createDirectory(folder.resolve("other"));
            Path replacement =
                    StoredTables.write(other, "a", "SELECT * FROM range(1000)").file();
            Files.move(replacement, table.file(), StandardCopyOption.REPLACE_EXISTING);

            try (EngineLease after = engines.lease(List.of(table))) {
                assertNotSame(before.engine(), after.engine());
                assertEquals(1_000L, count(after.engine(), "a"));
                assertEquals(1L, count(before.engine(), "a"));
            }
        }
    }

    @Test
    void showsOneFileThroughSeveralEngines() throws Exception {
        DuckDbTable a = table("a", 1);
        DuckDbTable b = table("b", 2);

        try (QueryEngines engines = QueryEngines.open(SMALL, 3);
                EngineLease both = engines.lease(List.of(a, b));
                EngineLease one = engines.lease(List.of(a))) {
            assertEquals(1L, count(both.engine(), "a"));
            assertEquals(2L, count(both.engine(), "b"));
            assertEquals(1L, count(one.engine(), "a"));
        }
    }

    @Test
    void closesTheEngineThatWasUnusedForLongest() throws Exception {
        try (QueryEngines engines = QueryEngines.open(SMALL, 2)) {
            QueryEngine first = use(engines, table("a", 1));
            QueryEngine second = use(engines, table("b", 1));
            assertSame(first, use(engines, new DuckDbTable("a", folder.resolve("a.duckdb"))));
            use(engines, table("c", 1));

            assertEquals(2, engines.openEngines());
            assertEquals(1L, count(first, "a"));
            assertThrows(IllegalStateException.class, () -> count(second, "b"));
        }
    }

    @Test
    void leavesAnEngineOnLeaseOpen() throws Exception {
        try (QueryEngines engines = QueryEngines.open(SMALL, 1);
                EngineLease lease = engines.lease(List.of(table("a", 1)))) {
            use(engines, table("b", 1));
            use(engines, table("c", 1));

            assertEquals(1L, count(lease.engine(), "a"));
        }
    }

    @Test
    void forgetsAnEngineThatCouldNotBeOpened() {
        DuckDbTable missing = new DuckDbTable("a", folder.resolve("missing.duckdb"));
        try (QueryEngines engines = QueryEngines.open(SMALL, 1)) {
            StudioException error = assertThrows(StudioException.class, () -> engines.lease(List.of(missing)));

            assertEquals(ErrorCode.FILE_NOT_FOUND, error.code());
            assertEquals(0, engines.openEngines());
        }
    }

    @Test
    void givesNoLeaseWhenClosed() throws Exception {
        List<DuckDbTable> tables = List.of(table("a", 1));
        QueryEngines engines = QueryEngines.open(SMALL, 1);
        QueryEngine engine = use(engines, tables.get(0));

        engines.close();
        engines.close();

        assertThrows(IllegalStateException.class, () -> engines.lease(tables));
        assertThrows(IllegalStateException.class, () -> count(engine, "a"));
    }

    @Test
    void servesManyCallersOverMoreFilesThanItKeepsOpen() throws Exception {
        List<DuckDbTable> tables = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tables.add(table("t" + i, i + 1));
        }
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try (QueryEngines engines = QueryEngines.open(SMALL, 2)) {
            List<Future<Object>> counts = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                DuckDbTable table = tables.get(i % 6);
                counts.add(executor.submit(() -> {
                    try (EngineLease lease = engines.lease(List.of(table))) {
                        return count(lease.engine(), table.table());
                    }
                }));
            }
            for (int i = 0; i < counts.size(); i++) {
                assertEquals(1L + i % 6, counts.get(i).get(60, TimeUnit.SECONDS));
            }
            assertTrue(engines.openEngines() <= 2);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsNoThreadsAndFileHandlesOfClosedEngines() throws Exception {
        List<DuckDbTable> tables = List.of(table("a", 1), table("b", 1), table("c", 1));
        try (QueryEngines engines = QueryEngines.open(SMALL, 1)) {
            visitAll(engines, tables, 5);
            long handles = entries("/proc/self/fd");
            long threads = entries("/proc/self/task");

            visitAll(engines, tables, 20);

            // Sixty engines were opened and closed; Java itself opens files and starts compilers as it likes.
            assertTrue(entries("/proc/self/fd") <= handles + 30, "file handles grew from " + handles);
            assertTrue(entries("/proc/self/task") <= threads + 30, "threads grew from " + threads);
        }
    }

    private static void visitAll(QueryEngines engines, List<DuckDbTable> tables, int times) {
        for (int i = 0; i < times; i++) {
            for (DuckDbTable table : tables) {
                assertEquals(1L, count(use(engines, table), table.table()));
            }
        }
    }

    private static long entries(String directory) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.count();
        }
    }

    private static QueryEngine use(QueryEngines engines, DuckDbTable table) {
        try (EngineLease lease = engines.lease(List.of(table))) {
            return lease.engine();
        }
    }

    private static Object count(QueryEngine engine, String table) {
        QueryResult result = engine.execute(Query.of("SELECT count(*) FROM " + table), Cancellation.none());
        return String.valueOf(result.rows().get(0).get(0)).transform(Long::valueOf);
    }

    private DuckDbTable table(String name, int rows) throws Exception {
        return StoredTables.write(folder, name, "SELECT * FROM range(" + rows + ")");
    }
}
