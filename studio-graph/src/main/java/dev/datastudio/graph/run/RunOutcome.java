package dev.datastudio.graph.run;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.Interrupt;
import java.util.List;

/** How a run ended. */
public sealed interface RunOutcome<O> {
    /** It reached the graph's end. */
    record Finished<O>(O output) implements RunOutcome<O> {}

    /** It waits for answers; resume its thread with them. */
    record Interrupted<O>(List<Interrupt> interrupts) implements RunOutcome<O> {
        public Interrupted {
            interrupts = List.copyOf(interrupts);
        }
    }

    /** It failed. */
    record Failed<O>(StudioException error) implements RunOutcome<O> {}

    /** It was cancelled. */
    record Cancelled<O>() implements RunOutcome<O> {}
}
