package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that look something up beside a value, from the words to the rows (D12). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookupTest {
    private static final String STANDINGS = """
            Place,Club,Town,Gold,Points,Founded,Attendance
            1,Red Otters,Lyon,7,31,1921,"12,400 (est.)"
            2,Kestrel United Football Club,Graz,4,29,1905,"9,150"
            3,Søndre Bjørns,Oslo,4,22,1933,"7,800"
            4,Blue Herons,Graz,1,20,1911,"15,020"
            5,Amber Foxes,Lyon,0,13,1948,"3,300"
            6,Grey Wolves,Turin,2,9,1899,980
            """;

    private static final String SHOWS = """
            Year,Show,Venue,Star
            1999,The Long Night,Grand Theatre,Mara Lind
            1997,Harbour Lights,Old Mill,Jo Ferris
            2003,Paper Moons,Grand Theatre,Mara Lind
            2001,Tin Soldiers,Old Mill,Ada Brook
            2008,Winter Bread,Old Mill,Mara Lind
            """;

    private Studio studio = Studio.inMemory();
    private Dataset standings;
    private Dataset shows;

    @BeforeAll
    void importTables(@TempDir Path folder) throws IOException {
        standings = imported(folder.resolve("table-1.csv"), STANDINGS);
        shows = imported(folder.resolve("table-2.csv"), SHOWS);
    }

    private Dataset imported(Path file, String csv) throws IOException {
        Files.writeString(file, csv);
        return studio.datasets().importFile(file);
    }

    @AfterAll
    void close() {
        studio.close();
    }

    private Answer ask(Dataset dataset, String question) {
        return Analyst.of(studio).ask(dataset, question);
    }

    /** The first column of the answer. */
    private String found(Dataset dataset, String question) {
        Answer answer = ask(dataset, question);
        assertEquals(AnswerStatus.ANSWERED, answer.status(), () -> question + ": " + answer.message());
        return answer.steps().get(0).rows().stream()
                .map(r -> String.valueOf(r.get(0)))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "who is listed below blue herons? | Amber Foxes",
                "which club is listed right above amber foxes? | Blue Herons",
                "blue herons is ranked immediately below which club? | Søndre Bjørns",
                "what town is listed after oslo? | Graz",
                "red otters is at the top of the chart, but what is the name below it? | Kestrel United Football Club",
                "who is the last club listed? | Grey Wolves",
                "what is the last town on this chart? | Turin"
            })
    void findsTheRowBesideAnotherAsTheRowsStand(String question, String expected) {
        assertEquals(expected, found(standings, question));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "what show came after harbour lights? | The Long Night",
                "what was the show before tin soldiers? | The Long Night",
                "what was the next show after tin soldiers? | Paper Moons"
            })
    void takesAfterAndBeforeByTimeWhereEachRowHasATimeOfItsOwn(String question, String expected) {
        assertEquals(expected, found(shows, question));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "who has more points, red otters or blue herons? | Red Otters",
                "which club won fewer gold medals, amber foxes or grey wolves? | Amber Foxes",
                "which was founded first, kestrel united or sondre bjorns? | Kestrel United Football Club",
                "which had the larger attendance, red otters or blue herons? | Blue Herons",
                "what is the difference in points between red otters and grey wolves? | 22",
                "how many more gold medals did red otters win than blue herons? | 6",
                "how many clubs had more points than blue herons? | 3",
                "which club had less attendance than amber foxes? | Grey Wolves",
                "which club is in the same town as red otters? | Amber Foxes",
                "which club has the same number of gold medals as kestrel united? | Søndre Bjørns"
            })
    void comparesWhatTwoNamedThingsHave(String question, String expected) {
        assertEquals(expected, found(standings, question));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "how many gold medals did amber foxes win? | 0",
                "how many points did kestrel united earn? | 29",
                "what club achieved the highest attendance? | Blue Herons"
            })
    void findsWhatAColumnHasThere(String question, String expected) {
        assertEquals(expected, found(standings, question));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "who played more often, mara lind or jo ferris? | Mara Lind",
                "how many times did mara lind appear? | 3",
                "how many shows did mara lind play at the old mill? | 1",
                "how many performances did mara lind have in 1999? | 1"
            })
    void countsTheRowsOfWhatIsNamed(String question, String expected) {
        assertEquals(expected, found(shows, question));
    }

    @Test
    void saysByWhatOrderTheRowBesideWasTakenAndHowANameWasCompleted() {
        Answer byPlace = ask(standings, "who is listed below kestrel united?");
        Answer byTime = ask(shows, "what show came after harbour lights?");

        assertTrue(byPlace.message().isEmpty() || byPlace.status() == AnswerStatus.ANSWERED);
        assertTrue(
                byPlace.warnings().contains("The row after it is the next one as the rows stand in the table."),
                () -> byPlace.warnings().toString());
        assertTrue(
                byPlace.warnings().contains("'kestrel united' was taken to mean Club 'Kestrel United Football Club'."),
                () -> byPlace.warnings().toString());
        assertTrue(
                byTime.warnings().contains("The row after it is the next one by Year."),
                () -> byTime.warnings().toString());
    }

    @Test
    void saysThatNumbersWereReadFromText() {
        Answer answer = ask(standings, "which had the larger attendance, red otters or blue herons?");

        assertTrue(
                answer.warnings()
                        .contains("The numbers of Attendance are written as text; the first number of each was taken,"
                                + " and rows without one were left out."),
                () -> answer.warnings().toString());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "who is listed below the green parrots?",
                "which club is better, red otters or blue herons?",
                "is red otters older or younger than blue herons?",
                "how many more sponsors does red otters have than blue herons?",
                "which club won more trophies, red otters or grey wolves?",
                "how many goals did amber foxes score?",
                "who is listed two places below blue herons?",
                "which club in spain has the same town as red otters?",
                "who was the captain before blue herons?"
            })
    void refusesWhatTheTableCannotTell(String question) {
        assertNotEquals(AnswerStatus.ANSWERED, ask(standings, question).status(), question);
    }
}
