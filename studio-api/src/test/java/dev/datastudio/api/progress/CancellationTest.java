package dev.datastudio.api.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void waitsAsLongAsItIsTold() {
        long begin = System.nanoTime();
        Cancellation.none().sleep(SHORT);
        Cancellation.create().sleep(SHORT);
        assertTrue(System.nanoTime() - begin >= 2 * SHORT.toNanos());
    }

    @Test
    void aCancelEndsAWaitThatHasBegunAndOneThatHasNot() {
        Cancellation cancellation = Cancellation.create();
        CompletableFuture<StudioException> waiting = CompletableFuture.supplyAsync(
                () -> assertThrows(StudioException.class, () -> cancellation.sleep(LONG)));
        cancellation.cancel();
        assertEquals(ErrorCode.CANCELLED, waiting.join().code());
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThrows(StudioException.class, () -> cancellation.sleep(Duration.ZERO)));
    }

    @Test
    void anInterruptEndsAWaitAndIsNotForgotten() {
        Thread.currentThread().interrupt();
        assertThrows(StudioException.class, () -> Cancellation.none().sleep(LONG));
        assertTrue(Thread.interrupted());
    }
}
