package dev.datastudio.core.schema;

import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.core.source.SourceId;
import java.util.Objects;
import java.util.Set;

/**
 * Which tables are looked for. Immutable.
 *
 * @param question what the tables are to be about, not blank
 * @param sources the databases to look in; empty for all of the tenant and the caller's data sets
 * @param limit how many tables at most, 1 to {@link SearchRequest#MAX_LIMIT}
 */
public record TableQuery(String question, Set<SourceId> sources, int limit) {
    /** How many tables are given unless told. */
    public static final int DEFAULT_LIMIT = 10;

    /** @throws IllegalArgumentException if the question is blank or the limit out of range */
    public TableQuery {
        Objects.requireNonNull(question, "question");
        sources = Set.copyOf(sources);
        if (question.isBlank()) {
            throw new IllegalArgumentException("question must not be blank");
        }
        if (limit < 1 || limit > SearchRequest.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be in 1.." + SearchRequest.MAX_LIMIT + ", was " + limit);
        }
    }

    /** Looks in all databases of the tenant and all data sets of the caller. */
    public static TableQuery everywhere(String question) {
        return new TableQuery(question, Set.of(), DEFAULT_LIMIT);
    }

    /**
     * Looks in some databases.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static TableQuery in(Set<SourceId> sources, String question) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources must not be empty");
        }
        return new TableQuery(question, sources, DEFAULT_LIMIT);
    }

    /** At most so many tables. */
    public TableQuery limitedTo(int limit) {
        return new TableQuery(question, sources, limit);
    }

    /** Whether all databases and data sets are looked in. */
    public boolean isEverywhere() {
        return sources.isEmpty();
    }

    /** Whether tables of that {@link dev.datastudio.api.relation.TableRef#source()} are looked at. */
    public boolean covers(String source) {
        return isEverywhere() || sources.stream().anyMatch(id -> id.toString().equals(source));
    }
}
