package dev.datastudio.core.workspace.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables in PostgreSQL to the version that this code knows; instances that start together wait for each
 * other. A database that is up to date costs one look.
 */
public final class PostgresSchema {
    private static final Logger log = LoggerFactory.getLogger(PostgresSchema.class);
    /** Not Flyway's own name: the host program may keep its tables in the same schema with Flyway too. */
    private static final String HISTORY = "studio_schema_history";
    /** Flyway's own lock comes too late: two that find no history both start one, and the second fails. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('" + HISTORY + "'))";
    /** Openers of this process wait here, so that they don't empty a small pool while they wait for the server. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final DataSource source;
    private final String schema;
    private final int version;
    private final String[] scripts;

    /**
     * The tables that some scripts make.
     *
     * @param schema where the tables are, made when it is not there: a name without quotes in it; the current schema of new
     *     connections when empty
     * @param version the number of the last script
     * @param scripts where Flyway finds them
     */
    public PostgresSchema(DataSource source, String schema, int version, String... scripts) {
        this.source = source;
        this.schema = schema;
        this.version = version;
        this.scripts = scripts;
    }

    /**
     * Runs the scripts that the database has not seen yet.
     *
     * @throws dev.datastudio.api.error.StudioException when the database is not of PostgreSQL, or a newer Studio wrote it
     */
    public void upgrade() throws SQLException {
        int found = foundVersion();
        if (found > version) {
            throw PostgresErrors.tooNew(found, version);
        }
        if (found < version) {
            upgradeAlone();
        }
    }

    private void upgradeAlone() throws SQLException {
        IN_THIS_PROCESS.lock();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(ALONE);
                int found = isThere(statement) ? lastVersion(statement) : 0; // another may have done it meanwhile
                if (found < version) {
                    log.info("Bringing the PostgreSQL database from version {} to {}", found, version);
                    migrate();
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private int foundVersion() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("PostgreSQL")) {
                throw PostgresErrors.notPostgres(product);
            }
            return isThere(statement) ? lastVersion(statement) : 0;
        }
    }

    private boolean isThere(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT to_regclass('" + history() + "') IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private int lastVersion(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + history() + " WHERE success")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private String history() {
        return schema.isEmpty() ? HISTORY : '"' + schema + "\"." + HISTORY;
    }

    private void migrate() throws SQLException {
        try {
            Class.forName("org.flywaydb.database.postgresql.PostgreSQLDatabaseType");
        } catch (ClassNotFoundException e) {
            throw PostgresErrors.flywayMissing(e);
        }
        try {
            FluentConfiguration flyway = Flyway.configure(PostgresSchema.class.getClassLoader())
                    .dataSource(source)
                    .locations(scripts)
                    .table(HISTORY)
                    .baselineOnMigrate(true) // the schema may have tables of others
                    .baselineVersion("0")
                    .loggers("slf4j");
            if (!schema.isEmpty()) {
                flyway.defaultSchema(schema).createSchemas(true);
            }
            flyway.load().migrate();
        } catch (FlywayException e) {
            throw sqlCause(e);
        }
    }

    private static SQLException sqlCause(FlywayException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw PostgresErrors.failed(failure);
    }
}
