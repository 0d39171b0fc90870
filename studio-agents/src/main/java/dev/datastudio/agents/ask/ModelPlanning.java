package dev.datastudio.agents.ask;

import dev.datastudio.agents.planner.model.ModelPlanner;
import dev.datastudio.api.tenant.Caller;
import java.util.Objects;

/**
 * That a model may read questions, and when it does. A question whose plan a person checked, and "undo", never need it.
 * Immutable.
 *
 * @param planner asks the model
 * @param policy when it is asked
 */
public record ModelPlanning(ModelPlanner planner, Policy policy) {
    public ModelPlanning {
        Objects.requireNonNull(planner, "planner");
        Objects.requireNonNull(policy, "policy");
    }

    /** A model for what the built-in planner does not read with certainty. */
    public static ModelPlanning builtInFirst(ModelPlanner planner) {
        return new ModelPlanning(planner, Policy.BUILT_IN_FIRST);
    }

    /** The same with the models of another caller, as {@link ModelPlanner#as}. */
    public ModelPlanning as(Caller other) {
        return new ModelPlanning(planner.as(other), policy);
    }

    /** Differs whenever a question may get another plan; a part of cache keys. */
    public String version() {
        return policy + " " + planner.version();
    }

    /** Who reads a question. */
    public enum Policy {
        /**
         * The built-in planner, and the model where that one is not certain: where a word fits nothing, several readings
         * are as good, or something had to be decided. When the model fails, what the built-in planner decided is taken,
         * and a warning says so; without such a plan the failure is the caller's.
         */
        BUILT_IN_FIRST,
        /** The model. When it fails, the built-in planner as above. */
        MODEL_FIRST,
        /** The model, whose failure is the caller's. */
        MODEL_ONLY
    }
}
