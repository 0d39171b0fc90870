package dev.datastudio.rag.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelTest {
    @Test
    void beginsNoOtherItemWhenItIsCancelled() {
        Parallel alone = new Parallel(Runnable::run, 0);
        Cancellation cancellation = Cancellation.create();
        List<Integer> begun = new ArrayList<>();

        StudioException stopped = assertThrows(
                StudioException.class,
                () -> alone.map(
                        List.of(1, 2, 3, 4, 5),
                        item -> {
                            begun.add(item);
                            if (item == 3) {
                                cancellation.cancel();
                            }
                            return item;
                        },
                        cancellation));

        assertEquals(ErrorCode.CANCELLED, stopped.code());
        assertEquals(List.of(1, 2, 3), begun);
    }
}
