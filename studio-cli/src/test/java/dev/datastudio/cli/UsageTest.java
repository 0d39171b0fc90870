package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to somebody who holds the command wrong: one line with what to do, exit 1 (S5). */
class UsageTest {
    @TempDir
    Path folder;

    private Path sales;

    @BeforeEach
    void writeSales() throws IOException {
        sales = Files.writeString(folder.resolve("sales.csv"), "region,sales\nNorth,10\nSouth,20\n");
    }

    @Test
    void namesAnUnknownCommand() {
        assertError("error: There is no command 'aks'. Try './studio help'.", run("aks"));
    }

    @Test
    void namesAnUnknownOption() {
        assertError(
                "error: Unknown option: '--jsn'. Try './studio help ask'.",
                run("ask", sales.toString(), "total sales", "--jsn"));
    }

    @Test
    void namesAMissingWord() {
        assertError("error: Too few words: FILE is needed. Try './studio help profile'.", run("profile"));
        assertError("error: Too few words: FILE... SQL is needed. Try './studio help sql'.", run("sql"));
    }

    @Test
    void printsTheHelpWithoutAnyWord() {
        Cli.Run run = run();

        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("ask"), run.out());
    }

    @Test
    void tellsThatAQuestionWantsQuotes() {
        assertError(
                "error: There is no file 'total'. If it belongs to the question, put the whole question in quotes.",
                run("ask", sales.toString(), "total", "sales"));
    }

    @Test
    void tellsThatTheQuestionComesLast() {
        assertError(
                "error: The last word '" + sales
                        + "' is a file, no question. Name the files first, then the question in" + " quotes.",
                run("ask", "total sales", sales.toString()));
    }

    @Test
    void refusesStandardInput() {
        assertError(
                "error: Data can't be read from standard input ('-'). Save it to a file first, and name that file.",
                run("ask", "-", "total sales"));
    }

    @Test
    void refusesAnEmptyName() {
        assertError("error: The name of a file is empty. Name a CSV, TSV, JSON or Parquet file.", run("profile", ""));
    }

    @Test
    void refusesAnOutputFolderThatIsAFile() {
        Path out = folder.resolve("sales.csv");

        assertError(
                "error: The name '" + out + "' given with --out is that of a file. Name a folder; it is made when it is"
                        + " not there.",
                run("ask", sales.toString(), "total sales", "--out", out.toString()));
    }

    @Test
    void takesAStatementThatBeginsWithAComment() {
        Cli.Run run = run("sql", sales.toString(), "-- all of it\nSELECT sum(sales) AS total FROM sales", "--json");

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(30, run.json().path("rows").get(0).get(0).asInt());
    }

    private Cli.Run run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.Progress.HIDDEN,
                Cancellation.none());
        if (words.length < 2) {
            return new Cli.Run(
                    StudioCommand.run(terminal, words),
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        }
        return new Cli(folder.resolve("workspace")).run(words);
    }

    private static void assertError(String message, Cli.Run run) {
        assertEquals(message, run.err().strip());
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
    }
}
