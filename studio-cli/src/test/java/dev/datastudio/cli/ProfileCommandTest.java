package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file holds, and how it differs from an older one, by one command (A1, D11). */
class ProfileCommandTest {
    private static final int TERMINAL = 100;

    @TempDir
    Path folder;

    private Cli cli;
    private Path sales;
    private Path older;

    @BeforeEach
    void open() throws IOException {
        cli = new Cli(folder.resolve("workspace"));
        sales = folder.resolve("sales.csv");
        older = folder.resolve("older.csv");
        StringBuilder now = new StringBuilder("region,sales,<script>alert(1)</script>,channel\n");
        StringBuilder before = new StringBuilder("region,sales,<script>alert(1)</script>,postcode\n");
        for (int i = 0; i < 60; i++) {
            String region = i % 3 == 0 ? "North 😀" : "South";
            now.append(i % 2 == 0 ? "Overseas" : region + " & a name that is very, very long indeed".replace(",", ""))
                    .append(',')
                    .append(i % 5 == 0 ? "" : 10 + i * 1.5)
                    .append(",<img src=x onerror=alert(1)>,web\n");
            before.append(region)
                    .append(',')
                    .append(10 + i)
                    .append(",<b>x</b>,")
                    .append(1000 + i)
                    .append('\n');
        }
        Files.writeString(sales, now);
        Files.writeString(older, before);
    }

    private static List<String> names(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void tellsWhatEachColumnHoldsInLinesThatFitATerminal() {
        Cli.Run run = cli.run("profile", sales.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("sales.csv: 60 rows, 4 columns"), run.out());
        assertTrue(run.out().contains("'sales' lacks 12 values (20.0%)."), run.out());
        run.out()
                .lines()
                .filter(line -> !line.startsWith("Report: "))
                .forEach(line -> assertTrue(line.length() <= TERMINAL, line));
    }

    @Test
    void keepsTheReportInTheWorkspaceOrWritesItIntoAFolder() throws IOException {
        Path out = folder.resolve("new/reports");

        Cli.Run kept = cli.run("profile", sales.toString());
        Cli.Run written = cli.run("profile", sales.toString(), "--out", out.toString());
        Cli.Run named = cli.run(
                "profile", sales.toString(), "--out", out.resolve("mine.html").toString());

        String place = kept.out().lines().reduce((first, second) -> second).orElseThrow();
        assertTrue(Files.isRegularFile(Path.of(place.substring("Report: ".length()))), place);
        assertEquals(0, written.exitCode(), written.err());
        assertEquals(0, named.exitCode(), named.err());
        assertEquals(List.of("mine.html", "sales-profile.html"), names(out));
        assertEquals(Files.readString(out.resolve("mine.html")), Files.readString(out.resolve("sales-profile.html")));
    }

    @Test
    void writesAReportThatStandsAloneAndRunsNothingOfTheData() throws IOException {
        Path report = folder.resolve("report.html");

        cli.run("profile", sales.toString(), "--out", report.toString());

        String html = Files.readString(report);
        assertFalse(html.contains("<script>alert"), "a name of the data is markup");
        assertFalse(html.contains("<img"), "a value of the data is markup");
        assertFalse(html.matches("(?s).*(src|href)=[\"']?(https?:|//).*"), "something is loaded from elsewhere");
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(html.contains("default-src &#39;none&#39;") || html.contains("default-src 'none'"));
    }

    @Test
    void printsTheWholeProfileAsJson() throws IOException {
        Path out = folder.resolve("out");

        Cli.Run alone = cli.run("profile", sales.toString(), "--json");
        Cli.Run both = cli.run("profile", sales.toString(), "--json", "--out", out.toString());

        JsonNode profile = alone.json();
        assertEquals(0, alone.exitCode(), alone.err());
        assertEquals(60, profile.at("/overview/rows").asInt());
        assertEquals("region", profile.at("/columns/0/name").asText());
        assertEquals(12, profile.at("/columns/1/missing").asInt());
        assertTrue(profile.path("alerts").size() > 0);
        for (String member : List.of("correlations", "keys", "dependencies", "missingBlocks", "sample", "notes")) {
            assertTrue(profile.has(member), member);
        }
        assertEquals(profile, both.json());
        assertEquals(List.of("sales-profile.html"), names(out));
    }

    @Test
    void tellsWhatChangedAgainstAnOlderFile() throws IOException {
        Path out = folder.resolve("out");

        Cli.Run text = cli.run("profile", sales.toString(), "--compare", older.toString(), "--out", out.toString());
        Cli.Run json = cli.run("profile", sales.toString(), "--compare", older.toString(), "--json");

        assertEquals(0, text.exitCode(), text.err());
        assertTrue(text.out().contains("Column 'postcode' is not there any more."), text.out());
        assertTrue(text.out().contains("Column 'channel' is new."), text.out());
        assertTrue(text.out().contains("'sales' lacks 20.0% of its values instead of 0%."), text.out());
        assertEquals(List.of("sales-comparison.html"), names(out));
        assertTrue(Files.readString(out.resolve("sales-comparison.html")).contains("columns only in the older"));
        assertEquals("channel", json.json().at("/added/0").asText());
        assertEquals("postcode", json.json().at("/removed/0").asText());
        assertEquals("sales", json.json().at("/typeChanges/0/column").asText());
        assertTrue(json.json().path("findings").size() > 3);
        assertTrue(json.json().at("/shifts/0/bins").size() > 1);
    }

    @Test
    void findsNoChangeOfAFileAgainstItself() {
        Cli.Run run = cli.run("profile", sales.toString(), "--compare", sales.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("What changed: none"), run.out());
        assertTrue(run.out().contains("nearly the same distribution as before"), run.out());
    }

    @Test
    void refusesAFileThatIsNotThereAndAFolderThatCannotBeWritten() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where a folder has to be");

        Cli.Run missing = cli.run("profile", folder.resolve("none.csv").toString());
        Cli.Run old = cli.run(
                "profile",
                sales.toString(),
                "--compare",
                folder.resolve("none.csv").toString());
        Cli.Run unwritable = cli.run("profile", sales.toString(), "--out", blocked.toString());

        assertEquals(1, missing.exitCode());
        assertTrue(missing.err().contains("none.csv"), missing.err());
        assertEquals(1, old.exitCode());
        assertEquals("", old.out());
        assertEquals(1, unwritable.exitCode());
        assertTrue(unwritable.err().contains("The report could not be written to"), unwritable.err());
        assertEquals("a file where a folder has to be", Files.readString(blocked));
    }
}
