package dev.datastudio.graph;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.event.RunId;

/** Where one call of a node belongs. Valid until the node returns; thread-safe. */
public interface NodeContext {
    /** The run. */
    RunId run();

    /** On whose behalf the run happens. */
    Caller caller();

    /** The name of the node. */
    String node();

    /** The super-step, from 1. */
    int superStep();

    /** Which of the node's tasks in this step this is, from 0; above 0 only in a fan-out. */
    int task();

    /** Set when the run is cancelled or another task of it fails; pass it on to whatever takes long. */
    Cancellation cancellation();

    /**
     * What the fan-out gave this task.
     *
     * @throws IllegalStateException if the node was not reached by a fan-out, or the value is of another type
     */
    <T> T input(Class<T> type);
}
