package dev.datastudio.agents.telemetry;

import dev.datastudio.core.Studio;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.run.Engine;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes the engines that run the graphs of a studio's parts: questions, agents, chats, reports and what people draw.
 * All have the studio's clock and tell the same listeners. Thread-safe.
 *
 * <pre>{@code
 * StudioEngines.of(studio).listen(MicrometerRunListener.of(registry));   // before anything is asked
 * }</pre>
 */
public final class StudioEngines {
    private final Studio studio;
    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

    private StudioEngines(Studio studio) {
        this.studio = studio;
    }

    /** Those of a studio. */
    public static StudioEngines of(Studio studio) {
        return studio.feature(StudioEngines.class, StudioEngines::new);
    }

    /**
     * Has runs told to a listener: those of engines that are made from now on, so call it right after the studio is
     * opened. Without any, engines make no events that nobody reads.
     *
     * @return this
     */
    public StudioEngines listen(RunListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** To make an engine with. */
    public Engine.Builder engine() {
        Engine.Builder builder = Engine.builder().clock(studio.clock());
        List<RunListener> now = List.copyOf(listeners);
        return now.isEmpty() ? builder : builder.listener(now.size() == 1 ? now.get(0) : new All(now));
    }

    /** Tells several. */
    private record All(List<RunListener> listeners) implements RunListener {
        @Override
        public void onEvent(RunEvent event) {
            listeners.forEach(listener -> listener.onEvent(event));
        }

        @Override
        public RunListener forRun() {
            return new All(listeners.stream().map(RunListener::forRun).toList());
        }
    }
}
