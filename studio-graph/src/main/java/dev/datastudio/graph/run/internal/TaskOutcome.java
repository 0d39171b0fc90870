package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import java.util.List;

/** What a task came to. Immutable. */
sealed interface TaskOutcome {
    /** It returned an update. */
    record Done(Update update) implements TaskOutcome {
        static final Done NOTHING = new Done(Update.none());
    }

    /** It failed, and another node takes over. */
    record Failed(NodeFailure failure) implements TaskOutcome {}

    /** It waits for answers and is to be done again. */
    record Asked(List<Interrupt> interrupts) implements TaskOutcome {}

    /** What it could have led to happened without it; nothing of the task counts. */
    record Cancelled() implements TaskOutcome {
        static final Cancelled INSTANCE = new Cancelled();
    }

    /** The run was stopped, by this task's failure or by something else; nothing of the task counts. */
    record Stopped() implements TaskOutcome {
        static final Stopped INSTANCE = new Stopped();
    }
}
