package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said after an answer changes it, in one process and over several (D12, A18). */
class FollowUpCommandTest {
    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void writeData() throws IOException {
        Path bakery = folder.resolve("bakery.csv");
        Files.writeString(bakery, """
                day,shop,product,revenue
                2025-01-05,Harbour,Bread,10.5
                2025-01-09,Market,Bread,20.5
                2025-02-11,Harbour,Cake,30.5
                2025-02-21,Market,Cake,40.5
                2025-03-02,Station,Bread,50.5
                """);
        file = bakery.toString();
    }

    private Cli cli() {
        return new Cli(folder.resolve("workspace"));
    }

    @Test
    void continuesTheLastAnswerInAnotherProcess() {
        cli().run("ask", file, "total revenue by shop", "--json");

        Cli.Run run = cli().run("ask", file, "only Bread", "--continue", "--json");
        Cli.Run back = cli().run("ask", file, "undo", "--continue", "--json");

        assertEquals(0, run.exitCode(), run.out() + run.err());
        JsonNode answer = run.json();
        assertEquals(
                "filter added: product is 'Bread'",
                answer.path("changes").get(0).asText());
        assertEquals(3, answer.path("steps").get(0).path("totalRows").asInt());
        assertTrue(answer.path("plan").path("steps").get(0).path("filter").isObject());
        assertEquals(
                "back to the answer before", back.json().path("changes").get(0).asText());
        assertTrue(back.json().path("plan").path("steps").get(0).path("filter").isMissingNode());
    }

    @Test
    void refusesToContinueNothing() {
        Cli.Run run = cli().run("ask", file, "by month", "--continue");

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("there is no answer to continue"), run.err());
    }

    @Test
    void talksLineByLine() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(
                "total revenue by shop\nnow by month\nas an area chart\nquit\n".getBytes(StandardCharsets.UTF_8)));
        Cli.Run run;
        try {
            run = cli().run("chat", file, "--no-images");
        } finally {
            System.setIn(before);
        }

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Changed: group: month of day instead of shop"), run.out());
        assertTrue(run.out().contains("Changed: chart: area"), run.out());
        assertTrue(run.out().contains("Words: revenue = revenue, shop = shop"), run.out());
    }

    @Test
    void teachesListsAndForgetsWords() {
        Cli.Run added = cli().run("teach", "add", file, "takings", "--column", "revenue");
        Cli.Run checked = cli().run("teach", "add", file, "how are we", "--as", "total revenue by shop");
        Cli.Run refused = cli().run("teach", "add", file, "x", "--column", "nothing");

        assertEquals(0, added.exitCode(), added.err());
        assertEquals(0, checked.exitCode(), checked.err());
        assertTrue(refused.err().contains("Column 'nothing' is not in data set"), refused.err());
        assertTrue(cli().run("teach", "list").out().contains("takings = column revenue, in bakery"));
        assertEquals(0, cli().run("ask", file, "total takings by shop").exitCode());
        assertEquals(0, cli().run("ask", file, "how are we?").exitCode());
        assertEquals(0, cli().run("teach", "remove", "takings").exitCode());
        assertEquals(2, cli().run("ask", file, "total takings by product").exitCode());
    }
}
