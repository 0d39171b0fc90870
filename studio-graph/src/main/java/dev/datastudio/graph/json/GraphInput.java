package dev.datastudio.graph.json;

import dev.datastudio.graph.json.internal.PortValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a saved graph begins with. Immutable.
 *
 * @param inputs a JSON object of the values of the graph's inputs, by their names; as text, so that a stored run can keep
 *     it
 */
public record GraphInput(String inputs) {
    /** Values of the graph's inputs, by their names. */
    public static GraphInput of(Map<String, ? extends @Nullable Object> inputs) {
        return new GraphInput(Values.of(inputs).toJson());
    }

    /** The values of the graph's inputs. */
    public Values values() {
        return PortValue.object(inputs);
    }
}
