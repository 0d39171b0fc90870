package dev.datastudio.core.query;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

/** One SQL Server for all tests that Docker is there for; it goes when they are over. */
public final class SqlServers {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private SqlServers() {}

    private static final class Started {
        private static final MSSQLServerContainer SERVER = start();

        private static MSSQLServerContainer start() {
            MSSQLServerContainer server =
                    new MSSQLServerContainer("mcr.microsoft.com/mssql/server:2022-latest").acceptLicense();
            server.start();
            return server;
        }
    }

    /** The running server. */
    public static MSSQLServerContainer server() {
        return Started.SERVER;
    }

    /** A new database whose plain texts hold all letters, for an account that may do everything. */
    public static SQLServerDataSource newDatabase() throws SQLException {
        String name = "studio_" + COUNT.incrementAndGet();
        try (Connection connection = source("master").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " COLLATE Latin1_General_100_CI_AS_SC_UTF8");
            statement.execute("ALTER DATABASE " + name + " SET ALLOW_SNAPSHOT_ISOLATION ON");
        }
        return source(name);
    }

    /** An account that may read a database and nothing else. */
    public static void createReader(DataSource database, String name, String password) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE LOGIN " + name + " WITH PASSWORD = '" + password + "', CHECK_POLICY = OFF");
            statement.execute("CREATE USER " + name + " FOR LOGIN " + name);
            statement.execute("ALTER ROLE db_datareader ADD MEMBER " + name);
        }
    }

    private static SQLServerDataSource source(String database) {
        SQLServerDataSource source = new SQLServerDataSource();
        source.setServerName(server().getHost());
        source.setPortNumber(server().getMappedPort(MSSQLServerContainer.MS_SQL_SERVER_PORT));
        source.setDatabaseName(database);
        source.setUser(server().getUsername());
        source.setPassword(server().getPassword());
        source.setTrustServerCertificate(true);
        return source;
    }
}
