package dev.datastudio.graph.run;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.Interrupt;
import java.util.List;

/** A run has no output yet, because it waits for answers; has code {@link ErrorCode#RUN_INTERRUPTED}. */
public final class RunInterruptedException extends StudioException {
    private static final long serialVersionUID = 1L;

    private final transient List<Interrupt> interrupts;

    /** @param interrupts at least one */
    public RunInterruptedException(String thread, List<Interrupt> interrupts) {
        super(
                ErrorCode.RUN_INTERRUPTED,
                "Thread '" + thread + "' waits for " + interrupts.size() + " answer"
                        + (interrupts.size() == 1 ? "" : "s") + ", the first at node '"
                        + interrupts.get(0).node() + "'",
                "Resume it with an answer to interrupt '" + interrupts.get(0).id() + "'");
        this.interrupts = List.copyOf(interrupts);
    }

    /** What it waits for; empty after Java serialisation. */
    public List<Interrupt> interrupts() {
        return interrupts == null ? List.of() : interrupts;
    }
}
