package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.dataset.ImportTarget;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers write into the parts of a connection. */
class HostileSourceTest {
    private static final List<String> PROPERTIES = List.of(
            "socketFactory",
            "socketFactoryArg",
            "socketFactoryClass",
            "sslfactory",
            "sslfactoryarg",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "authenticationPluginClassName",
            "loggerFile",
            "loggerLevel",
            "xmlFactoryFactory",
            "options",
            "jaasApplicationName",
            "autoDeserialize",
            "queryInterceptors",
            "statementInterceptors",
            "detectCustomCollations",
            "allowLoadLocalInfile",
            "allowUrlInLocalInfile",
            "allowLocalInfile",
            "allowMultiQueries",
            "sessionVariables",
            "serverRsaPublicKeyFile",
            "credentialType",
            "keyStore",
            "trustStore",
            "trustManagerClass",
            "keyVaultProviderClientId",
            "INIT",
            "init",
            "TRACE_LEVEL_FILE",
            "DB_CLOSE_DELAY",
            "session_init_sql_file",
            "session_init_sql_file_sha256",
            "allow_unsigned_extensions",
            "enable_load_extension",
            "open_mode",
            "user",
            "password",
            "studioTicket",
            "ssl mode",
            "sslmode ",
            "");

    private static final List<String> SIGNS = List.of(
            ";", "?", "&", "#", "/", "\\", "@", "=", "%", " ", "\t", "\n", "\r", "\0", "'", "\"", "`", "(", ")", "{",
            "}", "<", ">", "|", "*", ",", "\u2028", "\u0085");

    @TempDir
    Path folder;

    private static SourceSpec.Builder complete(SourceKind kind) {
        SourceSpec.Builder builder = SourceSpec.builder(kind, "Shop").database("shop");
        return kind.isServer() ? builder.host("db.example.org") : builder;
    }

    private static StudioException refused(SourceSpec.Builder builder) {
        StudioException error = assertThrows(StudioException.class, builder::build);
        assertEquals(ErrorCode.SOURCE_INVALID, error.code());
        return error;
    }

    static Stream<Arguments> foreignProperties() {
        return Stream.of(SourceKind.values())
                .flatMap(kind -> PROPERTIES.stream()
                        .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)))
                        .distinct()
                        .map(name -> Arguments.of(kind, name)));
    }

    @ParameterizedTest
    @MethodSource("foreignProperties")
    void refusesSettingsThatAreNotListed(SourceKind kind, String property) {
        StudioException error = refused(complete(kind).property(property, "org.example.Evil"));

        assertTrue(error.getMessage().contains("is not allowed"), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(SourceKind.class)
    void refusesValuesThatCarryMoreSettings(SourceKind kind) {
        for (String property : SourceSpec.allowedProperties(kind).keySet()) {
            for (String value :
                    List.of("true;INIT=x", "prefer&socketFactory=x", "1?x", "x\ny", "", "${jndi:ldap://x}")) {
                refused(complete(kind).property(property, value));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SourceKind.class)
    void refusesSignsThatDriversReadInHostsAndDatabases(SourceKind kind) {
        for (String sign : SIGNS) {
            for (String text : List.of("shop" + sign + "x", sign + "shop", "shop" + sign)) {
                if (kind.isServer()) {
                    refused(complete(kind).host(text));
                    refused(complete(kind).database(text));
                } else if (!kind.isFile()) {
                    refused(complete(kind).database(text));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x.db;session_init_sql_file=/x.sql",
                "x.db;allow_unsigned_extensions=true",
                "x.db?enable_load_extension=true",
                "file:x.db?mode=rwc&cache=shared",
                "x.db&a=b",
                "x#y",
                "x%2e%2e",
                "x\n.db"
            })
    void refusesOptionsInTheNamesOfFiles(String path) {
        refused(complete(SourceKind.SQLITE).database(path));
        refused(complete(SourceKind.DUCKDB).database(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:5432,10.0.0.1:5432",
                "address=(host=a)",
                "[::1]",
                "jdbc:h2:mem",
                "localhost/db?socketFactory=x",
                "-x",
                "a..;b",
                "::1%eth0"
            })
    void refusesHostsThatAreMore(String host) {
        refused(complete(SourceKind.POSTGRESQL).host(host));
    }

    @Test
    void namesEverythingThatIsWrongAtOnceAndNoValueOfASetting() {
        StudioException error = refused(SourceSpec.builder(SourceKind.POSTGRESQL, " ")
                .host("a b")
                .database("x;y")
                .port(70_000)
                .property("sslmode", "canary-4711")
                .rowLimit(0));

        for (String part : List.of("name", "host", "database", "port", "sslmode", "row limit")) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
        assertFalse(error.getMessage().contains("canary-4711"), error.getMessage());
    }

    @Test
    void refusesAddressesThatAreNoDatabases() {
        try (TestSources test = TestSources.in(folder)) {
            for (String host : List.of(
                    "169.254.169.254",
                    "0.0.0.0",
                    "::",
                    "224.0.0.1",
                    "255.255.255.255",
                    "fe80::1",
                    "fd00:ec2::254",
                    "::ffff:169.254.169.254",
                    "::169.254.169.254",
                    "64:ff9b::a9fe:a9fe",
                    "2002:a9fe:a9fe::1",
                    "ff02::1")) {
                assertEquals(ErrorCode.URL_REFUSED, hostError(test, SourceKind.POSTGRESQL, host), host);
            }
        }
    }

    @Test
    void refusesWhatSurroundsTheServerWhenOnlyPublicHostsAreAllowed() {
        try (TestSources test = TestSources.in(folder, b -> b.hostPolicy(HostPolicy.PUBLIC_ONLY))) {
            for (SourceKind kind : List.of(SourceKind.POSTGRESQL, SourceKind.MYSQL, SourceKind.SQLSERVER)) {
                for (String host : List.of(
                        "127.0.0.1",
                        "127.1",
                        "2130706433",
                        "localhost",
                        "10.1.2.3",
                        "192.168.0.9",
                        "172.16.0.1",
                        "100.64.0.1",
                        "::1",
                        "::ffff:127.0.0.1",
                        "fd12::1")) {
                    assertEquals(ErrorCode.URL_REFUSED, hostError(test, kind, host), host);
                }
            }
        }
    }

    private static ErrorCode hostError(TestSources test, SourceKind kind, String host) {
        SourceSpec spec = complete(kind).host(host).build();
        return assertThrows(StudioException.class, () -> test.sources().test(spec, Secret.of("x")))
                .code();
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"POSTGRESQL", "MYSQL", "SQLSERVER"})
    void refusesAnAddressAlsoWhenTheSocketConnects(SourceKind kind) {
        // As a name server that answers harmlessly when the host is checked, and otherwise afterwards.
        List<InetAddress> asked = new ArrayList<>();
        HostPolicy turning = address -> {
            asked.add(address);
            return asked.size() == 1;
        };
        try (TestSources test = TestSources.in(folder, b -> b.hostPolicy(turning))) {
            SourceSpec spec = complete(kind).host("127.0.0.1").port(1).build();

            StudioException error =
                    assertThrows(StudioException.class, () -> test.sources().test(spec, Secret.of("x")));

            assertEquals(ErrorCode.URL_REFUSED, error.code(), error.getMessage());
            assertTrue(asked.size() >= 2, asked.toString());
        }
    }

    @Test
    void opensFilesOnlyInAllowedFolders() throws Exception {
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        Path outside = sqlite(folder.resolve("outside.db"));
        Path inside = sqlite(allowed.resolve("inside.db"));
        Files.createSymbolicLink(allowed.resolve("link.db"), outside);
        Files.createSymbolicLink(folder.resolve("way"), allowed);

        try (TestSources test = TestSources.in(folder.resolve("w"), b -> b.fileFolders(List.of(allowed)))) {
            for (String path : List.of(
                    outside.toString(),
                    "../outside.db",
                    "x/../../outside.db",
                    allowed + "/../outside.db",
                    "link.db",
                    "/etc/passwd",
                    "/proc/self/environ",
                    folder.resolve("way/inside.db").toString(),
                    "/does/not/exist.db")) {
                assertEquals(ErrorCode.PATH_REFUSED, fileError(test, path), path);
            }
            assertEquals(ErrorCode.FILE_NOT_FOUND, fileError(test, "nothing.db"));
            assertFalse(Files.exists(allowed.resolve("nothing.db")));
            for (String path : List.of("inside.db", inside.toString())) {
                assertTrue(test.sources()
                        .test(complete(SourceKind.SQLITE).database(path).build(), Secret.of(""))
                        .product()
                        .startsWith("SQLite"));
            }
        }
    }

    @Test
    void opensNoFileUnlessAFolderIsAllowed() throws Exception {
        Path file = sqlite(folder.resolve("a.db"));

        try (TestSources test = TestSources.in(folder.resolve("w"))) {
            assertEquals(ErrorCode.PATH_REFUSED, fileError(test, file.toString()));
        }
    }

    private static ErrorCode fileError(TestSources test, String path) {
        ErrorCode code = fileError(test, SourceKind.SQLITE, path);
        assertEquals(code, fileError(test, SourceKind.DUCKDB, path), path);
        return code;
    }

    private static ErrorCode fileError(TestSources test, SourceKind kind, String path) {
        SourceSpec spec = complete(kind).database(path).build();
        return assertThrows(StudioException.class, () -> test.sources().test(spec, Secret.of("")))
                .code();
    }

    private static Path sqlite(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
        }
        return file;
    }

    @Test
    void viewsInAFileReachNothingThatStatementsMayNot() throws Exception {
        Path file = sqlite(folder.resolve("planted.db"));
        Map<String, String> views = Map.of(
                "paths", "SELECT file FROM pragma_database_list",
                "options", "SELECT * FROM pragma_compile_options",
                "pages", "SELECT * FROM dbstat",
                "library", "SELECT load_extension('/tmp/planted.so')",
                "huge", "SELECT hex(zeroblob(400000000)) AS h");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> view : views.entrySet()) {
                statement.execute("CREATE VIEW " + view.getKey() + " AS " + view.getValue());
            }
        }

        try (TestSources test = TestSources.in(folder.resolve("w"), b -> b.fileFolders(List.of(folder)))) {
            SourceSpec spec = complete(SourceKind.SQLITE).database("planted.db").build();
            Source source = test.sources().create(spec, Secret.of(""));
            try (QueryEngine engine = test.sources().engine(source.id())) {
                for (String view : views.keySet()) {
                    StudioException asked = assertThrows(
                            StudioException.class,
                            () -> engine.execute(Query.of("SELECT * FROM " + view), Cancellation.none()),
                            view);
                    StudioException imported = assertThrows(
                            StudioException.class,
                            () -> test.sources().importTable(source.id(), TableName.of(view), ImportTarget.named(view)),
                            view);
                    for (StudioException error : List.of(asked, imported)) {
                        assertEquals(ErrorCode.SQL_INVALID, error.code(), error::toString);
                        assertFalse(error.getMessage().contains(folder.toString()), error::toString);
                    }
                }
            }
        }
    }
}
