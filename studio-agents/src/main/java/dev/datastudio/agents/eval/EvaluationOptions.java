package dev.datastudio.agents.eval;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Objects;

/**
 * Which questions of a set are asked and how. Immutable.
 *
 * @param only asked are questions whose id, text or database holds this, letter case aside; empty for all
 * @param limit asked are this many of them at most, the first; at least 1
 * @param tables which tables a question is asked about
 * @param threads how many databases are worked on at once, at least 1; with more than one the times per question are
 *     those of a busy machine
 * @param progress told how many questions were asked, on several threads
 * @param cancellation stops the run
 */
public record EvaluationOptions(
        String only, int limit, Tables tables, int threads, ProgressListener progress, Cancellation cancellation) {
    /** All questions, about their whole database, on two threads. */
    public static final EvaluationOptions DEFAULT = new EvaluationOptions(
            "", Integer.MAX_VALUE, Tables.DATABASE, 2, ProgressListener.NONE, Cancellation.none());

    /** @throws IllegalArgumentException if the limit or the number of threads is below 1 */
    public EvaluationOptions {
        Objects.requireNonNull(only, "only");
        Objects.requireNonNull(tables, "tables");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
        if (limit < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "limit and threads must be at least 1, were " + limit + " and " + threads);
        }
    }

    /** These options for other questions. */
    public EvaluationOptions withOnly(String only) {
        return new EvaluationOptions(only, limit, tables, threads, progress, cancellation);
    }

    /** These options for another number of questions. */
    public EvaluationOptions withLimit(int limit) {
        return new EvaluationOptions(only, limit, tables, threads, progress, cancellation);
    }

    /** These options for questions about other tables. */
    public EvaluationOptions withTables(Tables tables) {
        return new EvaluationOptions(only, limit, tables, threads, progress, cancellation);
    }

    /** These options for another number of threads. */
    public EvaluationOptions withThreads(int threads) {
        return new EvaluationOptions(only, limit, tables, threads, progress, cancellation);
    }

    /** These options with another listener. */
    public EvaluationOptions withProgress(ProgressListener progress) {
        return new EvaluationOptions(only, limit, tables, threads, progress, cancellation);
    }

    /** These options with another way to stop. */
    public EvaluationOptions withCancellation(Cancellation cancellation) {
        return new EvaluationOptions(only, limit, tables, threads, progress, cancellation);
    }

    /** Which tables a question is asked about. */
    public enum Tables {
        /** All tables of its database. */
        DATABASE,
        /** Those that the set says the question needs; all of the database where it doesn't say. */
        NEEDED
    }
}
