package dev.datastudio.graph.event;

/** Which events of a run a stream lets through. A {@link RunEvent.Terminal} and {@link RunEvent.EventsDropped} always pass. */
public enum EventMode {
    /** The state after each super-step: {@link RunEvent.StepFinished}. */
    VALUES {
        @Override
        boolean passes(RunEvent event) {
            return event instanceof RunEvent.StepFinished;
        }
    },
    /** What each task changed: {@link RunEvent.NodeFinished}. */
    UPDATES {
        @Override
        boolean passes(RunEvent event) {
            return event instanceof RunEvent.NodeFinished;
        }
    },
    /** Pieces of streamed answers: {@link RunEvent.TokenProduced}. */
    TOKENS {
        @Override
        boolean passes(RunEvent event) {
            return event instanceof RunEvent.TokenProduced;
        }
    },
    /** What nodes report of their own: {@link RunEvent.Custom}. */
    CUSTOM {
        @Override
        boolean passes(RunEvent event) {
            return event instanceof RunEvent.Custom;
        }
    },
    /** Everything. */
    DEBUG {
        @Override
        boolean passes(RunEvent event) {
            return true;
        }
    };

    /** Whether a stream of this mode alone gives the event. */
    public final boolean lets(RunEvent event) {
        return event instanceof RunEvent.Terminal || event instanceof RunEvent.EventsDropped || passes(event);
    }

    abstract boolean passes(RunEvent event);
}
