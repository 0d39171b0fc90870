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
 * @param node the one node to be run; what leads to it is not run again where its latest outputs still hold; absent for all.
 *     One inside of another node is named with that, as {@code outer/inner}; what comes after it comes after that, too
 * @param part whether only that node is run, or what comes after it too, or all that leads to it anew; {@code node} when it
 *     is absent
 * @param nodeInputs what that node is given instead of what leads to it, by input; of {@code node} and {@code from} only
 * @param version the number of a version; absent for the draft
 * @param pinned whether outputs that are pinned in the graph take the place of their nodes; they do not when it is absent
 */
record RunInput(
        @Nullable Map<String, @Nullable Object> inputs,
        @Nullable String node,
        @Nullable Part part,
        @Nullable Map<String, @Nullable Object> nodeInputs,
        @Nullable Integer version,
        @Nullable Boolean pinned) {
    /** How much is run of a graph around a node. */
    @Schema(name = "RunPart", enumAsRef = true)
    enum Part {
        @JsonProperty("node")
        NODE(RunRequest.Part.NODE),
        @JsonProperty("from")
        FROM(RunRequest.Part.FROM_NODE),
        @JsonProperty("to")
        TO(RunRequest.Part.TO_NODE);

        private final RunRequest.Part part;

        Part(RunRequest.Part part) {
            this.part = part;
        }
    }

    RunRequest of(String graph) {
        boolean isWhole = node == null || node.isEmpty();
        RunRequest.Part wanted = isWhole ? RunRequest.Part.WHOLE : part == null ? RunRequest.Part.NODE : part.part;
        return new RunRequest(
                graph,
                version == null ? OptionalInt.empty() : OptionalInt.of(version),
                values(inputs),
                wanted,
                node == null ? "" : node,
                values(nodeInputs),
                Boolean.TRUE.equals(pinned) ? RunRequest.Pins.HONOURED : RunRequest.Pins.IGNORED);
    }

    private static Values values(@Nullable Map<String, @Nullable Object> given) {
        return given == null ? Values.none() : Values.of(given);
    }
}
