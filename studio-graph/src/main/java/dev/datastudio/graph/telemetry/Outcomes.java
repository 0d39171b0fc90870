package dev.datastudio.graph.telemetry;

import dev.datastudio.graph.event.RunEvent;

/** How telemetry calls the ends of runs. */
final class Outcomes {
    private Outcomes() {}

    static String of(RunEvent.Terminal end) {
        if (end instanceof RunEvent.RunFinished) {
            return "finished";
        } else if (end instanceof RunEvent.RunFailed) {
            return "failed";
        } else if (end instanceof RunEvent.RunCancelled) {
            return "cancelled";
        } else if (end instanceof RunEvent.RunInterrupted) {
            return "interrupted";
        }
        throw new AssertionError(end);
    }
}
