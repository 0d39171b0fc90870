package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeState;
import dev.datastudio.graph.json.Values;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a node did in a run; in a loop, its latest round.
 *
 * @param nodeId the node; of one inside of a node that runs another graph the ids on the way there, with slashes between
 * @param state how it stands
 * @param startedAt when it began; null when it has not
 * @param millis how long it worked; null until it ended
 * @param inputs what arrived, by input; null when it has not begun
 * @param outputs what it gave, by output; null when it has not
 * @param cut whether inputs or outputs are not whole; long texts and lists are cut and say by how much, and in events all
 *     of them are left out when they are large: the run itself has them
 * @param text what it streamed until now
 * @param error why it failed; null otherwise
 * @param tokens how many tokens of language models it used
 * @param cost what they cost in US dollars; null when that is not known of all
 * @param rounds how often it was done in this run
 */
@Schema(name = "NodeRun")
record NodeRunView(
        String nodeId,
        State state,
        Optional<Instant> startedAt,
        Optional<Long> millis,
        Optional<Map<String, @Nullable Object>> inputs,
        Optional<Map<String, @Nullable Object>> outputs,
        boolean cut,
        String text,
        Optional<RunView.Failure> error,
        long tokens,
        Optional<BigDecimal> cost,
        int rounds) {
    /** How many characters of values or of text an event carries; the run has them whole. */
    static final int MAX_LIGHT = 50_000;

    /** How a node stands in a run. */
    @Schema(name = "NodeState", enumAsRef = true)
    enum State {
        @JsonProperty("idle")
        IDLE,
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("skipped")
        SKIPPED,
        @JsonProperty("cached")
        CACHED,
        @JsonProperty("pinned")
        PINNED,
        @JsonProperty("cancelled")
        CANCELLED;

        static State of(NodeState state) {
            return switch (state) {
                case IDLE -> IDLE;
                case QUEUED -> QUEUED;
                case RUNNING -> RUNNING;
                case WAITING -> WAITING;
                case DONE -> DONE;
                case FAILED -> FAILED;
                case SKIPPED -> SKIPPED;
                case CACHED -> CACHED;
                case PINNED -> PINNED;
                case CANCELLED -> CANCELLED;
            };
        }
    }

    /** Without values, and without the end of a very long text. */
    NodeRunView light() {
        boolean isLight = inputs.isEmpty() && outputs.isEmpty() && text.length() <= MAX_LIGHT;
        String start = text.length() <= MAX_LIGHT ? text : text.substring(0, MAX_LIGHT) + "…";
        return isLight
                ? this
                : new NodeRunView(
                        nodeId,
                        state,
                        startedAt,
                        millis,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        start,
                        error,
                        tokens,
                        cost,
                        rounds);
    }

    static NodeRunView of(NodeRun node) {
        boolean isEnded = node.state() == NodeState.DONE
                || node.state() == NodeState.FAILED
                || node.state() == NodeState.CANCELLED;
        return new NodeRunView(
                node.node(),
                State.of(node.state()),
                node.startedAt(),
                isEnded ? Optional.of(node.took().toMillis()) : Optional.empty(),
                node.inputs().map(Values::all),
                node.outputs().map(Values::all),
                node.extent() == NodeRun.Extent.CUT,
                node.text(),
                node.error().map(RunView.Failure::of),
                node.usage().tokens(),
                node.usage().cost(),
                node.rounds());
    }
}
