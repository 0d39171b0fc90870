package dev.datastudio.graph.telemetry;

import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Parts the events of several runs, for a listener that is called by another one instead of by an engine. Thread-safe. */
final class PerRun {
    private final Map<RunId, RunListener> runs = new ConcurrentHashMap<>();

    void tell(RunEvent event, Supplier<RunListener> made) {
        RunListener listener = event instanceof RunEvent.RunStarted
                ? runs.computeIfAbsent(event.run(), run -> made.get())
                : runs.get(event.run());
        if (event instanceof RunEvent.Terminal) {
            runs.remove(event.run());
        }
        if (listener != null) {
            listener.onEvent(event);
        }
    }
}
