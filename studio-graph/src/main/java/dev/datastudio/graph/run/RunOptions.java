package dev.datastudio.graph.run;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import java.util.Objects;
import java.util.Optional;

/**
 * How one run is to go. Immutable.
 *
 * <p>Defaults: a new random id, {@link Caller#LOCAL}, {@link Cancellation#none()}, no listener of its own, {@link
 * #DEFAULT_KEPT_EVENTS} kept events, no thread, {@link Durability#GROUP} with one, {@link Budget#UNLIMITED}.
 */
public final class RunOptions {
    /** How many events a run keeps when nothing else was said. */
    public static final int DEFAULT_KEPT_EVENTS = 1_000;

    private static final RunOptions DEFAULTS = builder().build();

    private final Optional<RunId> id;
    private final Caller caller;
    private final Cancellation cancellation;
    private final Optional<RunListener> listener;
    private final int keptEvents;
    private final Optional<String> thread;
    private final Durability durability;
    private final Budget budget;

    private RunOptions(Builder builder) {
        this.id = builder.id;
        this.caller = builder.caller;
        this.cancellation = builder.cancellation;
        this.listener = builder.listener;
        this.keptEvents = builder.keptEvents;
        this.thread = builder.thread;
        this.durability = builder.durability;
        this.budget = builder.budget;
    }

    /** All defaults. */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /** Begins with all defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** These options, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.id = id;
        builder.caller = caller;
        builder.cancellation = cancellation;
        builder.listener = listener;
        builder.keptEvents = keptEvents;
        builder.thread = thread;
        builder.durability = durability;
        builder.budget = budget;
        return builder;
    }

    /** The id that the run shall have; empty for a random one. */
    public Optional<RunId> id() {
        return id;
    }

    /** On whose behalf the run happens. */
    public Caller caller() {
        return caller;
    }

    /** Ends the run when it is set. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Told of this run's events, after the engine's listener. */
    public Optional<RunListener> listener() {
        return listener;
    }

    /** How many of the latest events {@link Run#events()} can give. */
    public int keptEvents() {
        return keptEvents;
    }

    /** The thread that the run is kept under; empty when nothing is kept. */
    public Optional<String> thread() {
        return thread;
    }

    /** When a run with a thread waits for its store. */
    public Durability durability() {
        return durability;
    }

    /** What the run may use. */
    public Budget budget() {
        return budget;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private Optional<RunId> id = Optional.empty();
        private Caller caller = Caller.LOCAL;
        private Cancellation cancellation = Cancellation.none();
        private Optional<RunListener> listener = Optional.empty();
        private int keptEvents = DEFAULT_KEPT_EVENTS;
        private Optional<String> thread = Optional.empty();
        private Durability durability = Durability.GROUP;
        private Budget budget = Budget.UNLIMITED;

        private Builder() {}

        /** The id of the run. */
        public Builder id(RunId value) {
            id = Optional.of(value);
            return this;
        }

        /** On whose behalf the run happens; nodes read it from their context. */
        public Builder caller(Caller value) {
            caller = Objects.requireNonNull(value, "caller");
            return this;
        }

        /** Ends the run when it is set; one may be shared by many runs. */
        public Builder cancellation(Cancellation value) {
            cancellation = Objects.requireNonNull(value, "cancellation");
            return this;
        }

        /** Told of this run's events. */
        public Builder listener(RunListener value) {
            listener = Optional.of(value);
            return this;
        }

        /**
         * How many of the latest events the run keeps. With 0 and no listener no events are made at all.
         *
         * @param count at least 0
         */
        public Builder keptEvents(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("keptEvents must be at least 0, was " + count);
            }
            keptEvents = count;
            return this;
        }

        /**
         * Keeps the run in the engine's store, so that it can be resumed.
         *
         * @param name 1 to 128 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit; unique for the
         *     caller's tenant
         */
        public Builder thread(String name) {
            thread = Optional.of(name);
            return this;
        }

        /** When a run with a thread waits for its store. */
        public Builder durability(Durability value) {
            durability = Objects.requireNonNull(value, "durability");
            return this;
        }

        /** What the run may use. */
        public Builder budget(Budget value) {
            budget = Objects.requireNonNull(value, "budget");
            return this;
        }

        /** The options. */
        public RunOptions build() {
            return new RunOptions(this);
        }
    }
}
