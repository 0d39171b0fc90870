package dev.datastudio.core.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.usage.QuotaLimits.Quota;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.cache.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas per user and tenant (D9). */
class UsageTest {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller BOB = new Caller("acme", "bob");
    private static final Caller EVE = new Caller("other", "ann");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-31T23:10:00Z"));
    private StateDatabase database;

    @BeforeEach
    void open() {
        database = StateDatabase.open(folder.resolve("state.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Usage usage(QuotaLimits limits) {
        return Usage.in(SqlMetadataStore.over(database, clock), clock, limits);
    }

    @Test
    void countsWithoutLimits() {
        Usage usage = usage(QuotaLimits.NONE);

        usage.reserve(ANN, Measure.BYTES, Long.MAX_VALUE / 4).settle(5_000_000_000L);

        assertEquals(5_000_000_000L, used(usage, ANN, Scope.USER, Measure.BYTES, Window.MONTH));
        assertEquals(5_000_000_000L, used(usage, BOB, Scope.TENANT, Measure.BYTES, Window.DAY));
        assertEquals(0, used(usage, BOB, Scope.USER, Measure.BYTES, Window.DAY));
        assertEquals(0, used(usage, EVE, Scope.TENANT, Measure.BYTES, Window.DAY));
    }

    @Test
    void saysLimitUseAndResetWhenAQuotaIsExceeded() {
        Usage usage = usage(QuotaLimits.NONE.perUser(Measure.QUESTIONS, Window.HOUR, 2));
        usage.reserve(ANN, Measure.QUESTIONS, 1).settle(1);
        usage.reserve(ANN, Measure.QUESTIONS, 1).settle(1);

        StudioException refused = assertThrows(StudioException.class, () -> usage.reserve(ANN, Measure.QUESTIONS, 1));

        assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
        assertEquals("User 'ann' has used 2 of 2 questions of this hour and asked for 1 more", refused.what());
        assertEquals("Try again after 2026-02-01T00:00:00Z, or have the limit raised", refused.mend());
        usage.reserve(BOB, Measure.QUESTIONS, 2).settle(2);
        usage.reserve(EVE, Measure.QUESTIONS, 2).settle(2);
    }

    @Test
    void limitsATenantTogetherAndTakesNothingWhenOneLimitStandsAgainstIt() {
        Usage usage = usage(
                QuotaLimits.NONE.perUser(Measure.TOKENS, Window.DAY, 80).perTenant(Measure.TOKENS, Window.MONTH, 100));
        usage.reserve(ANN, Measure.TOKENS, 70).settle(70);

        StudioException refused = assertThrows(StudioException.class, () -> usage.reserve(BOB, Measure.TOKENS, 40));

        assertEquals("Tenant 'acme' has used 70 of 100 tokens of this month and asked for 40 more", refused.what());
        assertEquals(0, used(usage, BOB, Scope.USER, Measure.TOKENS, Window.DAY));
        assertEquals(70, used(usage, BOB, Scope.TENANT, Measure.TOKENS, Window.HOUR));
    }

    @Test
    void beginsAnewInTheNextWindow() {
        Usage usage = usage(QuotaLimits.NONE
                .perUser(Measure.QUESTIONS, Window.HOUR, 1)
                .perUser(Measure.QUESTIONS, Window.MONTH, 2));
        usage.reserve(ANN, Measure.QUESTIONS, 1).settle(1);
        assertThrows(StudioException.class, () -> usage.reserve(ANN, Measure.QUESTIONS, 1));

        clock.advance(Duration.ofMinutes(50));

        usage.reserve(ANN, Measure.QUESTIONS, 1).settle(1);
        assertEquals(1, used(usage, ANN, Scope.USER, Measure.QUESTIONS, Window.MONTH));
        clock.advance(Duration.ofHours(1));
        usage.reserve(ANN, Measure.QUESTIONS, 1).settle(1);
        clock.advance(Duration.ofHours(1));
        StudioException refused = assertThrows(StudioException.class, () -> usage.reserve(ANN, Measure.QUESTIONS, 1));
        assertTrue(refused.mend().contains("2026-03-01T00:00:00Z"), refused::mend);
    }

    @Test
    void settlesLessAndMoreThanWasTaken() {
        Usage usage = usage(QuotaLimits.NONE.perUser(Measure.TOKENS, Window.DAY, 100));

        usage.reserve(ANN, Measure.TOKENS, 90).settle(10);
        assertEquals(10, used(usage, ANN, Scope.USER, Measure.TOKENS, Window.DAY));
        usage.reserve(ANN, Measure.TOKENS, 90).settle(120);
        assertEquals(130, used(usage, ANN, Scope.USER, Measure.TOKENS, Window.DAY));
        assertThrows(StudioException.class, () -> usage.reserve(ANN, Measure.TOKENS, 1));
    }

    @Test
    void costsNothingWhenTheAnswerWasCached() {
        Usage usage = usage(QuotaLimits.NONE.perUser(Measure.QUESTIONS, Window.DAY, 1));
        for (int i = 0; i < 5; i++) {
            try (Reservation question = usage.reserve(ANN, Measure.QUESTIONS, 1)) {
                assertEquals(1, question.amount()); // a hit: nothing is settled
            }
        }
        Reservation settled = usage.reserve(ANN, Measure.QUESTIONS, 1);
        settled.settle(1);
        settled.close();

        assertEquals(1, used(usage, ANN, Scope.USER, Measure.QUESTIONS, Window.DAY));
        assertThrows(IllegalStateException.class, () -> settled.settle(1));
    }

    @Test
    void settlesInTheWindowThatItWasTakenFrom() {
        Usage usage = usage(QuotaLimits.NONE);
        Reservation taken = usage.reserve(ANN, Measure.TOKENS, 50);
        clock.advance(Duration.ofHours(2));

        taken.settle(80);

        assertEquals(0, used(usage, ANN, Scope.USER, Measure.TOKENS, Window.HOUR));
    }

    @Test
    void givesNoMoreThanTheLimitToManyAtOnceOnTwoInstances() {
        QuotaLimits limits = QuotaLimits.NONE.perTenant(Measure.QUESTIONS, Window.DAY, 37);
        try (StateDatabase second = StateDatabase.open(folder.resolve("state.db"))) {
            Usage[] instances = {usage(limits), Usage.in(SqlMetadataStore.over(second, clock), clock, limits)};
            AtomicInteger given = new AtomicInteger();

            IntStream.range(0, 100).parallel().forEach(i -> {
                try {
                    instances[i % 2]
                            .reserve(i % 3 == 0 ? ANN : BOB, Measure.QUESTIONS, 1)
                            .settle(1);
                    given.incrementAndGet();
                } catch (StudioException e) {
                    assertEquals(ErrorCode.QUOTA_EXCEEDED, e.code());
                }
            });

            assertEquals(37, given.get());
        }
    }

    @Test
    void endsAJobBeyondItsTokens() {
        TokenBudget budget = usage(QuotaLimits.NONE.maxTokensPerJob(1_000)).tokensOfAJob();
        budget.spend(600);
        assertEquals(400, budget.left());

        StudioException refused = assertThrows(StudioException.class, () -> budget.spend(401));

        assertEquals(ErrorCode.BUDGET_EXCEEDED, refused.code());
        assertEquals("The job used 1001 tokens of the 1000 that one job may use", refused.what());
        assertEquals(0, budget.left());
        usage(QuotaLimits.NONE).tokensOfAJob().spend(Long.MAX_VALUE);
    }

    @Test
    void aBudgetCanBeAskedBeforeAndChargedAfterwards() {
        TokenBudget budget = TokenBudget.of(100);
        budget.require(100);
        budget.charge(70);
        budget.require(30);

        StudioException refused = assertThrows(StudioException.class, () -> budget.require(31));
        budget.charge(500);

        assertEquals(ErrorCode.BUDGET_EXCEEDED, refused.code());
        assertEquals(
                "The next request needs about 31 tokens, and 30 of the 100 that one job may use are left",
                refused.what());
        assertEquals(570, budget.used());
        assertThrows(StudioException.class, () -> budget.require(0));
    }

    private static long used(Usage usage, Caller caller, Scope scope, Measure measure, Window window) {
        return usage.of(caller).stream()
                .filter(line -> line.quota().equals(new Quota(scope, measure, window)))
                .findFirst()
                .orElseThrow()
                .used();
    }
}
