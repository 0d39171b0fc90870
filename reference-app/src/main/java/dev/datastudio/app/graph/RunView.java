package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.PendingQuestion;
import dev.datastudio.agents.graph.RunProblem;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.graph.json.Values;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of a graph, as it stands or ended.
 *
 * @param id names it
 * @param graphId the graph
 * @param version the version that runs; null for the draft
 * @param node the one node that was to be run, or from which on was to be run; null for all
 * @param state how it stands
 * @param startedAt when it was started
 * @param endedAt when it ended; null until then
 * @param inputs what it was given; long texts and lists are cut and say by how much
 * @param outputs what it gave, by output, cut in the same way; null until it is done, and in events when they are large
 * @param error why it failed; null otherwise
 * @param nodes how its nodes stand, in the order of the graph; empty in lists of runs
 * @param waitingFor what it waits for
 * @param tokens how many tokens of language models it used
 * @param cost what they cost in US dollars; null when that is not known of all
 * @param sequence the number of the latest event that is in it
 */
@Schema(name = "Run")
record RunView(
        String id,
        String graphId,
        Optional<Integer> version,
        Optional<String> node,
        State state,
        Instant startedAt,
        Optional<Instant> endedAt,
        Map<String, @Nullable Object> inputs,
        Optional<Map<String, @Nullable Object>> outputs,
        Optional<Failure> error,
        List<NodeRunView> nodes,
        List<Question> waitingFor,
        long tokens,
        Optional<BigDecimal> cost,
        long sequence) {
    /** How a run stands. */
    @Schema(name = "RunState", enumAsRef = true)
    enum State {
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
        @JsonProperty("cancelled")
        CANCELLED;

        static State of(RunState state) {
            return switch (state) {
                case QUEUED -> QUEUED;
                case RUNNING -> RUNNING;
                case WAITING -> WAITING;
                case DONE -> DONE;
                case FAILED -> FAILED;
                case CANCELLED -> CANCELLED;
            };
        }
    }

    /**
     * Why a run or a node failed.
     *
     * @param code for programs
     * @param what what happened
     * @param mend what to do now
     * @param nodeId the node that failed; null when no single one is at fault
     */
    @Schema(name = "RunError")
    record Failure(String code, String what, String mend, Optional<String> nodeId) {
        static Failure of(RunProblem problem) {
            return new Failure(
                    problem.code(),
                    problem.what(),
                    problem.mend(),
                    Optional.of(problem.node()).filter(node -> !node.isEmpty()));
        }
    }

    /**
     * What a run waits for a person to answer.
     *
     * @param id names it in its run
     * @param nodeId the node that asks
     * @param kind {@code approval} of a value, {@code tool} for the call of a tool that does more than read
     * @param question for the person
     * @param value what it is about
     */
    @Schema(name = "RunQuestion")
    record Question(
            String id,
            String nodeId,
            String kind,
            String question,
            @Nullable Object value) {
        static Question of(PendingQuestion question) {
            return new Question(question.id(), question.node(), question.kind(), question.question(), question.value());
        }
    }

    /** Without the values of its nodes, and its own where there is more than a little of them. */
    RunView light() {
        return new RunView(
                id,
                graphId,
                version,
                node,
                state,
                startedAt,
                endedAt,
                isSmall(inputs) ? inputs : Map.of(),
                outputs.filter(RunView::isSmall),
                error,
                nodes.stream().map(NodeRunView::light).toList(),
                waitingFor,
                tokens,
                cost,
                sequence);
    }

    private static boolean isSmall(Map<String, @Nullable Object> values) {
        return Values.of(values).toJson().length() <= NodeRunView.MAX_LIGHT;
    }

    static RunView of(GraphRun run) {
        return new RunView(
                run.id(),
                run.graph(),
                run.version().stream().boxed().findFirst(),
                Optional.of(run.target()).filter(node -> !node.isEmpty()),
                State.of(run.state()),
                run.startedAt(),
                run.endedAt(),
                run.inputs().all(),
                run.outputs().map(Values::all),
                run.error().map(Failure::of),
                run.nodes().stream().map(NodeRunView::of).toList(),
                run.waitingFor().stream().map(Question::of).toList(),
                run.usage().tokens(),
                run.usage().cost(),
                run.sequence());
    }
}
