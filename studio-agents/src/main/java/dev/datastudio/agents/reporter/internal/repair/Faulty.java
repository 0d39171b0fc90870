package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.agents.reporter.internal.SqlNames;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Optional;

/**
 * A statement that was not run, with what its writer knew. Immutable.
 *
 * @param sql the statement
 * @param error why it was not run
 * @param names how names are written in the engine's dialect
 * @param tables the tables that the writer was shown
 */
public record Faulty(String sql, StudioException error, SqlNames names, List<KnownTable> tables) {
    public Faulty {
        tables = List.copyOf(tables);
    }

    /** A fresh tree of the statement. */
    Optional<ParsedSql> parse() {
        return ParsedSql.read(sql);
    }

    /**
     * A table that may be named.
     *
     * @param name as the database stores it, without its schema
     * @param written as statements have it
     * @param columns as the database stores their names
     */
    public record KnownTable(String name, String written, List<String> columns) {
        public KnownTable {
            columns = List.copyOf(columns);
        }

        boolean has(String column) {
            return columns.stream().anyMatch(c -> c.equalsIgnoreCase(column));
        }
    }
}
