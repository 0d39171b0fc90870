package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.reporter.ReportOptions;
import dev.datastudio.agents.reporter.ReportRequest;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.agents.reporter.TraceStep.Decider;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through the graphs. Immutable.
 *
 * @param id of the report
 * @param caller on whose behalf
 * @param scope its tables
 * @param model null where there is none
 */
public record ReportTask(
        String id,
        Studio studio,
        Caller caller,
        ReportRequest request,
        DataScope scope,
        @Nullable StepModel model) {
    ReportOptions options() {
        return request.options();
    }

    StepModel requireModel() {
        return Objects.requireNonNull(model, "a step of a model was reached without one");
    }

    /** Asks the model one step. */
    <T> StepModel.Asked<T> ask(
            PromptFile prompt,
            String user,
            AnswerForm form,
            Function<AnswerForm.Read, T> reader,
            Cancellation cancellation) {
        return requireModel().ask(prompt, user, form, reader, options().answers(), cancellation);
    }

    /** Begins a step of a graph. */
    Tracing begin(String graph, String node) {
        return new Tracing(this, graph, node, studio.clock().instant(), System.nanoTime());
    }

    /** A step that is being done. */
    record Tracing(ReportTask task, String graph, String node, Instant at, long start) {
        TraceStep byRule(String rule, String decision) {
            return done(decision, Decider.RULE, rule, 0, 0);
        }

        TraceStep byEngine(String engine, String decision) {
            return done(decision, Decider.ENGINE, engine, 0, 0);
        }

        TraceStep byModel(StepModel.Asked<?> asked, String decision) {
            String by = task.requireModel().name() + ", " + asked.prompt().version();
            return done(decision, Decider.MODEL, by, asked.inputTokens(), asked.outputTokens());
        }

        private TraceStep done(String decision, Decider decider, String by, int input, int output) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            TraceStep step = new TraceStep(graph, node, decision, decider, by, at, took, input, output);
            task.request().listener().accept(step);
            return step;
        }
    }
}
