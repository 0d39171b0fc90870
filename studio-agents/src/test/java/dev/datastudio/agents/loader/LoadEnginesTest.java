package dev.datastudio.agents.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.HostDataSources;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.server.MariaDbServer;
import dev.datastudio.testkit.server.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row R1: the same load on each engine. */
class LoadEnginesTest {
    @TempDir
    Path folder;

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE region (region_id INTEGER PRIMARY KEY, label VARCHAR(40))");
            statement.execute("CREATE TABLE sale (sale_id INTEGER PRIMARY KEY, region_id INTEGER, amount DECIMAL(8,2),"
                    + " sold_on DATE)");
            List<String> regions = new ArrayList<>();
            List<String> sales = new ArrayList<>();
            for (int i = 1; i <= 12; i++) {
                regions.add("(" + i + ", 'Region " + i + "')");
                sales.add("(" + (100 + i) + ", " + (i % 11 + 1) + ", " + i + ".25, '2024-02-" + (10 + i) + "')");
            }
            statement.execute("INSERT INTO region VALUES " + String.join(", ", regions));
            statement.execute("INSERT INTO sale VALUES " + String.join(", ", sales));
        }
    }

    private void check(SourceSpec spec, HostDataSources host, String schema) {
        try (Studio studio = Studio.builder()
                .temporary()
                .fileFolders(List.of(folder))
                .hostDataSources(host)
                .build()) {
            SourceId source = studio.sources().create(spec, Secret.of("")).id();

            LoadReport report = DatabaseLoader.of(studio).load(source);

            assertEquals(List.of(), report.warnings());
            assertEquals(
                    List.of(schema + "sale.region_id > " + schema + "region.region_id"),
                    report.relations().stream()
                            .filter(Relation::isUsable)
                            .map(relation -> relation.from().table().table() + "."
                                    + relation.from().columns().get(0) + " > "
                                    + relation.to().table().table() + "."
                                    + relation.to().columns().get(0))
                            .toList());
            assertEquals(
                    "amount, a number; from 1.25 to 12.25 in a sample",
                    TableDocs.of(studio.metadata(), Caller.LOCAL)
                            .find(new TableRef(source.toString(), schema + "sale"))
                            .orElseThrow()
                            .line("amount")
                            .orElseThrow()
                            .text());
        }
    }

    @Test
    void loadsDuckDb() throws SQLException {
        Path file = folder.resolve("shop.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
            fill(connection);
        }

        check(
                SourceSpec.builder(SourceKind.DUCKDB, "Shop")
                        .database(file.toString())
                        .build(),
                HostDataSources.NONE,
                "main.");
    }

    @Test
    void loadsMariaDb() throws SQLException {
        DataSource database = MariaDbServer.require().newDatabase();
        URI address;
        try (Connection connection = database.getConnection()) {
            fill(connection);
            address = URI.create(connection.getMetaData().getURL().substring("jdbc:".length()));
        }

        check(
                SourceSpec.builder(SourceKind.MYSQL, "Shop")
                        .host(address.getHost())
                        .port(address.getPort())
                        .database(address.getPath().substring(1))
                        .user("root")
                        .build(),
                HostDataSources.NONE,
                "");
    }

    @Test
    void loadsADataSourceOfTheHostProgram() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();
        try (Connection connection = database.getConnection()) {
            fill(connection);
        }

        check(
                SourceSpec.builder(SourceKind.HOST, "Shop").database("shop").build(),
                HostDataSources.of(Map.of("shop", database)),
                "public.");
    }
}
