package dev.datastudio.graph.run.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation.Registration;
import dev.datastudio.graph.internal.log.Spent;
import dev.datastudio.graph.run.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final Spent EARLIER =
            new Spent(3, 40, 0.5, Duration.ofSeconds(7).toNanos());

    private final List<Duration> delays = new ArrayList<>();
    private final List<StudioException> ends = new ArrayList<>();
    private long now;

    private final Timekeeper time = new Timekeeper() {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Registration after(Duration delay, Runnable action) {
            delays.add(delay);
            return () -> {};
        }

        @Override
        public void close() {}
    };

    private Meter meter(Budget budget) {
        Meter meter = new Meter(budget, time, true, ends::add);
        meter.goOnFrom(EARLIER);
        return meter;
    }

    @Test
    void goesOnFromWhatAnEarlierPartOfTheRunUsed() {
        Meter meter = meter(Budget.UNLIMITED);
        Registration driven = meter.drive();
        meter.step();
        meter.spend(2, 0.25);
        now += Duration.ofSeconds(1).toNanos();
        driven.close();
        now += Duration.ofHours(1).toNanos();

        assertEquals(new Spent(4, 42, 0.75, Duration.ofSeconds(8).toNanos()), meter.spent());
    }

    @Test
    void theTimeThatIsLeftIsWhatTheEarlierPartDidNotUse() {
        meter(Budget.UNLIMITED.maxTime(Duration.ofSeconds(10))).drive();
        meter(Budget.UNLIMITED.maxTime(Duration.ofSeconds(5))).drive();

        assertEquals(List.of(Duration.ofSeconds(3), Duration.ZERO), delays);
    }

    @Test
    void whatTheEarlierPartUsedCountsAgainstTheBudget() {
        Meter meter = meter(Budget.UNLIMITED.maxSteps(4).maxTokens(41));
        meter.step();

        StudioException steps = assertThrows(StudioException.class, meter::step);
        StudioException tokens = assertThrows(StudioException.class, () -> meter.spend(2, 0));

        assertEquals("The run used 5 super-steps, its budget allows 4", steps.what());
        assertEquals("The run used 42 tokens, its budget allows 41", tokens.what());
        assertEquals(List.of(steps, tokens), ends);
    }
}
