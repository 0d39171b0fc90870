package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.source.SourceCheck;
import dev.datastudio.core.source.SourceCheck.Encryption;
import dev.datastudio.core.source.SourceCheck.Rights;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what the user of a source may do, and who may read along. */
final class AccessCheck {
    private static final Logger log = LoggerFactory.getLogger(AccessCheck.class);

    /** 2 for a superuser, 1 for one who can write, 0 for one who can't. */
    private static final String POSTGRES_RIGHTS = """
            SELECT CASE
              WHEN (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN 2
              WHEN pg_catalog.has_database_privilege(current_database(), 'CREATE')
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_namespace n
                           WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                             AND pg_catalog.has_schema_privilege(n.oid, 'CREATE'))
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_class c
                           JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                           WHERE c.relkind IN ('r', 'p', 'v', 'f')
                             AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                             AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
              THEN 1 ELSE 0 END""";

    private static final String MARIA_RIGHTS = """
            SELECT max(CASE WHEN privilege_type IN ('SUPER', 'FILE', 'CREATE USER') THEN 2
                            WHEN privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER', 'INDEX',
                                                    'TRIGGER', 'EVENT', 'CREATE ROUTINE', 'CREATE VIEW') THEN 1
                            ELSE 0 END)
            FROM (SELECT grantee, privilege_type FROM information_schema.user_privileges
                  UNION ALL SELECT grantee, privilege_type FROM information_schema.schema_privileges
                  UNION ALL SELECT grantee, privilege_type FROM information_schema.table_privileges) granted
            WHERE grantee = concat('''', replace(current_user(), '@', '''@'''), '''')""";

    private static final String SQLSERVER_RIGHTS = """
            SELECT CASE
              WHEN IS_SRVROLEMEMBER('sysadmin') = 1 THEN 2
              WHEN HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'INSERT') = 1
                OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UPDATE') = 1
                OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'DELETE') = 1
                OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'CREATE TABLE') = 1
              THEN 1 ELSE 0 END""";

    private final SourceSpec spec;
    private final Connection connection;

    AccessCheck(SourceSpec spec, Connection connection) {
        this.spec = spec;
        this.connection = connection;
    }

    SourceCheck run(long startedNanos) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        Product product = Product.of(connection);
        Rights rights = rights(product);
        Encryption encryption = spec.kind().isServer() ? encryption(product) : Encryption.NOT_APPLICABLE;
        String name = meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion();
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        return new SourceCheck(name, rights, encryption, took, advice(rights, encryption));
    }

    private Rights rights(Product product) {
        if (spec.kind().isFile()) {
            return Rights.READ_ONLY; // opened so that nothing can be written, whoever asks
        }
        String sql = switch (product) {
            case POSTGRESQL -> POSTGRES_RIGHTS;
            case MARIADB, MYSQL -> MARIA_RIGHTS;
            case SQLSERVER -> SQLSERVER_RIGHTS;
            default -> "";
        };
        return switch (sql.isEmpty() ? "" : answer(sql, 1)) {
            case "0" -> Rights.READ_ONLY;
            case "1" -> Rights.CAN_WRITE;
            case "2" -> Rights.SUPERUSER;
            default -> Rights.UNKNOWN;
        };
    }

    private Encryption encryption(Product product) {
        String answer = switch (product) {
            case POSTGRESQL ->
                answer("SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()", 1);
            case MARIADB, MYSQL -> cipher(answer("SHOW SESSION STATUS LIKE 'Ssl_cipher'", 2));
            case SQLSERVER -> answer("SELECT encrypt_option FROM sys.dm_exec_connections WHERE session_id = @@SPID", 1);
            default -> "";
        };
        return switch (answer) {
            case "t", "TRUE" -> Encryption.ON;
            case "f", "FALSE" -> Encryption.OFF;
            default -> Encryption.UNKNOWN;
        };
    }

    private static String cipher(String name) {
        return name.isEmpty() ? "f" : "t";
    }

    private String answer(String sql, int column) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            String text = rows.next() ? rows.getString(column) : "";
            return text == null ? "" : text;
        } catch (SQLException e) {
            log.debug("The user may not ask: {}", sql, e);
            return "unknown"; // some servers don't tell everybody
        }
    }

    private List<String> advice(Rights rights, Encryption encryption) {
        List<String> advice = new ArrayList<>();
        String user = spec.user().isEmpty() ? "The user" : "The user " + StudioException.quote(spec.user());
        if (rights == Rights.SUPERUSER) {
            advice.add(user + " is a superuser; connect with a role that may only read.");
        } else if (rights == Rights.CAN_WRITE) {
            advice.add(user + " can change data; connect with a role that may only read.");
        }
        if (encryption == Encryption.OFF) {
            advice.add("The connection is not encrypted; set " + tlsSetting() + ".");
        }
        return advice;
    }

    private String tlsSetting() {
        if (spec.kind() == SourceKind.POSTGRESQL) {
            return "sslmode to verify-full";
        }
        return spec.kind() == SourceKind.MYSQL ? "sslMode to verify-full" : "encrypt to strict";
    }
}
