package dev.datastudio.agents.model;

import dev.datastudio.api.error.ErrorCode;
import java.time.Duration;
import java.util.Objects;

/** What came of trying a model. Immutable. */
public sealed interface ModelCheck {
    /** How long it took. */
    Duration took();

    /** Whether it answered. */
    default boolean works() {
        return this instanceof Answered;
    }

    /**
     * It answered.
     *
     * @param took how long it took
     * @param modelName the model that answered, as the service calls it
     */
    record Answered(Duration took, String modelName) implements ModelCheck {
        public Answered {
            Objects.requireNonNull(took, "took");
            Objects.requireNonNull(modelName, "modelName");
        }
    }

    /**
     * It did not.
     *
     * @param took how long it took
     * @param code what kind of failure it was
     * @param what what happened, one sentence
     * @param mend what to do now, one sentence
     */
    record Failed(Duration took, ErrorCode code, String what, String mend) implements ModelCheck {
        public Failed {
            Objects.requireNonNull(took, "took");
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(mend, "mend");
        }
    }
}
