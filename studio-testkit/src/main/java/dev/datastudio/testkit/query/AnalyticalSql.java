package dev.datastudio.testkit.query;

import java.util.List;

/**
 * A statement of everyday analysis that an engine's gate must let through, over the tables of {@link HostileSql}.
 * Immutable.
 *
 * @param name unique, a few words with hyphens
 * @param sql one statement in DuckDB's dialect
 * @param rows how many rows it has over the rows of {@link QueryEngineContract}
 */
public record AnalyticalSql(String name, String sql, int rows) {
    private static final String RESOURCE = "analytical.sql";

    /** All statements, in a fixed order. */
    public static List<AnalyticalSql> all() {
        return SqlCorpus.load(RESOURCE).stream()
                .map(entry -> new AnalyticalSql(entry.name(), entry.sql(), Integer.parseInt(entry.note())))
                .toList();
    }

    /** Shown by test reports. */
    @Override
    public String toString() {
        return name;
    }
}
