package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.graph.GraphRunEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is told of a run, as a frame of a WebSocket or the data of an event.
 *
 * @param seq rises; a client that was cut off sends the last one that it has seen
 * @param type what it is: the whole run, a node as it is now, a piece of text, or the run as it ended
 * @param run of {@code run} and {@code done}
 * @param node of {@code node}
 * @param nodeId of {@code token}: the node that writes
 * @param text of {@code token}: to be put behind what the node wrote before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunFrame(
        long seq,
        Type type,
        @Nullable RunView run,
        @Nullable NodeRunView node,
        @Nullable String nodeId,
        @Nullable String text) {
    /** Of a frame; what waits for a slow client is bounded too, and must have room for some. */
    private static final int MAX_CHARACTERS = 200_000;

    /** What a frame is. */
    @Schema(name = "RunFrameType", enumAsRef = true)
    enum Type {
        @JsonProperty("connection_established")
        CONNECTED("connection_established"),
        @JsonProperty("run")
        RUN("run"),
        @JsonProperty("node")
        NODE("node"),
        @JsonProperty("token")
        TOKEN("token"),
        @JsonProperty("done")
        DONE("done");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    static RunFrame connected() {
        return new RunFrame(0, Type.CONNECTED, null, null, null, null);
    }

    /** As JSON, without values that are too large for a stream of events: the run itself still has them. */
    String json(JsonMapper mapper) {
        String whole = mapper.writeValueAsString(this);
        return whole.length() <= MAX_CHARACTERS ? whole : mapper.writeValueAsString(light());
    }

    private RunFrame light() {
        return new RunFrame(
                seq, type, run == null ? null : run.light(), node == null ? null : node.light(), nodeId, text);
    }

    static RunFrame of(GraphRunEvent event) {
        long seq = event.sequence();
        if (event instanceof GraphRunEvent.RunChanged changed) {
            return new RunFrame(seq, Type.RUN, RunView.of(changed.run()), null, null, null);
        }
        if (event instanceof GraphRunEvent.NodeChanged changed) {
            return new RunFrame(seq, Type.NODE, null, NodeRunView.of(changed.node()), null, null);
        }
        if (event instanceof GraphRunEvent.TokenWritten token) {
            return new RunFrame(seq, Type.TOKEN, null, null, token.node(), token.text());
        }
        if (event instanceof GraphRunEvent.RunEnded ended) {
            return new RunFrame(seq, Type.DONE, RunView.of(ended.run()), null, null, null);
        }
        throw new AssertionError(event);
    }
}
