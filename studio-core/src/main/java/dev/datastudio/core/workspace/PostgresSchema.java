package dev.datastudio.core.workspace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables in PostgreSQL to the version that this code knows; instances that start together wait for each
 * other. A database that is up to date costs one look.
 */
final class PostgresSchema {
    /** The number of the last script. */
    static final int VERSION = 1;

    private static final Logger log = LoggerFactory.getLogger(PostgresSchema.class);
    private static final String SCRIPTS = "classpath:db/migration/postgresql";
    /** Not Flyway's own name: the host program may keep its tables in the same schema with Flyway too. */
    private static final String HISTORY = "studio_schema_history";
    /** Flyway's own lock comes too late: two that find no history both start one, and the second fails. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('" + HISTORY + "'))";
    /** Openers of this process wait here, so that they don't empty a small pool while they wait for the server. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final DataSource source;
    private final int version;
    private final String[] scripts;

    PostgresSchema(DataSource source) {
        this(source, VERSION, SCRIPTS);
    }

    PostgresSchema(DataSource source, int version, String... scripts) {
        this.source = source;
        this.version = version;
        this.scripts = scripts;
    }

    void upgrade() throws SQLException {
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

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT to_regclass('" + HISTORY + "') IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static int lastVersion(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private void migrate() throws SQLException {
        try {
            Class.forName("org.flywaydb.database.postgresql.PostgreSQLDatabaseType");
        } catch (ClassNotFoundException e) {
            throw PostgresErrors.flywayMissing(e);
        }
        try {
            Flyway.configure(PostgresSchema.class.getClassLoader())
                    .dataSource(source)
                    .locations(scripts)
                    .table(HISTORY)
                    .baselineOnMigrate(true) // the schema may have tables of others
                    .baselineVersion("0")
                    .loggers("slf4j")
                    .load()
                    .migrate();
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
