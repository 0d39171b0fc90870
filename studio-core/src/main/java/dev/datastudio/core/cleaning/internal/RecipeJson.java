package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.core.cleaning.CleaningRecipe;

/** Recipes as JSON. */
public final class RecipeJson {
    private RecipeJson() {}

    /** A recipe as JSON. */
    public static String write(CleaningRecipe recipe) {
        ObjectNode json = StepJson.JSON.objectNode().put("version", CleaningRecipe.VERSION);
        ArrayNode steps = json.putArray("steps");
        recipe.steps().forEach(step -> steps.add(StepJson.write(step)));
        return json.toString();
    }

    /** A recipe from JSON, which may come from anywhere. */
    public static CleaningRecipe read(String text) {
        Fields json = Fields.parse("recipe", text, CleaningRecipe.MAX_JSON).only("version", "steps");
        requireVersion(json);
        Fields steps = json.get("steps");
        return steps.made(() -> new CleaningRecipe(steps.list(StepJson::read)));
    }

    static void requireVersion(Fields json) {
        long version = json.get("version").whole();
        if (version != CleaningRecipe.VERSION) {
            throw json.get("version")
                    .wrong("Version " + quote(version) + " is not known", "Write version " + CleaningRecipe.VERSION);
        }
    }
}
