package dev.datastudio.agents.reporter;

import static dev.datastudio.agents.reporter.ScriptedReporter.chart;
import static dev.datastudio.agents.reporter.ScriptedReporter.form;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.OutsideData;
import dev.datastudio.testkit.server.PostgresServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten questions about Chinook, as a file of SQLite and in a PostgreSQL server (rows R4, R5, R6). The model writes each
 * statement as models do, some with faults that are to be mended; the rows must be those of a statement of ours.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChinookReportsTest {
    private @Nullable Studio opened;
    private @Nullable SourceId sqlite;
    private @Nullable SourceId postgres;

    @BeforeAll
    void connect(@TempDir Path folder) throws IOException, SQLException {
        Path file = folder.resolve("chinook.sqlite");
        Files.copy(OutsideData.require("eval/sqlite/chinook.sqlite"), file);
        Studio studio =
                Studio.builder().temporary().fileFolders(List.of(folder)).build();
        opened = studio;
        sqlite = studio.sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, "chinook")
                                .database(file.toString())
                                .build(),
                        Secret.of(""))
                .id();
        postgres = studio.sources().create(loaded(), Secret.of("")).id();
    }

    private static SourceSpec loaded() throws SQLException, IOException {
        Path script = OutsideData.require("eval/sqlite/chinook_postgres.sql");
        try (Connection connection = PostgresServer.require().newDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(script).replaceFirst("(?s)^.*\\\\c chinook;", ""));
            URI address = URI.create(connection.getMetaData().getURL().substring("jdbc:".length()));
            return SourceSpec.builder(SourceKind.POSTGRESQL, "chinook")
                    .host(address.getHost())
                    .port(address.getPort())
                    .database(address.getPath().substring(1))
                    .user("postgres")
                    .build();
        }
    }

    @AfterAll
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    /**
     * A question with what the model says of it, once for SQLite and once for PostgreSQL.
     *
     * @param tables as SQLite spells them
     * @param chart of the lower-case columns; empty for none
     * @param expected the right statement for SQLite
     */
    record Question(
            String text, List<String> tables, String sqlite, String postgres, List<String> chart, String expected) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Question> questions() {
        return Stream.of(
                new Question(
                        "How many customers do we have?",
                        List.of("Customer"),
                        "SELECT count(*) AS customers FROM Customer",
                        "SELECT count(*) AS customers FROM customers",
                        List.of(),
                        "SELECT count(*) FROM Customer"),
                new Question(
                        "Which five genres have the most tracks?",
                        List.of("Track", "Genre"),
                        "SELECT TOP 5 g.Name AS genre, count(*) AS tracks FROM Track t JOIN Genre g"
                                + " ON g.GenreId = t.GenreId GROUP BY g.Name ORDER BY tracks DESC",
                        "SELECT g.name AS genre, count(*) AS tracks FROM track t JOIN genre g"
                                + " ON g.genre_id = t.genre_id ORDER BY tracks DESC LIMIT 5",
                        List.of("bar", "genre", "tracks"),
                        "SELECT g.Name, count(*) FROM Track t JOIN Genre g ON g.GenreId = t.GenreId GROUP BY 1"
                                + " ORDER BY 2 DESC LIMIT 5"),
                new Question(
                        "Sales per year as a line",
                        List.of("Invoice"),
                        "SELECT year(InvoiceDate) AS year, sum(Total) AS sales FROM Invoice GROUP BY year(InvoiceDate)"
                                + " ORDER BY 1",
                        "SELECT year(invoice_date) AS year, sum(total) AS sales FROM invoice"
                                + " GROUP BY year(invoice_date) ORDER BY 1",
                        List.of("line", "year", "sales"),
                        "SELECT CAST(strftime('%Y', InvoiceDate) AS INTEGER), sum(Total) FROM Invoice GROUP BY 1"
                                + " ORDER BY 1"),
                new Question(
                        "Sales by country of the customer, the best eight",
                        List.of("Invoice", "Customer"),
                        "SELECT c.Country AS country, sum(i.Total) AS sales FROM Invoices i JOIN Customer c"
                                + " ON i.CustomerId = c.CustomerId GROUP BY c.Country ORDER BY sales DESC, country LIMIT 8",
                        "SELECT c.country, sum(i.total) AS sales FROM invoices i JOIN customer c"
                                + " ON i.customer_id = c.customer_id GROUP BY c.country ORDER BY sales DESC, country LIMIT 8",
                        List.of("pie", "country", "sales"),
                        "SELECT c.Country, sum(i.Total) FROM Invoice i JOIN Customer c USING (CustomerId) GROUP BY 1"
                                + " ORDER BY 2 DESC, 1 LIMIT 8"),
                new Question(
                        "Which artists have no album? Show the first three",
                        List.of("Artist", "Album"),
                        "SELECT a.Name FROM Artist a LEFT JOIN Album b ON a.ArtistId = b.ArtistId"
                                + " WHERE b.AlbumId IS NULL ORDER BY a.Name LIMIT 3",
                        "SELECT a.name FROM artist a LEFT JOIN album b ON a.artist_id = b.artist_id"
                                + " WHERE b.album_id IS NULL ORDER BY a.name LIMIT 3",
                        List.of(),
                        "SELECT Name FROM Artist WHERE ArtistId NOT IN (SELECT ArtistId FROM Album) ORDER BY 1 LIMIT 3"),
                new Question(
                        "How much did customers from Germny spend?",
                        List.of("Invoice", "Customer"),
                        "SELECT sum(i.Total) AS spent FROM Invoice i JOIN Customer c ON i.CustomerId = c.CustomerId"
                                + " WHERE c.Country = 'Germny'",
                        "SELECT sum(i.total) AS spent FROM invoice i JOIN customer c"
                                + " ON i.customer_id = c.customer_id WHERE c.country = 'Germny'",
                        List.of(),
                        "SELECT sum(Total) FROM Invoice JOIN Customer USING (CustomerId) WHERE Country = 'Germany'"),
                new Question(
                        "Average length of a track in minutes by media type",
                        List.of("Track", "MediaType"),
                        "SELECT m.Name AS media, avg(t.Miliseconds) / 60000.0 AS minutes FROM Track t JOIN MediaType m"
                                + " ON t.MediaTypeId = m.MediaTypeId GROUP BY m.Name ORDER BY m.Name",
                        "SELECT m.name AS media, avg(t.miliseconds) / 60000.0 AS minutes FROM track t"
                                + " JOIN media_type m ON t.media_type_id = m.media_type_id GROUP BY m.name ORDER BY m.name",
                        List.of("bar", "media", "minutes"),
                        "SELECT m.Name, avg(t.Milliseconds) / 60000.0 FROM Track t JOIN MediaType m USING (MediaTypeId)"
                                + " GROUP BY 1 ORDER BY 1"),
                new Question(
                        "How many invoices did each support agent's customers get?",
                        List.of("Employee", "Customer", "Invoice"),
                        "SELECT e.LastName AS agent, count(i.InvoiceId) AS invoices FROM Employee e JOIN Customer c"
                                + " ON c.SupportRepId = e.EmployeeId JOIN Invoice i ON i.CustomerId = c.CustomerId"
                                + " GROUP BY e.LastName ORDER BY agent",
                        "SELECT e.last_name AS agent, count(i.invoice_id) AS invoices FROM employee e JOIN customer c"
                                + " ON c.support_rep_id = e.employee_id JOIN invoice i ON i.customer_id = c.customer_id"
                                + " GROUP BY e.last_name ORDER BY agent",
                        List.of("bar", "agent", "invoices"),
                        "SELECT e.LastName, count(*) FROM Employee e JOIN Customer c ON c.SupportRepId = e.EmployeeId"
                                + " JOIN Invoice i USING (CustomerId) GROUP BY 1 ORDER BY 1"),
                new Question(
                        "How are the totals of invoices spread?",
                        List.of("Invoice"),
                        "SELECT `Total` AS total FROM `Invoice` ORDER BY `InvoiceId`",
                        "SELECT `total` FROM `invoice` ORDER BY `invoice_id`",
                        List.of("histogram", "total", ""),
                        "SELECT Total FROM Invoice ORDER BY InvoiceId"),
                new Question(
                        "Bytes against length of the tracks of the album 'Let There Be Rock'",
                        List.of("Track", "Album", "Artist"),
                        "SELECT t.Milliseconds AS length, t.Bytes AS bytes FROM Track t JOIN Album a ON a.AlbumId ="
                                + " t.AlbumId JOIN Artist r ON r.ArtistId = a.ArtistId WHERE r.Title ="
                                + " 'Let There Be Rock' ORDER BY t.TrackId",
                        "SELECT t.milliseconds AS length, t.bytes FROM track t JOIN album a ON a.album_id ="
                                + " t.album_id JOIN artist r ON r.artist_id = a.artist_id WHERE r.title ="
                                + " 'Let There Be Rock' ORDER BY t.track_id",
                        List.of("scatter", "length", "bytes"),
                        "SELECT t.Milliseconds, t.Bytes FROM Track t JOIN Album a USING (AlbumId) WHERE a.Title ="
                                + " 'Let There Be Rock' ORDER BY t.TrackId"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void endsInTheRightRowsAndChartOverSqlite(Question question) {
        assertAnswered(question, Objects.requireNonNull(sqlite), question.tables(), question.sqlite());
    }

    @ParameterizedTest
    @MethodSource("questions")
    void endsInTheRightRowsAndChartOverPostgresql(Question question) {
        List<String> tables = question.tables().stream()
                .map(table ->
                        "public." + table.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
                .toList();
        assertAnswered(question, Objects.requireNonNull(postgres), tables, question.postgres());
    }

    private void assertAnswered(Question question, SourceId source, List<String> tables, String sql) {
        Studio studio = Objects.requireNonNull(opened);
        try (ScriptedReporter model = new ScriptedReporter()) {
            model.question(tables, sql);
            model.always("form", form(question.chart().isEmpty() ? "table" : "chart"));
            if (!question.chart().isEmpty()) {
                List<String> chart = question.chart();
                model.always("chart", chart(chart.get(0), chart.get(1), chart.get(2)));
            }

            Report report =
                    Reporter.of(studio).by(model.model(), "scripted").ask(ReportRequest.about(source, question.text()));

            assertEquals(ReportStatus.ANSWERED, report.status(), report.text() + report.trace());
            assertEquals(cells(expected(question.expected())), cells(report.rows()), report.sql());
            String kind = report.picture().map(drawn -> drawn.kind()).orElse("");
            assertEquals(
                    question.chart().isEmpty() ? "" : question.chart().get(0),
                    kind,
                    report.notes().toString());
            assertEquals(Map.of(), Map.copyOf(unasked(model)), "no repair was left to the model");
        }
    }

    private static Map<String, String> unasked(ScriptedReporter model) {
        return model.asked().contains("repair") ? Map.of("repair", model.told("repair")) : Map.of();
    }

    private List<? extends List<?>> expected(String sql) {
        try (QueryEngine engine = Objects.requireNonNull(opened).sources().engine(Objects.requireNonNull(sqlite))) {
            return engine.execute(Query.of(sql), Cancellation.none()).rows();
        }
    }

    private static List<String> cells(List<? extends List<?>> rows) {
        List<String> cells = new ArrayList<>();
        for (List<?> row : rows) {
            cells.add(row.stream().map(ChinookReportsTest::cell).toList().toString());
        }
        return cells;
    }

    private static String cell(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .round(new MathContext(9))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
