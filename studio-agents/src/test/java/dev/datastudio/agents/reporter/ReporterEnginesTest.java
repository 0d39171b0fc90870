package dev.datastudio.agents.reporter;

import static dev.datastudio.agents.reporter.ScriptedReporter.chart;
import static dev.datastudio.agents.reporter.ScriptedReporter.form;
import static dev.datastudio.agents.reporter.ScriptedReporter.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.server.MariaDbServer;
import dev.datastudio.testkit.server.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same questions over each database, and over data sets, with what each of them needs mended (R4, R5). */
class ReporterEnginesTest {
    private final ScriptedReporter model = new ScriptedReporter();

    @TempDir
    Path folder;

    private Studio studio = Studio.inMemory();

    @BeforeEach
    void open() {
        studio.close();
        studio = Studio.builder().temporary().fileFolders(List.of(folder)).build();
    }

    @AfterEach
    void close() {
        studio.close();
        model.close();
    }

    private Report ask(SourceId source, String message) {
        return Reporter.of(studio).by(model.model(), "scripted").ask(ReportRequest.about(source, message));
    }

    private SourceId shop(SourceKind kind) throws SQLException {
        return switch (kind) {
            case POSTGRESQL -> server(kind, PostgresServer.require().newDatabase(), "postgres");
            case MYSQL -> server(kind, MariaDbServer.require().newDatabase(), "root");
            default -> ShopDatabase.file(studio, kind, folder);
        };
    }

    private SourceId server(SourceKind kind, DataSource database, String user) throws SQLException {
        String address;
        try (Connection connection = database.getConnection()) {
            address = connection.getMetaData().getURL().substring("jdbc:".length());
        }
        ShopDatabase.fill(database.getConnection());
        URI uri = URI.create(address.replaceAll("\\?.*", ""));
        SourceSpec spec = SourceSpec.builder(kind, "shop")
                .host(uri.getHost())
                .port(uri.getPort())
                .database(uri.getPath().substring(1))
                .user(user)
                .build();
        return studio.sources().create(spec, Secret.of("")).id();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MYSQL", "SQLITE", "DUCKDB"})
    void answersOverEachDatabase(SourceKind kind) throws SQLException {
        String sql = "SELECT c.country, sum(o.total) AS total FROM orders o JOIN customers c ON o.customer_id = c.id"
                + " GROUP BY c.country ORDER BY total DESC";
        model.question(List.of(kind == SourceKind.POSTGRESQL ? "public.orders" : "orders"), sql)
                .once("form", form("chart"))
                .once("chart", chart("bar", "country", "total"));

        Report report = ask(shop(kind), "sales by country");

        assertEquals(ReportStatus.ANSWERED, report.status(), report.text());
        assertEquals(
                List.of("Germany 110", "France 40"),
                report.rows().stream().map(row -> row.get(0) + " " + row.get(1)).toList());
        assertEquals("bar", report.picture().orElseThrow().kind());
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MYSQL", "SQLITE", "DUCKDB"})
    void letsNothingBeWritten(SourceKind kind) throws SQLException {
        SourceId shop = shop(kind);
        model.always("screen", Map.of("about", "data", "reply", ""))
                .always("rerank", Map.of("tables", List.of(name(kind, "orders")), "why", ""))
                .once("write", statement("INSERT INTO couriers VALUES (1, 'x')"))
                .once("repair", statement("WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone"))
                .once("repair", statement("SELECT 1; DELETE FROM orders"))
                .once("write", statement("SELECT count(*) AS n FROM orders"))
                .always("word", Map.of("text", "All there."));

        Report refused = ask(shop, "empty the orders");
        Report count = ask(shop, "how many orders are there");

        assertEquals(ReportStatus.NOT_ANSWERED, refused.status());
        assertEquals(List.of(List.of(4L)), count.rows());
    }

    private static String name(SourceKind kind, String table) {
        return kind == SourceKind.POSTGRESQL ? "public." + table : table;
    }

    @Test
    void groupsByAnUngroupedColumnOnPostgresql() throws SQLException {
        model.question(List.of("public.orders"), "SELECT customer_id, sum(total) AS t FROM orders")
                .once("form", form("table"));

        Report report = ask(shop(SourceKind.POSTGRESQL), "sales by customer");

        assertEquals(3, report.rows().size());
        assertEquals("SELECT customer_id, sum(total) AS t FROM orders GROUP BY customer_id", report.sql());
        assertEquals(
                List.of("The rows are grouped by customer_id too, which stood beside aggregates in no group."),
                report.notes());
    }

    @Test
    void takesDoubleQuotesForATextOnDuckDb() throws SQLException {
        model.question(List.of("customers"), "SELECT count(*) AS n FROM customers WHERE country = \"Germany\"");

        Report report = ask(shop(SourceKind.DUCKDB), "how many customers are from Germany");

        assertEquals(List.of(List.of(2L)), report.rows());
        assertEquals(List.of("No column has the name 'Germany', so it was taken for a text."), report.notes());
    }

    @Test
    void saysAnotherDialectsWordsOnMariaDb() throws SQLException {
        model.question(List.of("customers"), "SELECT TOP 1 \"name\" FROM \"customers\" ORDER BY \"name\"");

        Report report = ask(shop(SourceKind.MYSQL), "who comes first");

        assertEquals(List.of(List.of("Ada")), report.rows());
        assertEquals("SELECT name FROM customers ORDER BY name LIMIT 1", report.sql());
    }

    @Test
    void joinsDataSetsAndTellsThemFromADatabase() throws SQLException, IOException {
        Dataset sales = dataset("sales.csv", "region,product_id,amount\nNorth,1,10\nSouth,2,20\nNorth,2,5\n");
        Dataset products = dataset("products.csv", "product_id,label\n1,Tea\n2,Coffee\n");
        SourceId shop = shop(SourceKind.SQLITE);
        model.question(
                List.of("data sets.sales", "shop.customers", "data sets.products"),
                "SELECT p.label, sum(s.amount) AS amount FROM sales s JOIN products p USING (product_id)"
                        + " GROUP BY p.label ORDER BY p.label");
        model.once("form", form("table"));

        Report report = Reporter.of(studio)
                .by(model.model(), "scripted")
                .ask(ReportRequest.of(List.of(shop), List.of(sales, products), "amount by label"));

        assertEquals(
                List.of("Coffee", "Tea"),
                report.rows().stream().map(row -> row.get(0)).toList());
        assertEquals("data sets", report.source());
        assertFalse(model.told("write").contains("customers"), "a statement can't read two places");
    }

    private Dataset dataset(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return studio.datasets().importFile(file, ImportOptions.DEFAULT);
    }

    @Test
    void showsACallerNothingOfAnother() throws SQLException, IOException {
        Dataset mine = dataset("sales.csv", "region,amount\nNorth,10\n");
        SourceId shop = shop(SourceKind.SQLITE);
        Reporter stranger = Reporter.of(studio).by(model.model(), "scripted").as(new Caller("elsewhere", "mallory"));

        StudioException noSource =
                assertThrows(StudioException.class, () -> stranger.ask(ReportRequest.about(shop, "all customers")));
        StudioException noData = assertThrows(
                StudioException.class, () -> stranger.ask(ReportRequest.about(List.of(mine), "all sales")));

        assertEquals(ErrorCode.SOURCE_NOT_FOUND, noSource.code());
        assertEquals(ErrorCode.DATASET_NOT_FOUND, noData.code());
        assertTrue(model.asked().isEmpty());
    }
}
