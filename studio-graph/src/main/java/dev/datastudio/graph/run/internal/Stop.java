package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.Interrupt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run takes no further step; decided once for each run. Immutable.
 *
 * @param error what to throw, null at the regular end and at interrupts
 * @param interrupts what the run waits for, only for INTERRUPTED
 */
record Stop(Reason reason, @Nullable StudioException error, List<Interrupt> interrupts) {
    static final Stop AT_END = new Stop(Reason.FINISHED, null, List.of());

    static Stop failed(StudioException error) {
        return new Stop(Reason.FAILED, error, List.of());
    }

    static Stop cancelled(StudioException error) {
        return new Stop(Reason.CANCELLED, error, List.of());
    }

    static Stop interrupted(List<Interrupt> interrupts) {
        return new Stop(Reason.INTERRUPTED, null, interrupts);
    }

    enum Reason {
        FINISHED,
        FAILED,
        CANCELLED,
        INTERRUPTED
    }
}
