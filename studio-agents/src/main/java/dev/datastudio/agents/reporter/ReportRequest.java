package dev.datastudio.agents.reporter;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.source.SourceId;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a reporter is asked. Immutable; begins at {@link #about(SourceId, String)} or {@link #about(List, String)}.
 *
 * @param message what the person says, at most {@value #MAX_MESSAGE} characters
 * @param sources the databases it may be about
 * @param datasets the imported tables it may be about; one statement can join them, but not with a database
 * @param history what was said before in the conversation, the oldest first
 * @param summary what was said before that, in short; empty for nothing
 * @param conversation the id of the conversation, under which the model's tokens are counted; empty for none
 * @param options how it is answered
 * @param listener told of each step of the trace when it is done, on the thread that did it; must return quickly
 * @param cancellation stops it
 */
public record ReportRequest(
        String message,
        List<SourceId> sources,
        List<Dataset> datasets,
        List<ReportTurn> history,
        String summary,
        String conversation,
        ReportOptions options,
        Consumer<TraceStep> listener,
        Cancellation cancellation) {
    /** The most characters of a message. */
    public static final int MAX_MESSAGE = 10_000;

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when the message is empty or too long */
    public ReportRequest {
        sources = List.copyOf(sources);
        datasets = List.copyOf(datasets);
        history = List.copyOf(history);
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancellation, "cancellation");
        if (message.isBlank() || message.length() > MAX_MESSAGE) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The message has " + message.length() + " characters",
                    "Say what you want to know in 1 to " + MAX_MESSAGE + " characters");
        }
    }

    /** About the tables of one database. */
    public static ReportRequest about(SourceId source, String message) {
        return of(List.of(source), List.of(), message);
    }

    /** About data sets. */
    public static ReportRequest about(List<Dataset> datasets, String message) {
        return of(List.of(), datasets, message);
    }

    /** About databases and data sets, of which the tables that fit decide; with {@link ReportOptions#DEFAULT}. */
    public static ReportRequest of(List<SourceId> sources, List<Dataset> datasets, String message) {
        return new ReportRequest(
                message, sources, datasets, List.of(), "", "", ReportOptions.DEFAULT, step -> {}, Cancellation.none());
    }

    /** This request after what was said before. */
    public ReportRequest after(List<ReportTurn> turns) {
        return after(turns, summary);
    }

    /** This request after what was said before, of which the older part is only known in short. */
    public ReportRequest after(List<ReportTurn> turns, String summaryBefore) {
        return new ReportRequest(
                message, sources, datasets, turns, summaryBefore, conversation, options, listener, cancellation);
    }

    /** This request in a conversation. */
    public ReportRequest inConversation(String id) {
        return new ReportRequest(message, sources, datasets, history, summary, id, options, listener, cancellation);
    }

    /** This request with other options. */
    public ReportRequest with(ReportOptions others) {
        return new ReportRequest(
                message, sources, datasets, history, summary, conversation, others, listener, cancellation);
    }

    /** This request, whose steps somebody is told of. */
    public ReportRequest telling(Consumer<TraceStep> other) {
        return new ReportRequest(
                message, sources, datasets, history, summary, conversation, options, other, cancellation);
    }

    /** This request, which can be stopped. */
    public ReportRequest stoppedBy(Cancellation other) {
        return new ReportRequest(message, sources, datasets, history, summary, conversation, options, listener, other);
    }
}
