package dev.datastudio.graph.json;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.Write;
import dev.datastudio.graph.json.internal.Compilation;
import dev.datastudio.graph.json.internal.PortValue;
import java.util.List;

/**
 * What a run of a saved graph ended with. Immutable.
 *
 * @param outputs a JSON object of the values of the graph's outputs, by their names; as text, so that a stored run can
 *     keep it. An output that no branch reached is absent.
 * @param skipped ids of the nodes that were reached without all of their required inputs, and so did nothing, in the order
 *     of the run
 */
public record GraphOutput(String outputs, List<String> skipped) {
    public GraphOutput {
        skipped = skipped.stream().distinct().toList();
    }

    /**
     * Whether a node of a saved graph was skipped, by the update that its {@code NodeFinished} event carries: it then says
     * so instead of giving its outputs.
     */
    public static boolean isSkip(Update update) {
        for (Write write : update.writes()) {
            if (write.channel() == Compilation.SKIPPED) {
                return true;
            }
        }
        return false;
    }

    /** The values of the graph's outputs. */
    public Values values() {
        return PortValue.object(outputs);
    }
}
