package dev.datastudio.agents.eval;

import dev.datastudio.agents.eval.internal.EvaluationRun;
import dev.datastudio.agents.eval.internal.SetReaders;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A set of questions with known answers, to be asked.
 *
 * <p>Each database is imported once into a studio of its own that leaves nothing behind. The questions are asked as
 * {@link dev.datastudio.agents.ask.Analyst#ask} is, without pictures. An answer of several steps is never right,
 * because the sets ask one thing and a person could not tell which of the steps is the answer. Thread-safe.
 */
public final class Evaluation {
    private final EvaluationSet set;
    private final Path folder;

    private Evaluation(EvaluationSet set, Path folder) {
        this.set = Objects.requireNonNull(set, "set");
        this.folder = folder;
    }

    /**
     * The set in a folder, or in the folder's folder of the set's name.
     *
     * @throws StudioException with {@link ErrorCode#FILE_NOT_FOUND} when there is no such folder
     */
    public static Evaluation of(EvaluationSet set, Path folder) {
        Path within = folder.resolve(set.jsonName());
        Path found = Files.isDirectory(within) ? within : folder;
        if (!Files.isDirectory(found.resolve("tables"))) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "There is no question set in " + StudioException.quote(folder) + ": it has no folder 'tables'",
                    "Name the folder that holds the questions and the tables of " + set.jsonName());
        }
        return new Evaluation(set, found);
    }

    /** As {@link #run(EvaluationOptions, Consumer)}, for the scores alone. */
    public EvaluationReport run(EvaluationOptions options) {
        return run(options, question -> {});
    }

    /**
     * Asks the questions.
     *
     * @param listener told of each question, in the order of the set by database; on one thread at a time
     * @throws StudioException with a {@code FILE_…} code when the set can't be read, or {@link ErrorCode#CANCELLED}
     */
    public EvaluationReport run(EvaluationOptions options, Consumer<EvaluatedQuestion> listener) {
        return new EvaluationRun(set, SetReaders.read(set, folder), options, listener).run();
    }
}
