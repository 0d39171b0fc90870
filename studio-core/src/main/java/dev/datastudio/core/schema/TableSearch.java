package dev.datastudio.core.schema;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import java.util.Optional;

/**
 * Finds tables by what is said of them; a feature module brings one that searches by meaning too. Found by {@link
 * java.util.ServiceLoader}, so an implementation has a constructor without parameters. Thread-safe.
 */
public interface TableSearch {
    /** Its name in results and errors, such as {@code documents}: 1 to 64 lower-case letters, digits, '-' and '_'. */
    String name();

    /** Why it can't work in a studio, as a sentence; empty when it can. Then nothing else is asked of it. */
    default Optional<String> unavailable(Studio studio) {
        return Optional.empty();
    }

    /**
     * The tables that a question may be about, of what the caller may see only. Tables that it does not know yet are
     * described before, which connects to their database.
     *
     * @param studio open, and stays so
     * @throws StudioException with CANCELLED, SOURCE_NOT_FOUND for a source that the tenant has not, and what the
     *     storage throws. A database that can't be reached is a note, unless it is the only one asked for
     */
    FoundTables find(Studio studio, Caller caller, TableQuery query, Cancellation cancellation);

    /**
     * Takes in what changed in one database and in what {@link TableDocs} say of it; forgets tables that are gone.
     *
     * @throws StudioException as {@link #find}, and when the database can't be reached
     */
    void refresh(Studio studio, Caller caller, SourceId source, Cancellation cancellation);
}
