package dev.datastudio.core.document;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads the documents of a studio; studio-rag brings one. Found by {@link ServiceLoader}, so an implementation has a
 * constructor without parameters. Thread-safe.
 */
public interface DocumentReader {
    /** Its name in errors, such as {@code documents}: 1 to 64 lower-case letters, digits, '-' and '_'. */
    String name();

    /** Why it can't work in a studio, as a sentence; empty when it can. Then nothing else is asked of it. */
    default Optional<String> unavailable(Studio studio) {
        return Optional.empty();
    }

    /**
     * The beginning of the text of a document that a caller sees.
     *
     * @param document its id, or its name
     * @param maxCharacters how much of it is wanted, at least 1
     * @throws StudioException with {@link ErrorCode#DOCUMENT_NOT_FOUND}
     */
    DocumentText text(Studio studio, Caller caller, String document, int maxCharacters);

    /**
     * The passages that fit a question or some words best, the best first, of documents that the caller sees.
     *
     * @param documents ids of those to look into; empty for all
     * @param limit how many at most, 1 to 50
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} for a blank query, {@link ErrorCode#CANCELLED},
     *     or a failure of the index
     */
    List<FoundPassage> search(
            Studio studio, Caller caller, String query, List<String> documents, int limit, Cancellation cancellation);

    /**
     * The one on the class path that can work.
     *
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING} when there is none
     */
    static DocumentReader load(Studio studio) {
        String why = "";
        for (DocumentReader reader : ServiceLoader.load(DocumentReader.class, DocumentReader.class.getClassLoader())) {
            Optional<String> reason = reader.unavailable(studio);
            if (reason.isEmpty()) {
                return reader;
            }
            why = reason.get();
        }
        throw new StudioException(
                ErrorCode.DEPENDENCY_MISSING,
                "Documents can't be read here" + (why.isEmpty() ? "" : ": " + StudioException.quote(why)),
                "Add studio-rag to the class path");
    }
}
