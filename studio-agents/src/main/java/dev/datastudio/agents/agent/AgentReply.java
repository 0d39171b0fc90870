package dev.datastudio.agents.agent;

import dev.datastudio.agents.figure.FigureReport;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.data.message.ChatMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an agent answered, and how. Immutable.
 *
 * @param run the id of the run
 * @param agent the id of the agent
 * @param status how the run ended
 * @param text the answer; of a run that was stopped or failed, what was said until then, which may be nothing
 * @param messages what the run adds to the conversation, in order: the question, what the model said, each call of a tool
 *     together with its result; fit to be the memory of the next task
 * @param steps all that was done, in order
 * @param figures what the numbers of the text rest on; nothing for what the built-in planner computed
 * @param model the name of the configuration of the model; empty when none was asked
 * @param usage what the model used
 * @param problem what went wrong or is missing; empty when nothing is
 */
public record AgentReply(
        String run,
        String agent,
        Status status,
        String text,
        List<ChatMessage> messages,
        List<AgentStep> steps,
        FigureReport figures,
        String model,
        Usage usage,
        Optional<Problem> problem) {
    public AgentReply {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(text, "text");
        messages = List.copyOf(messages);
        steps = List.copyOf(steps);
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(problem, "problem");
    }

    /** The keys of files that were made, in the order in which they were made. */
    public List<String> artifacts() {
        return steps.stream()
                .flatMap(step -> {
                    if (step instanceof AgentStep.ToolStep tool) {
                        return tool.artifacts().stream();
                    }
                    return step instanceof AgentStep.PlannerStep planner
                            ? planner.artifacts().stream()
                            : Stream.<String>empty();
                })
                .distinct()
                .toList();
    }

    /** How a run ended. */
    public enum Status {
        /** With an answer. */
        ANSWERED,
        /** At a limit of its steps or tokens, with an answer from what was found until then. */
        LIMIT_REACHED,
        /** It was cancelled. */
        STOPPED,
        /** The model failed for good. */
        FAILED,
        /** Without a model, it can't answer this. */
        CANNOT_ANSWER;

        /** The name in JSON: lower case. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What calls of a model used. Immutable.
     *
     * @param calls how many there were
     * @param inputTokens how many were read
     * @param outputTokens how many were written
     * @param cost what they cost in US dollars; empty when that is not known of each of them
     */
    public record Usage(int calls, long inputTokens, long outputTokens, Optional<BigDecimal> cost) {
        /** Nothing. */
        public static final Usage NONE = new Usage(0, 0, 0, Optional.of(BigDecimal.ZERO));

        public Usage {
            Objects.requireNonNull(cost, "cost");
        }
    }

    /**
     * Why there is no answer, or not the whole one. Immutable.
     *
     * @param code what went wrong
     * @param what in one sentence without its full stop
     * @param mend what to do now, one sentence without its full stop
     */
    public record Problem(ErrorCode code, String what, String mend) {
        public Problem {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(mend, "mend");
        }

        /** What an error says. */
        public static Problem of(StudioException error) {
            return new Problem(error.code(), error.what(), error.mend());
        }
    }
}
