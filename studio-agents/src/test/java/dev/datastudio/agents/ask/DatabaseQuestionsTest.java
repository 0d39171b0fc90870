package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows D12, A15 on a connected database: Chinook, whose own engine runs the statements. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseQuestionsTest {
    private static final AskOptions NO_PICTURES = AskOptions.DEFAULT.withPictures(AskOptions.Pictures.SKIP);

    private @Nullable Studio opened;
    private @Nullable Source chinook;

    @BeforeAll
    void connect(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("chinook.sqlite");
        Files.copy(OutsideData.require("eval/sqlite/chinook.sqlite"), file);
        opened = Studio.builder().temporary().fileFolders(List.of(folder)).build();
        chinook = studio().sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, "chinook")
                                .database(file.toString())
                                .build(),
                        Secret.of(""));
    }

    @AfterAll
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private Studio studio() {
        return Objects.requireNonNull(opened);
    }

    private SourceId source() {
        return Objects.requireNonNull(chinook).id();
    }

    private Answer ask(String question) {
        return Analyst.of(studio()).ask(source(), question, NO_PICTURES);
    }

    private List<? extends List<?>> rows(String sql) {
        try (QueryEngine engine = studio().sources().engine(source())) {
            return engine.execute(Query.of(sql), Cancellation.none()).rows();
        }
    }

    private static List<String> sorted(List<? extends List<?>> rows) {
        return rows.stream()
                .map(row ->
                        row.stream().map(DatabaseQuestionsTest::cell).toList().toString())
                .sorted()
                .toList();
    }

    private static String cell(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .round(new MathContext(9))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        how many customers are there? | SELECT count(*) FROM Customer
        number of tracks for each genre | SELECT Genre.Name, count(*) FROM Track JOIN Genre USING (GenreId) GROUP BY 1
        how many albums does each artist have? | SELECT Artist.Name, count(*) FROM Album JOIN Artist USING (ArtistId) GROUP BY 1
        number of invoices by country of the customer | SELECT Country, count(*) FROM Invoice JOIN Customer USING (CustomerId) GROUP BY 1
        names of artists without albums | SELECT Name FROM Artist WHERE ArtistId NOT IN (SELECT ArtistId FROM Album)
        how many artists have no albums? | SELECT count(*) FROM Artist WHERE ArtistId NOT IN (SELECT ArtistId FROM Album)
        number of customers by country | SELECT Country, count(*) FROM Customer GROUP BY 1
        average milliseconds of tracks by media type name | SELECT MediaType.Name, avg(Milliseconds) FROM Track JOIN MediaType USING (MediaTypeId) GROUP BY 1
        """)
    void answersOverTheTablesOfTheDatabase(String question, String sql) {
        Answer answer = ask(question);

        assertEquals(AnswerStatus.ANSWERED, answer.status(), question + ": " + answer.message());
        assertEquals(
                sorted(rows(sql)),
                sorted(answer.steps().get(0).rows()),
                question + " was read as: " + answer.reading());
    }

    @Test
    void joinsOverDeclaredKeys() {
        String reading = ask("number of tracks for each genre").reading();

        assertTrue(reading.contains("Track.GenreId = Genre.GenreId"), reading);
    }

    @Test
    void drawsChartsOfADatabasesRows() {
        Answer answer = Analyst.of(studio()).ask(source(), "number of tracks for each genre", AskOptions.DEFAULT);

        assertTrue(
                answer.steps().get(0).artifacts().stream()
                        .anyMatch(a -> a.type().equals("image")),
                answer.steps().toString());
    }

    @Test
    void refusesWhatTheDatabaseDoesNotHold() {
        assertEquals(
                AnswerStatus.NOT_UNDERSTOOD,
                ask("average temperature of the warehouses").status());
    }

    @Test
    void refusesADatabaseThatIsNotTheCallers() {
        StudioException refused = assertThrows(
                StudioException.class,
                () -> Analyst.of(studio()).ask(SourceId.random(), "how many rows are there", NO_PICTURES));

        assertEquals(ErrorCode.SOURCE_NOT_FOUND, refused.code());
    }
}
