package dev.datastudio.agents.model.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetriesTest {
    @Test
    void thePauseDoublesUpToItsLimit() {
        Retries middle = new Retries(10, () -> 0.5);

        assertEquals(
                List.of(500L, 1_000L, 2_000L, 30_000L),
                List.of(1, 2, 3, 10).stream()
                        .map(failures -> middle.backoff(failures).toMillis())
                        .toList());
        assertEquals(Duration.ofMillis(375), new Retries(1, () -> 0).backoff(1));
        assertEquals(Duration.ofMillis(625), new Retries(1, () -> 1).backoff(1));
    }

    @Test
    void whatTheServerRefusesIsNotAskedAgain() {
        Supplier<String> refused = failing(new StatusFailure(400, "no", null));

        assertThrows(StatusFailure.class, () -> Retries.upTo(3).retrying(Cancellation.none(), refused));
    }

    @Test
    void aConnectionThatFailedIsMadeAgain() {
        Supplier<String> once = failing(new StatusFailure(500, "down", Duration.ZERO));

        assertEquals("done", Retries.upTo(1).retrying(Cancellation.none(), once));
        assertThrows(
                ConnectionFailure.class,
                () -> Retries.upTo(0)
                        .retrying(Cancellation.none(), failing(new ConnectionFailure(new IOException("reset")))));
    }

    @Test
    void aCancellationEndsThePause() {
        Cancellation cancellation = Cancellation.create();
        Supplier<String> cancelling = () -> {
            cancellation.cancel();
            throw new StatusFailure(429, "busy", Duration.ofSeconds(29));
        };

        StudioException cancelled =
                assertThrows(StudioException.class, () -> Retries.upTo(3).retrying(cancellation, cancelling));

        assertEquals(ErrorCode.CANCELLED, cancelled.code());
    }

    private static Supplier<String> failing(RuntimeException... failures) {
        Deque<RuntimeException> left = new ArrayDeque<>(List.of(failures));
        return () -> {
            if (left.isEmpty()) {
                return "done";
            }
            throw left.remove();
        };
    }
}
