package dev.datastudio.agents.ask;

import dev.datastudio.agents.ask.internal.AskFlow;
import dev.datastudio.agents.ask.internal.ConversationLog;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.model.PlanPrompt;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.source.SourceId;
import java.util.List;
import java.util.Objects;

/**
 * Answers questions about data sets: it plans, computes, checks, draws and says how the question was read.
 *
 * <p>It answers for one caller: data sets, databases, conversations, what was taught, models, quotas and the cache are
 * that caller's, and what belongs to somebody else is not there. What was answered before on the same content comes from
 * the cache; the same question that a caller asks several times at once is computed once. Thread-safe.
 */
public final class Analyst {
    private final AskFlow flow;
    private final Studio studio;
    private final Caller caller;

    private Analyst(AskFlow flow, Studio studio, Caller caller) {
        this.flow = flow;
        this.studio = studio;
        this.caller = caller;
    }

    /** The analyst of a studio, for its own caller; works as long as the studio is open. */
    public static Analyst of(Studio studio) {
        return studio.feature(Analyst.class, any -> new Analyst(new AskFlow(any), any, any.caller()));
    }

    /**
     * The same for another caller, such as the user of a request. A configured model of the options is looked up among
     * those of this caller, as {@link ModelPlanning#as}.
     */
    public Analyst as(Caller other) {
        return new Analyst(flow, studio, Objects.requireNonNull(other, "other"));
    }

    /** As {@link #ask(List, String, AskOptions)}, about one data set, with {@link AskOptions#DEFAULT}. */
    public Answer ask(Dataset dataset, String question) {
        return ask(List.of(dataset), question, AskOptions.DEFAULT);
    }

    /**
     * Answers a question. A question that is ambiguous, not understood or can't be answered gives an answer of that
     * {@link AnswerStatus}, no exception.
     *
     * @param datasets the tables; of two with one table name, the second gets a number, and a warning says so
     * @param question in plain English; with {@link AskOptions#withPrevious}, also what changes the answer before
     * @throws StudioException {@link ErrorCode#DATASET_NOT_FOUND} for a data set of somebody else,
     *     {@link ErrorCode#CANCELLED}, a limit, or a failure of a store
     */
    public Answer ask(List<Dataset> datasets, String question, AskOptions options) {
        return flow.ask(caller, requireSome(datasets), question, options);
    }

    /**
     * Answers what is said next in a conversation, and keeps both there: a question of its own, a change of the last
     * answer ("now by month", "only the West", "as a pie"), or "undo". {@link Answer#changes()} says what changed.
     *
     * @param conversation the id of a conversation of this user
     * @param options whose {@link AskOptions#context()} is that of the conversation, whatever is given
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}, {@link ErrorCode#INVALID_ARGUMENT} when it is
     *     archived, or as {@link #ask(List, String, AskOptions)}
     */
    public Answer ask(String conversation, List<Dataset> datasets, String text, AskOptions options) {
        ConversationLog log = log();
        Answer answer = ask(datasets, text, options.withContext(log.context(conversation)));
        log.add(conversation, text, answer);
        return answer;
    }

    /** Adds a question and its answer at the end of a conversation, so that what is said there next can change it. */
    public void remember(String conversation, String question, Answer answer) {
        log().add(conversation, question, answer);
    }

    private ConversationLog log() {
        return new ConversationLog(Conversations.of(studio.metadata(), caller));
    }

    /**
     * Answers a question about the tables of a connected database, joined over its declared keys and what is kept of
     * their relations. The database itself runs the statements; of each table some rows are read first, and what was
     * seen there is used for five minutes. Answers are not cached, because nobody tells when the rows change. Only
     * tables of the default schema are looked at.
     *
     * @param source one of {@link Studio#sources()}, of this caller's tenant
     * @param question in plain English
     * @throws StudioException {@link ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#SOURCE_INVALID} for a kind that runs
     *     no statements of others, {@link ErrorCode#UNKNOWN_TABLE} when it has no table, {@link ErrorCode#CANCELLED}, a
     *     limit, or a failure of the database
     */
    public Answer ask(SourceId source, String question, AskOptions options) {
        return flow.ask(caller, source, question, options);
    }

    /**
     * What {@link #ask} would make of a question, without computing anything. The first call for some data sets reads
     * the values that their text columns hold.
     *
     * @throws StudioException as {@link #ask}
     */
    public PlanOutcome plan(List<Dataset> datasets, String question) {
        return plan(datasets, question, AskOptions.DEFAULT);
    }

    /** As {@link #plan(List, String)}, within the conversation of the options. */
    public PlanOutcome plan(List<Dataset> datasets, String question, AskOptions options) {
        return flow.plan(caller, requireSome(datasets), question, options);
    }

    /** Up to three questions to begin with, which have an answer; made from what the columns are for. Reads no data. */
    public List<String> suggestions(Dataset dataset) {
        return flow.suggestions(dataset);
    }

    /**
     * What a model would be sent of a question, without sending it: to see what leaves the program.
     *
     * @param options with a model
     * @throws IllegalArgumentException if the options have no model
     * @throws StudioException as {@link #ask}
     */
    public PlanPrompt prompt(List<Dataset> datasets, String question, AskOptions options) {
        return flow.prompt(caller, requireSome(datasets), question, options);
    }

    private static List<Dataset> requireSome(List<Dataset> datasets) {
        if (datasets.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The question is about no data set", "Give at least one data set");
        }
        return datasets;
    }
}
