package dev.datastudio.agents.ask;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a question is answered. Immutable.
 *
 * @param maxRows rows kept in each step of the answer, at least 1; {@link Long#MAX_VALUE} for all
 * @param pictures whether charts are drawn as files
 * @param progress told how the answer comes on
 * @param cancellation stops it
 * @param context the plans of the conversation so far, the oldest first; what a follow-up changes; empty for a question
 *     that begins one
 * @param model a model that may read the question; null for the built-in planner alone
 */
public record AskOptions(
        long maxRows,
        Pictures pictures,
        ProgressListener progress,
        Cancellation cancellation,
        List<AnalysisPlan> context,
        @Nullable ModelPlanning model) {
    /** The most plans of a conversation that are kept; older ones are forgotten. */
    public static final int MAX_CONTEXT = 20;

    /** 1,000 rows, pictures drawn, nobody told, never cancelled, no model. */
    public static final AskOptions DEFAULT =
            new AskOptions(1_000, Pictures.DRAW, ProgressListener.NONE, Cancellation.none(), List.of(), null);

    /** @throws IllegalArgumentException if maxRows is below 1 */
    public AskOptions {
        Objects.requireNonNull(pictures, "pictures");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
        context = List.copyOf(context.subList(Math.max(0, context.size() - MAX_CONTEXT), context.size()));
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1, was " + maxRows);
        }
    }

    /** These options with another number of rows. */
    public AskOptions withMaxRows(long maxRows) {
        return new AskOptions(maxRows, pictures, progress, cancellation, context, model);
    }

    /** These options with or without pictures. */
    public AskOptions withPictures(Pictures pictures) {
        return new AskOptions(maxRows, pictures, progress, cancellation, context, model);
    }

    /** These options with another listener. */
    public AskOptions withProgress(ProgressListener progress) {
        return new AskOptions(maxRows, pictures, progress, cancellation, context, model);
    }

    /** These options with another way to stop. */
    public AskOptions withCancellation(Cancellation cancellation) {
        return new AskOptions(maxRows, pictures, progress, cancellation, context, model);
    }

    /**
     * These options for what is said after an answer: a text that is no question of its own, such as "now by month",
     * changes that answer's plan, and "undo" goes back to the one before.
     */
    public AskOptions withPrevious(Answer previous) {
        return withContext(previous.plans());
    }

    /** These options for what is said after some plans, the oldest first. */
    public AskOptions withContext(List<AnalysisPlan> context) {
        return new AskOptions(maxRows, pictures, progress, cancellation, context, model);
    }

    /** These options with a model that may read the question. */
    public AskOptions withModel(ModelPlanning model) {
        return new AskOptions(
                maxRows, pictures, progress, cancellation, context, Objects.requireNonNull(model, "model"));
    }

    /** Whether charts are drawn as files. */
    public enum Pictures {
        DRAW,
        SKIP
    }
}
