package dev.datastudio.core.workspace;

import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteDataSource;

/** Runs the schema's scripts. Apart from {@link SchemaUpgrade}, so that Flyway's jar stays closed when it is not needed. */
final class FlywayMigration {
    private FlywayMigration() {}

    /** Runs the scripts that the database has not seen yet, each in a transaction of its own. */
    static void run(Path file, String... scripts) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + SqliteConnections.uri(file));
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(source)
                    .locations(scripts)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw sqlCause(file, e);
        }
    }

    private static SQLException sqlCause(Path file, FlywayException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw SqliteErrors.failed(file, failure);
    }
}
