package dev.datastudio.agents.reporter;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.reporter.internal.PictureGraph;
import dev.datastudio.agents.reporter.internal.ReportFlow;
import dev.datastudio.agents.reporter.internal.ReportGraph;
import dev.datastudio.agents.reporter.internal.SqlGraph;
import dev.datastudio.agents.reporter.internal.StepModel;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.Graph;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about databases and data sets with SQL that a language model writes.
 *
 * <p>What the model sends is hostile until checked: each answer keeps to a form, each statement passes the gate of the
 * database that runs it and only reads what the caller may read, each chart is drawn from the rows alone, and numbers of
 * the text that no row holds are flagged. Each loop is bounded by {@link ReportOptions}; each step is in the trace.
 *
 * <p>It asks the model that is active for the caller. Where none is configured, the built-in planner answers, which the
 * trace and the notes say; a configured model that fails is the caller's failure. Immutable and thread-safe.
 */
public final class Reporter {
    private final ReportFlow flow;
    private final Caller caller;
    private final Choice choice;

    private Reporter(ReportFlow flow, Caller caller, Choice choice) {
        this.flow = flow;
        this.caller = caller;
        this.choice = choice;
    }

    /** Which model is asked, once it is known for what. */
    @FunctionalInterface
    private interface Choice {
        @Nullable
        StepModel choose(Studio studio, Caller caller, ReportRequest request);
    }

    /** The reporter of a studio, on behalf of its caller; works as long as the studio is open. */
    public static Reporter of(Studio studio) {
        ReportFlow flow = studio.feature(ReportFlow.class, ReportFlow::new);
        return new Reporter(flow, studio.caller(), Reporter::active);
    }

    private static @Nullable StepModel active(Studio studio, Caller caller, ReportRequest request) {
        Optional<ModelConfig> active = Models.of(studio).as(caller).configs().active();
        return active.isEmpty() ? null : configured(studio, caller, active.get(), request);
    }

    private static StepModel configured(Studio studio, Caller caller, ModelConfig config, ReportRequest request) {
        Models models = Models.of(studio).as(caller).in(ModelUse.NONE.inConversation(request.conversation()));
        String name = config.name() + " (" + config.spec().modelName() + ")";
        return new StepModel(cancellation -> models.stoppedBy(cancellation).create(config), name);
    }

    /** The reporter of another caller, who sees other data and other models. */
    public Reporter as(Caller other) {
        return new Reporter(flow, Objects.requireNonNull(other, "other"), choice);
    }

    /**
     * This reporter with a configured model.
     *
     * @param name of a configuration; asking throws {@link ErrorCode#ENTRY_NOT_FOUND} when the caller has none of it
     */
    public Reporter by(String name) {
        Objects.requireNonNull(name, "name");
        return new Reporter(
                flow,
                caller,
                (studio, who, request) ->
                        configured(studio, who, Models.of(studio).as(who).config(name), request));
    }

    /**
     * This reporter with a model of the host program's. A call that runs can't be cancelled.
     *
     * @param name what traces call it; not blank
     */
    public Reporter by(ChatModel model, String name) {
        Objects.requireNonNull(model, "model");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        StepModel fixed = new StepModel(cancellation -> model, name);
        return new Reporter(flow, caller, (studio, who, request) -> fixed);
    }

    /** This reporter without a model: the built-in planner answers. */
    public Reporter builtIn() {
        return new Reporter(flow, caller, (studio, who, request) -> null);
    }

    /**
     * Answers a message. Blocks until it is answered.
     *
     * @throws StudioException {@link ErrorCode#SOURCE_NOT_FOUND} or {@link ErrorCode#DATASET_NOT_FOUND} for what is not the
     *     caller's, {@link ErrorCode#MODEL_FAILED}, {@link ErrorCode#MODEL_REFUSED} or
     *     {@link ErrorCode#MODEL_ANSWER_INVALID} when the model fails, {@link ErrorCode#CANCELLED}, a quota, or when a
     *     database can't be reached. A statement that fails is no exception but a {@link ReportStatus}. Where the studio's
     *     SQL executor is off, no model writes statements, and the built-in planner answers
     */
    public Report ask(ReportRequest request) {
        boolean mayWrite = flow.studio().sqlExecutor() == Studio.SqlExecutor.ON;
        return flow.ask(caller, request, mayWrite ? choice.choose(flow.studio(), caller, request) : null);
    }

    /**
     * Writes the SQL of a question and does not run it: the sub-graph of the reporter, alone.
     *
     * @throws StudioException as {@link #ask}, and {@link ErrorCode#ENTRY_NOT_FOUND} when no model is configured, and
     *     {@link ErrorCode#SQL_REFUSED} where the studio's SQL executor is off
     */
    public WrittenSql write(ReportRequest request) {
        flow.studio().requireSqlExecutor();
        return flow.write(caller, request, require(choice.choose(flow.studio(), caller, request)));
    }

    private StepModel require(@Nullable StepModel model) {
        if (model == null) {
            throw new StudioException(
                    ErrorCode.ENTRY_NOT_FOUND,
                    "No language model is configured, and SQL is written by one",
                    flow.studio().modelAdvice() + "; or ask in plain English, which needs none");
        }
        return model;
    }

    /**
     * Chooses how rows are shown, and draws their chart: the sub-graph of the reporter, alone. Without a model, rules
     * choose.
     *
     * @param question what the rows answer
     * @param options the chart's files are not kept, whatever they say
     * @throws StudioException as {@link #ask}
     */
    public ShownRows show(String question, QueryResult rows, ReportOptions options, Cancellation cancellation) {
        ReportRequest request =
                ReportRequest.of(List.of(), List.of(), question).with(options).stoppedBy(cancellation);
        return flow.show(caller, request, rows, choice.choose(flow.studio(), caller, request));
    }

    /** The three graphs, to be drawn: the reporter, the writing of SQL, and the picture. */
    public static List<Graph<?, ?>> graphs() {
        return List.of(ReportGraph.graph(), SqlGraph.graph(), PictureGraph.graph());
    }
}
