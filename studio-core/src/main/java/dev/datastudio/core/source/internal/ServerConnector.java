package dev.datastudio.core.source.internal;

import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.source.HostPolicy;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/** Connects to servers, each with a session that only reads and that does not run for ever. Thread-safe. */
final class ServerConnector {
    private static final String APPLICATION = "Studio";
    /** What is imported as PostgreSQL writes it; in binary the driver would write it in a way of its own. */
    private static final String SHOWN_AS_TEXT = "TIMETZ,POINT,BOX,BYTEA_ARRAY,INT2_ARRAY,INT4_ARRAY,INT8_ARRAY,"
            + "OID_ARRAY,FLOAT4_ARRAY,FLOAT8_ARRAY,VARCHAR_ARRAY,TEXT_ARRAY";

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int CONNECT_SECONDS = 10;

    private final SourceSpec spec;
    private final Secret password;
    private final HostPolicy policy;
    private final String ticket;

    ServerConnector(SourceSpec spec, Secret password, HostPolicy policy, String ticket) {
        this.spec = spec;
        this.password = password;
        this.policy = policy;
        this.ticket = ticket;
    }

    Connection open(Purpose purpose) throws SQLException {
        AddressRules.require(spec.host(), policy);
        if (spec.kind() == SourceKind.POSTGRESQL) {
            return prepared(openPostgres(purpose), this::preparePostgres);
        } else if (spec.kind() == SourceKind.MYSQL) {
            return prepared(openMaria(), connection -> prepareMaria(connection, purpose));
        }
        return prepared(openSqlServer(purpose), connection -> {});
    }

    private interface Preparation {
        void run(Connection connection) throws SQLException;
    }

    private static Connection prepared(Connection connection, Preparation preparation) throws SQLException {
        try {
            preparation.run(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Connection openPostgres(Purpose purpose) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS * 2));
        properties.setProperty("ApplicationName", APPLICATION);
        properties.putAll(spec.properties());
        if (properties.getProperty("sslmode", "").startsWith("verify")) {
            // The certificates that this Java trusts; otherwise the driver looks for a file in the home folder.
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        properties.setProperty("socketFactory", GuardedSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", ticket);
        properties.setProperty("socketTimeout", Long.toString(silenceSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("readOnly", "true");
        if (purpose == Purpose.IMPORT) {
            properties.setProperty("prepareThreshold", "-1"); // values come in binary, which is quicker to read
            properties.setProperty("binaryTransferDisable", SHOWN_AS_TEXT);
        }
        credentials(properties);
        return Drivers.connect(
                "org.postgresql:postgresql",
                () -> new org.postgresql.Driver(),
                "jdbc:postgresql://" + authority() + "/" + spec.database(),
                properties);
    }

    private void preparePostgres(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
            statement.execute("SET default_transaction_read_only = on");
            // With a cursor each part that is fetched is a statement of its own, so this holds for imports as well.
            statement.execute("SET statement_timeout = " + spec.readTimeout().toMillis());
            statement.execute("SET TIME ZONE 'UTC'");
        }
        if (!spec.schema().isEmpty()) {
            connection.setSchema(spec.schema());
        }
    }

    private Connection openMaria() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS * 1000));
        properties.putAll(spec.properties());
        properties.setProperty("socketFactory", MariaDbSocketFactory.class.getName());
        properties.setProperty(MariaDbSocketFactory.TICKET, ticket);
        properties.setProperty("socketTimeout", Long.toString(silenceSeconds() * 1000));
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("allowMultiQueries", "false");
        properties.setProperty("yearIsDateType", "false");
        credentials(properties);
        return Drivers.connect(
                "org.mariadb.jdbc:mariadb-java-client",
                () -> new org.mariadb.jdbc.Driver(),
                "jdbc:mariadb://" + authority() + "/" + spec.database(),
                properties);
    }

    private void prepareMaria(Connection connection, Purpose purpose) throws SQLException {
        long millis = purpose == Purpose.IMPORT ? 0 : spec.readTimeout().toMillis();
        boolean maria = connection
                .getMetaData()
                .getDatabaseProductName()
                .toLowerCase(Locale.ROOT)
                .contains("mariadb");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION READ ONLY");
            statement.execute("SET time_zone = '+00:00'");
            statement.execute(
                    maria
                            ? "SET SESSION max_statement_time = " + millis / 1000.0
                            : "SET SESSION max_execution_time = " + millis);
        }
    }

    private Connection openSqlServer(Purpose purpose) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("applicationName", APPLICATION);
        properties.putAll(spec.properties());
        properties.setProperty("serverName", spec.host());
        properties.setProperty("portNumber", Integer.toString(spec.port()));
        properties.setProperty("databaseName", spec.database());
        properties.setProperty("socketFactoryClass", GuardedSocketFactory.class.getName());
        properties.setProperty("socketFactoryConstructorArg", ticket);
        properties.setProperty("socketTimeout", Long.toString(silenceSeconds() * 1000));
        properties.setProperty("applicationIntent", "ReadOnly");
        properties.setProperty("responseBuffering", "adaptive");
        properties.setProperty("lockTimeout", Long.toString(spec.readTimeout().toMillis()));
        if (purpose == Purpose.QUERY) {
            properties.setProperty(
                    "queryTimeout", Long.toString(spec.readTimeout().toSeconds()));
        }
        credentials(properties);
        return Drivers.connect(
                "com.microsoft.sqlserver:mssql-jdbc",
                () -> new com.microsoft.sqlserver.jdbc.SQLServerDriver(),
                "jdbc:sqlserver://",
                properties);
    }

    /** How long a server may say nothing at all. */
    private long silenceSeconds() {
        return spec.readTimeout().plus(GRACE).toSeconds();
    }

    private void credentials(Properties properties) {
        if (!spec.user().isEmpty()) {
            properties.setProperty("user", spec.user());
        }
        if (!password.isEmpty()) {
            properties.setProperty("password", password.reveal());
        }
    }

    private String authority() {
        String host = spec.host().contains(":") ? "[" + spec.host() + "]" : spec.host();
        return host + ":" + spec.port();
    }
}
