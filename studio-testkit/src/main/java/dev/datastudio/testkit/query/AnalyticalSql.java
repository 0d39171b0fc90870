package dev.datastudio.testkit.query;

import java.util.List;

/**
 * A statement of everyday analysis that an engine's gate must let through, over the tables of {@link HostileSql}.
 * Immutable.
 *
 * @param name unique, a few words with hyphens
 * @param sql one statement
 * @param rows how many rows it has over the rows of {@link QueryEngineContract}
 */
public record AnalyticalSql(String name, String sql, int rows) {
    /**
     * All statements of a dialect, in a fixed order.
     *
     * @param dialect {@code duckdb}, {@code postgresql}, {@code mysql}, {@code sqlite}, {@code sqlserver}, or
     *     {@code mariadb} for those of MySQL and what only MariaDB has
     */
    public static List<AnalyticalSql> of(String dialect) {
        List<String> parts = dialect.equals("mariadb") ? List.of("mysql", dialect) : List.of(dialect);
        return parts.stream()
                .flatMap(part -> SqlCorpus.load("analytical-" + part + ".sql").stream())
                .map(entry -> new AnalyticalSql(entry.name(), entry.sql(), Integer.parseInt(entry.note())))
                .toList();
    }

    /** Shown by test reports. */
    @Override
    public String toString() {
        return name;
    }
}
