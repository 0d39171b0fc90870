package dev.datastudio.agents.graph;

import java.util.Objects;

/**
 * What a subscriber of a run is told. Sequence numbers rise; whoever was cut off goes on after the last one that it has
 * seen, and what it missed is told again, or as a whole by {@link RunChanged}. The last one is {@link RunEnded}.
 */
public sealed interface GraphRunEvent {
    /** Its number. */
    long sequence();

    /** The whole run as it is now: at the beginning of a subscription, and when its state changes. */
    record RunChanged(long sequence, GraphRun run) implements GraphRunEvent {
        public RunChanged {
            Objects.requireNonNull(run, "run");
        }
    }

    /** A node as it is now. */
    record NodeChanged(long sequence, NodeRun node) implements GraphRunEvent {
        public NodeChanged {
            Objects.requireNonNull(node, "node");
        }
    }

    /** A piece of what a node writes, to be put behind what it wrote before. */
    record TokenWritten(long sequence, String node, String text) implements GraphRunEvent {
        public TokenWritten {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(text, "text");
        }
    }

    /** Nothing more happens in the run. */
    record RunEnded(long sequence, GraphRun run) implements GraphRunEvent {
        public RunEnded {
            Objects.requireNonNull(run, "run");
        }
    }
}
