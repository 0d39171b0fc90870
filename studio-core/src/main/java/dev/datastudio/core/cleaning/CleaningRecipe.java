package dev.datastudio.core.cleaning;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.cleaning.internal.RecipeJson;
import dev.datastudio.core.cleaning.internal.StepWords;
import java.util.List;

/**
 * Steps that are done one after the other. Immutable.
 *
 * @param steps at least 1, at most {@value #MAX_STEPS}
 */
public record CleaningRecipe(List<CleaningStep> steps) {
    /** The version of the JSON form. */
    public static final int VERSION = 1;
    /** How many steps a recipe may have. */
    public static final int MAX_STEPS = 200;
    /** How many characters the JSON form may have. */
    public static final int MAX_JSON = 400_000;

    /** @throws IllegalArgumentException if there is no step, or too many */
    public CleaningRecipe {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException("steps must be 1.." + MAX_STEPS + ", were " + steps.size());
        }
    }

    /** Steps in the order they are done. */
    public static CleaningRecipe of(CleaningStep... steps) {
        return new CleaningRecipe(List.of(steps));
    }

    /**
     * The recipe that a JSON text holds.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming the place and what is allowed there, when the
     *     text is not JSON, or has an unknown version, step, field or value
     */
    public static CleaningRecipe parse(String json) {
        return RecipeJson.read(json);
    }

    /**
     * The recipe as JSON, {@code {"version":1,"steps":[{"step":"fill_missing","column":"age","with":"median"}]}};
     * {@link #parse} gives an equal recipe. Conditions and expressions are written as in a plan.
     */
    public String toJson() {
        return RecipeJson.write(this);
    }

    /** Each step in words: "Fill missing values of 'age' with the median". */
    public List<String> inWords() {
        return steps.stream().map(StepWords::plan).toList();
    }
}
