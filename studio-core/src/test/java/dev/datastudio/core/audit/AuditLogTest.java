package dev.datastudio.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.audit.AuditEvent.Outcome;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.cache.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asked what of which data (D10). */
@Timeout(60)
class AuditLogTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller BOB = new Caller("acme", "bob");
    private static final Caller EVE = new Caller("other", "ann");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(START);
    private StateDatabase database;
    private FailingMetadataStore store;
    private AuditLog log;

    @BeforeEach
    void open() {
        database = StateDatabase.open(folder.resolve("state.db"));
        store = new FailingMetadataStore(SqlMetadataStore.over(database, clock));
        log = AuditLog.in(store, clock);
    }

    @AfterEach
    void close() {
        store.failWith(null);
        log.close();
        database.close();
    }

    @Test
    void keepsWhoDidWhatWithWhichDataAndHowItEnded() {
        AuditEvent event = AuditEvent.of(ANN, "question.ask", List.of("d1", "d2", "d1"))
                .ended(Outcome.REFUSED)
                .with("question", "Sales by region?")
                .with("rows", "12");

        log.appendNow(event);

        AuditRecord found = log.list(AuditQuery.of("acme")).records().get(0);
        assertEquals(event, found.event());
        assertEquals(List.of("d1", "d2"), found.event().subjects());
        assertEquals(START, found.at());
    }

    @Test
    void listsByUserActionSubjectOutcomeAndTime() {
        for (int i = 0; i < 6; i++) {
            log.appendNow(
                    AuditEvent.of(i % 2 == 0 ? ANN : BOB, i < 3 ? "question.ask" : "export", List.of("d" + i, "all"))
                            .ended(i == 5 ? Outcome.FAILED : Outcome.DONE)
                            .with("n", String.valueOf(i)));
            clock.advance(Duration.ofMinutes(1));
        }
        AuditQuery all = AuditQuery.of("acme");

        assertEquals(List.of("5", "4", "3", "2", "1", "0"), numbers(all));
        assertEquals(List.of("4", "2", "0"), numbers(all.user("ann")));
        assertEquals(List.of("5", "4", "3"), numbers(all.action("export")));
        assertEquals(List.of("4"), numbers(all.subject("d4")));
        assertEquals(List.of("5"), numbers(all.outcome(Outcome.FAILED)));
        assertEquals(
                List.of("2", "0"),
                numbers(all.user("ann").action("question.ask").subject("all")));
        assertEquals(List.of("3", "2"), numbers(all.between(START.plusSeconds(120), START.plusSeconds(240))));
        assertEquals(6, log.count(all.subject("all")));
        assertEquals(List.of(), numbers(AuditQuery.of("other")));
    }

    @Test
    void pagesThroughRecordsOfOneMillisecondInTheirOrder() {
        for (int i = 0; i < 25; i++) {
            log.append(AuditEvent.of(ANN, "a", List.of()).with("n", String.valueOf(i)));
        }
        log.appendNow(AuditEvent.of(ANN, "a", List.of()).with("n", "25"));

        List<String> seen = new ArrayList<>();
        AuditQuery query = AuditQuery.of("acme").limitedTo(7);
        AuditPage page = log.list(query);
        seen.addAll(numbers(page));
        while (!page.next().isEmpty()) {
            page = log.list(query.after(page.next()));
            seen.addAll(numbers(page));
        }

        assertEquals(
                IntStream.range(0, 26).mapToObj(i -> String.valueOf(25 - i)).toList(), seen);
    }

    @Test
    void writesManyRecordsInFewTransactionsAndSeparatesTenants() {
        for (int i = 0; i < 400; i++) {
            log.append(AuditEvent.of(i % 2 == 0 ? ANN : EVE, "a", List.of("d" + i)));
        }
        log.appendNow(AuditEvent.of(ANN, "last", List.of()));

        assertEquals(201, log.count(AuditQuery.of("acme")));
        assertEquals(200, log.count(AuditQuery.of("other")));
        assertTrue(store.applied() <= 100, () -> store.applied() + " transactions");
    }

    @Test
    void countsWhatIsDoneAgainBeforeItsRecordIsWritten() {
        Activity asked = Activity.of(ANN, "question.ask").about("d1").with("question", "Sales by region?");
        for (int i = 0; i < 1_000; i++) {
            log.append(asked.with("cached", i > 0));
            log.append(asked.with("cached", i > 0).failed(ErrorCode.CANCELLED));
        }
        log.close();

        List<AuditRecord> records = log.list(AuditQuery.of("acme")).records();
        assertEquals(2_000, records.stream().mapToInt(AuditRecord::times).sum());
        assertTrue(records.size() < 200, () -> records.size() + " records");
        assertEquals(
                Map.of(Outcome.DONE, 1_000, Outcome.FAILED, 1_000),
                records.stream()
                        .collect(Collectors.groupingBy(
                                record -> record.event().outcome(), Collectors.summingInt(AuditRecord::times))));
        assertEquals(
                2,
                records.stream()
                        .filter(record ->
                                "false".equals(record.event().details().get("cached")))
                        .mapToInt(AuditRecord::times)
                        .sum());
    }

    @Test
    void losesNoneOfWhatManyDoAtOnce() throws Exception {
        Activity asked = Activity.of(ANN, "question.ask").about("d1");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> {
                for (int n = 0; n < 5_000; n++) {
                    log.append(asked);
                }
            });
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        log.close();

        assertEquals(
                40_000,
                log.list(AuditQuery.of("acme").limitedTo(1_000)).records().stream()
                        .mapToInt(AuditRecord::times)
                        .sum());
    }

    @Test
    void writesWhatWaitsWhenItIsClosed() {
        for (int i = 0; i < 1_200; i++) {
            log.append(AuditEvent.of(ANN, "a", List.of()));
        }
        log.close();
        log.close();

        assertEquals(1_200, store.count(EntryQuery.of("acme", "audit")));
        assertThrows(IllegalStateException.class, () -> log.append(AuditEvent.of(ANN, "a", List.of())));
    }

    @Test
    void keepsRecordsUntilTheStoreCanBeWrittenAgain() {
        store.failWith(full());
        log.append(AuditEvent.of(ANN, "a", List.of()).with("n", "0"));

        StudioException failed = assertThrows(
                StudioException.class,
                () -> log.appendNow(AuditEvent.of(ANN, "a", List.of()).with("n", "1")));
        assertEquals(ErrorCode.STORAGE_FULL, failed.code());

        store.failWith(null);
        log.appendNow(AuditEvent.of(ANN, "a", List.of()).with("n", "2"));
        assertEquals(List.of("2", "1", "0"), numbers(AuditQuery.of("acme")));
    }

    @Test
    void refusesMoreWhenTooManyWait() {
        store.failWith(full());
        try (AuditLog small = new AuditLog(store, clock, 3, Duration.ofMillis(20))) {
            for (int i = 0; i < 3; i++) {
                small.append(AuditEvent.of(ANN, "a", List.of()));
            }

            StudioException refused =
                    assertThrows(StudioException.class, () -> small.append(AuditEvent.of(ANN, "a", List.of())));

            assertEquals(ErrorCode.STORAGE_BUSY, refused.code());
            assertTrue(refused.what().contains("3 records waiting"), refused::what);
            store.failWith(null);
        }
        assertEquals(3, log.count(AuditQuery.of("acme")));
    }

    @Test
    void saysWhatIsLostWhenItIsClosedOverAStoreThatCannotBeWritten() {
        AuditLog doomed = AuditLog.in(store, clock);
        store.failWith(full());
        doomed.append(AuditEvent.of(ANN, "a", List.of()));
        doomed.append(AuditEvent.of(ANN, "a", List.of()));

        StudioException lost = assertThrows(StudioException.class, doomed::close);

        assertEquals(ErrorCode.STORAGE_FULL, lost.code());
        assertTrue(lost.what().startsWith("2 audit records"), lost::what);
    }

    @Test
    void removesOldRecordsOfOneTenantAndSaysSo() {
        log.appendNow(AuditEvent.of(ANN, "a", List.of()));
        log.appendNow(AuditEvent.of(EVE, "a", List.of()));
        clock.advance(Duration.ofDays(91));
        log.appendNow(AuditEvent.of(BOB, "b", List.of()));

        assertEquals(1, log.removeOlderThan(BOB, Duration.ofDays(90)));

        assertEquals(
                List.of("audit.remove", "b"),
                log.list(AuditQuery.of("acme")).records().stream()
                        .map(found -> found.event().action())
                        .toList());
        assertEquals(1, log.count(AuditQuery.of("other")));
        assertThrows(IllegalArgumentException.class, () -> log.removeOlderThan(BOB, Duration.ofMinutes(59)));
    }

    @Test
    void neverKeepsWhatIsNamedASecret() {
        Map<String, String> secrets = Map.of(
                "password",
                "canary",
                "api_key",
                "canary",
                "apiKey",
                "canary",
                "X-Authorization",
                "canary",
                "Token",
                "canary");

        AuditEvent event = new AuditEvent(ANN, "source.create", List.of("s1"), Outcome.DONE, secrets);
        log.appendNow(event.with("host", "db.example").with("refreshToken", "canary"));

        String body =
                store.list(EntryQuery.of("acme", "audit")).entries().get(0).body();
        assertFalse(body.contains("canary"), body);
        assertTrue(body.contains("db.example"), body);
    }

    @Test
    void refusesEventsThatBreakTheRules() {
        List<String> many = IntStream.range(0, 51).mapToObj(i -> "d" + i).toList();

        assertThrows(IllegalArgumentException.class, () -> AuditEvent.of(ANN, "No Spaces", List.of()));
        assertThrows(IllegalArgumentException.class, () -> AuditEvent.of(ANN, "a", List.of("")));
        assertThrows(IllegalArgumentException.class, () -> AuditEvent.of(ANN, "a", many));
        assertThrows(
                IllegalArgumentException.class,
                () -> AuditEvent.of(ANN, "a", List.of()).with("bad name", "x"));
        log.appendNow(AuditEvent.of(ANN, "a", many.subList(0, 50)));
        assertEquals(1, log.count(AuditQuery.of("acme").subject("d49")));
    }

    private static StudioException full() {
        return new StudioException(ErrorCode.STORAGE_FULL, "The disk is full", "Free some space");
    }

    private List<String> numbers(AuditQuery query) {
        return numbers(log.list(query));
    }

    private static List<String> numbers(AuditPage page) {
        return page.records().stream()
                .map(found -> found.event().details().getOrDefault("n", "?"))
                .toList();
    }
}
