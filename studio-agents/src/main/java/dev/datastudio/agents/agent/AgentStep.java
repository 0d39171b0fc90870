package dev.datastudio.agents.agent;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** One step of a run, as it stands in the trace of the reply. Immutable. */
public sealed interface AgentStep {
    /** How long it took. */
    Duration took();

    /**
     * A model was asked.
     *
     * @param number which call of the model, from 1
     * @param model the model that answered, as its service calls it
     * @param text what it said; empty when it only called tools
     * @param calls the ids of the calls of tools that it asked for
     * @param inputTokens how many it read, 0 when its service does not say
     * @param outputTokens how many it wrote, 0 when its service does not say
     */
    record ModelStep(
            int number,
            String model,
            String text,
            List<String> calls,
            long inputTokens,
            long outputTokens,
            Duration took)
            implements AgentStep {
        public ModelStep {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(text, "text");
            calls = List.copyOf(calls);
            Objects.requireNonNull(took, "took");
        }
    }

    /**
     * A tool was called.
     *
     * @param call the id of the call, unique in the run
     * @param tool its name, as the model wrote it
     * @param arguments as the model wrote them
     * @param text what it gave, as the model read it
     * @param isError whether it did not do what it was asked to
     * @param artifacts keys of files that it made
     */
    record ToolStep(
            String call,
            String tool,
            String arguments,
            String text,
            boolean isError,
            List<String> artifacts,
            Duration took)
            implements AgentStep {
        public ToolStep {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(arguments, "arguments");
            Objects.requireNonNull(text, "text");
            artifacts = List.copyOf(artifacts);
            Objects.requireNonNull(took, "took");
        }
    }

    /**
     * The numbers of an answer were checked.
     *
     * @param figures how many it states
     * @param unsupported those that are tied to nothing; when it could, the model was asked to mend them
     */
    record CheckStep(int figures, List<String> unsupported, Duration took) implements AgentStep {
        public CheckStep {
            unsupported = List.copyOf(unsupported);
            Objects.requireNonNull(took, "took");
        }
    }

    /**
     * The built-in planner answered, as there is no model.
     *
     * @param answer what it answered: how it understood the question, what it can be asked instead, what it computed, with
     *     the first rows of each result
     */
    record PlannerStep(Answer answer, Duration took) implements AgentStep {
        public PlannerStep {
            Objects.requireNonNull(answer, "answer");
            Objects.requireNonNull(took, "took");
        }

        /** How it understood the question; empty when it did not. */
        public String reading() {
            return answer.reading();
        }

        /** The SQL that was run. */
        public List<String> statements() {
            return answer.steps().stream().map(AnswerStep::sql).toList();
        }

        /** Keys of files that were made. */
        public List<String> artifacts() {
            return answer.steps().stream()
                    .flatMap(step -> step.artifacts().stream())
                    .map(AnswerArtifact::key)
                    .toList();
        }

        /**
         * The plans of its conversation, the oldest first, that of this answer last; what the next question may change.
         */
        public List<AnalysisPlan> plans() {
            return answer.plans();
        }
    }
}
