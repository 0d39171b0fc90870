package dev.datastudio.core.schema;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.internal.LexicalTableSearch;
import dev.datastudio.core.source.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Finds the tables of a question with the {@link TableSearch} on the class path; without one by words alone, which the
 * result says. Thread-safe.
 */
public final class SchemaSearch {
    private final Studio studio;
    private final Caller caller;
    private final Provided provided;

    private SchemaSearch(Studio studio, Caller caller, Provided provided) {
        this.studio = studio;
        this.caller = caller;
        this.provided = provided;
    }

    /**
     * The search of a studio, for its own caller.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there are several on the class path
     */
    public static SchemaSearch of(Studio studio) {
        return new SchemaSearch(studio, studio.caller(), studio.feature(Provided.class, Provided::load));
    }

    /** Of a studio with a search of the host program's choice. */
    public static SchemaSearch of(Studio studio, TableSearch search) {
        return new SchemaSearch(
                studio, studio.caller(), new Provided(Objects.requireNonNull(search, "search"), List.of()));
    }

    /** The same for another caller. */
    public SchemaSearch as(Caller caller) {
        return new SchemaSearch(studio, Objects.requireNonNull(caller, "caller"), provided);
    }

    /** The {@link TableSearch#name()} of what answers; {@code words} for the built-in one. */
    public String name() {
        return provided.search().name();
    }

    /**
     * The tables that a question may be about.
     *
     * @throws StudioException as {@link TableSearch#find}
     */
    public FoundTables find(TableQuery query, Cancellation cancellation) {
        FoundTables found = provided.search().find(studio, caller, query, cancellation);
        if (provided.notes().isEmpty()) {
            return found;
        }
        List<String> notes = new ArrayList<>(provided.notes());
        notes.addAll(found.notes());
        return new FoundTables(found.tables(), found.searchedBy(), notes);
    }

    /**
     * Takes in what changed in a database and its documentation.
     *
     * @throws StudioException as {@link TableSearch#refresh}
     */
    public void refresh(SourceId source, Cancellation cancellation) {
        provided.search().refresh(studio, caller, source, cancellation);
    }

    private record Provided(TableSearch search, List<String> notes) {
        static Provided load(Studio studio) {
            List<TableSearch> all = ServiceLoader.load(TableSearch.class, SchemaSearch.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            List<String> reasons = new ArrayList<>();
            List<TableSearch> available = new ArrayList<>();
            for (TableSearch search : all) {
                search.unavailable(studio)
                        .ifPresentOrElse(
                                why -> reasons.add("Tables were looked for by words only: " + why),
                                () -> available.add(search));
            }
            if (available.size() > 1) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Several searches for tables are on the class path: "
                                + available.stream().map(TableSearch::name).toList(),
                        "Leave one, or name it with SchemaSearch.of(studio, search)");
            }
            if (!available.isEmpty()) {
                return new Provided(available.get(0), List.of());
            }
            if (reasons.isEmpty()) {
                reasons.add("Tables were looked for by words only; add studio-rag to search by meaning too");
            }
            return new Provided(new LexicalTableSearch(), reasons);
        }
    }
}
