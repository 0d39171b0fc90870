package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SourcesTest {
    private static final SourceSpec SHOP = SourceSpec.builder(SourceKind.POSTGRESQL, "Shop")
            .host("db.example.org")
            .database("shop")
            .user("reader")
            .property("sslmode", "verify-full")
            .readTimeout(Duration.ofSeconds(5))
            .schema("public")
            .rowLimit(1_000)
            .build();

    @TempDir
    Path folder;

    private TestSources test;
    private Sources sources;

    @BeforeEach
    void open() {
        SQLiteDataSource memory = new SQLiteDataSource();
        memory.setUrl("jdbc:sqlite::memory:");
        HostDataSources perTenant = (caller, name) -> caller.tenant().equals("acme") && name.equals("main")
                ? Optional.<DataSource>of(memory)
                : Optional.empty();
        test = TestSources.in(folder, b -> b.hostDataSources(perTenant));
        sources = test.sources();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void keepsAllOfASourceButItsPassword() {
        Source made = sources.create(SHOP, Secret.of("canary"));

        Source read = sources.get(made.id());

        assertEquals(made, read);
        assertEquals(SHOP, read.spec());
        assertEquals(1, read.revision());
        assertEquals(List.of(made), sources.list());
        assertEquals(Optional.of(made), sources.find("Shop"));
        assertTrue(sources.find("shop").isEmpty());
        assertEquals(SHOP, SHOP.toBuilder().build());
    }

    @Test
    void changesASourceInTheRevisionThatWasSeen() {
        Source made = sources.create(SHOP, Secret.of("canary"));

        Source changed = sources.update(
                made.id(), 1, SHOP.toBuilder().name("Store").rowLimit(5).build());

        assertEquals("Store", changed.name());
        assertEquals(2, changed.revision());
        StudioException error = assertThrows(StudioException.class, () -> sources.update(made.id(), 1, SHOP));
        assertEquals(ErrorCode.ENTRY_CONFLICT, error.code());
    }

    @Test
    void sendsAKeptPasswordToNoOtherPlace() {
        Source made = sources.create(SHOP, Secret.of("canary"));

        for (SourceSpec elsewhere : List.of(
                SHOP.toBuilder().host("evil.example.org").build(),
                SHOP.toBuilder().port(5433).build(),
                SHOP.toBuilder().property("sslmode", "disable").build())) {
            StudioException error = assertThrows(StudioException.class, () -> sources.update(made.id(), 1, elsewhere));
            assertEquals(ErrorCode.SOURCE_INVALID, error.code());
        }
        Source moved = sources.update(made.id(), 1, SHOP.toBuilder().port(5433).build(), Secret.of("another"));
        assertEquals(5433, moved.spec().port());
    }

    @Test
    void movesASourceWithoutAPassword() {
        Source made = sources.create(SHOP, Secret.of(""));

        Source moved = sources.update(
                made.id(), 1, SHOP.toBuilder().host("db2.example.org").build());

        assertEquals("db2.example.org", moved.spec().host());
    }

    @Test
    void forgetsADeletedSource() {
        Source made = sources.create(SHOP, Secret.of("canary"));

        sources.delete(made.id());

        assertTrue(sources.list().isEmpty());
        StudioException error = assertThrows(StudioException.class, () -> sources.delete(made.id()));
        assertEquals(ErrorCode.SOURCE_NOT_FOUND, error.code());
    }

    @Test
    void listsMoreSourcesThanAPageHolds() {
        for (int i = 0; i < 501; i++) {
            sources.create(SHOP, Secret.of(""));
        }

        assertEquals(501, sources.list().size());
    }

    @Test
    void usesADataSourceOfTheHostProgramForItsTenantOnly() {
        SourceSpec spec =
                SourceSpec.builder(SourceKind.HOST, "Mine").database("main").build();

        SourceCheck check = sources.test(spec, Secret.of(""));

        assertTrue(check.product().startsWith("SQLite"), check.product());
        assertEquals(SourceCheck.Encryption.NOT_APPLICABLE, check.encryption());
        StudioException error = assertThrows(
                StudioException.class,
                () -> sources.as(new Caller("other", "ann")).test(spec, Secret.of("")));
        assertEquals(ErrorCode.SOURCE_NOT_FOUND, error.code());
    }

    @Test
    void saysThatAServerCannotBeReached() {
        SourceSpec closed = SourceSpec.builder(SourceKind.POSTGRESQL, "Closed")
                .host("127.0.0.1")
                .port(1)
                .database("x")
                .build();

        StudioException error = assertThrows(StudioException.class, () -> sources.test(closed, Secret.of("canary")));

        assertEquals(ErrorCode.SOURCE_UNREACHABLE, error.code());
        assertEquals(
                "Check host and port, that the server runs, and that it takes connections from this machine",
                error.mend());
        assertFalse(error.getMessage().contains("canary"));
    }

    @Test
    void isOfNoUseWhenClosed() {
        Source made = sources.create(SHOP, Secret.of(""));
        sources.close();

        assertThrows(IllegalStateException.class, () -> sources.test(made.id()));
        assertThrows(IllegalStateException.class, () -> sources.engine(made.id()));
    }

    @Test
    void sealsPasswordsAnewAfterTheVaultGotANewKey() {
        sources.create(SHOP, Secret.of("canary"));
        sources.create(SHOP, Secret.of(""));
        Source third = sources.create(SHOP, Secret.of("another-canary"));
        assertEquals(0, sources.resealPasswords());

        test.rotateKey();

        assertEquals(2, sources.resealPasswords());
        assertEquals(0, sources.resealPasswords());
        assertEquals(SHOP, sources.get(third.id()).spec());
        test.dropOldKeys();
        StudioException unreachable = assertThrows(StudioException.class, () -> sources.test(third.id()));
        assertEquals(ErrorCode.SOURCE_UNREACHABLE, unreachable.code(), "the password was opened");
    }
}
