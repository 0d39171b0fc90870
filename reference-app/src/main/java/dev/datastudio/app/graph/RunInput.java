package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.graph.RunRequest;
import dev.datastudio.graph.json.Values;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run.
 *
 * @param inputs values of the graph's inputs, by their names
 * @param node the one node to be run; what leads to it is not run again where its latest outputs still hold; absent for all
 * @param part whether only that node is run, or what comes after it too; {@code node} when it is absent
 * @param version the number of a version; absent for the draft
 */
record RunInput(
        @Nullable Map<String, @Nullable Object> inputs,
        @Nullable String node,
        @Nullable Part part,
        @Nullable Integer version) {
    /** How much is run of a graph from a node on. */
    @Schema(name = "RunPart", enumAsRef = true)
    enum Part {
        @JsonProperty("node")
        NODE,
        @JsonProperty("from")
        FROM
    }

    RunRequest of(String graph) {
        Values given = inputs == null ? Values.none() : Values.of(inputs);
        OptionalInt number = version == null ? OptionalInt.empty() : OptionalInt.of(version);
        if (node == null || node.isEmpty()) {
            return new RunRequest(graph, number, given, RunRequest.Part.WHOLE, "");
        }
        RunRequest.Part wanted = part == Part.FROM ? RunRequest.Part.FROM_NODE : RunRequest.Part.NODE;
        return new RunRequest(graph, number, given, wanted, node);
    }
}
