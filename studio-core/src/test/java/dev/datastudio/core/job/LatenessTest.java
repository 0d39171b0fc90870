package dev.datastudio.core.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.cache.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final Lateness lateness = new Lateness(clock, LIMIT);

    private boolean isLateAfter(Duration time) {
        clock.advance(time);
        return lateness.isLate();
    }

    @Test
    void theFirstLookAndThoseInTimeAreNotLate() {
        assertFalse(isLateAfter(Duration.ofHours(1)));
        assertFalse(isLateAfter(Duration.ZERO));
        assertFalse(isLateAfter(LIMIT));
    }

    @Test
    void aLookAfterTheMachineStoodStillIsLateAndTheNextOneIsNot() {
        lateness.isLate();

        assertTrue(isLateAfter(LIMIT.plusMillis(1)));
        assertFalse(isLateAfter(Duration.ofSeconds(1)));
    }

    @Test
    void aMachineThatIsAlwaysSlowStillLooksEverySecondTime() {
        lateness.isLate();

        assertTrue(isLateAfter(Duration.ofMinutes(1)));
        assertFalse(isLateAfter(Duration.ofMinutes(1)));
        assertTrue(isLateAfter(Duration.ofMinutes(1)));
    }
}
