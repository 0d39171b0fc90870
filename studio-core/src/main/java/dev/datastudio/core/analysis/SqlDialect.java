package dev.datastudio.core.analysis;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.Locale;

/** The SQL that an engine speaks. */
public enum SqlDialect {
    DUCKDB("DuckDB"),
    POSTGRESQL("PostgreSQL"),
    /** MySQL 8 and MariaDB 10.5, or newer. */
    MYSQL("MySQL"),
    /** SQLite 3.35 or newer. */
    SQLITE("SQLite"),
    /** SQL Server 2017 or newer, and Azure SQL; statements are checked and run, but plans are not compiled. */
    SQLSERVER("SQL Server");

    private final String displayName;

    SqlDialect(String displayName) {
        this.displayName = displayName;
    }

    /** What people call it. */
    public String displayName() {
        return displayName;
    }

    /**
     * The dialect of an engine.
     *
     * @param engine as {@link dev.datastudio.api.query.QueryEngine#name()} says, letter case aside
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN} when plans can't be compiled for the engine
     */
    public static SqlDialect of(String engine) {
        String name = engine.toLowerCase(Locale.ROOT);
        if (name.equals("mariadb")) {
            return MYSQL;
        }
        return Arrays.stream(values())
                .filter(d -> d.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_PLAN,
                        "Plans can't be compiled for the engine " + StudioException.quote(engine),
                        "Use one of [duckdb, postgresql, mysql, mariadb, sqlite]"));
    }
}
