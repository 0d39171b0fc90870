package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports over files, by a configured model and without one (R4, R8). */
@Timeout(120)
class ReportCommandTest {
    private final ScriptedModelServer server = ScriptedModelServer.start();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private Path orders() throws IOException {
        return Files.writeString(folder.resolve("orders.csv"), "region,sales\nNorth,10\nSouth,20\nNorth,40\n");
    }

    @Test
    void aConfiguredModelWritesTheSql() throws IOException {
        Cli cli = new Cli(folder.resolve("workspace"));
        Cli.Run added =
                cli.run("models", "add", "Own", "--provider=generic", "--model=m", "--endpoint=" + server.baseUrl());
        assertEquals(0, added.exitCode(), added.err());
        server.inTurn(
                ModelReply.text("{\"about\":\"data\",\"reply\":\"\"}"),
                ModelReply.text(
                        "{\"sql\":\"SELECT region, sum(sales) AS sales FROM orders GROUP BY region ORDER BY 1\","
                                + "\"description\":\"Sales of each region.\",\"problem\":\"\"}"),
                ModelReply.text("{\"form\":\"table\",\"why\":\"\"}"),
                ModelReply.text("{\"text\":\"North sold 50, South 20.\"}"));

        Cli.Run run = cli.run("report", orders().toString(), "sales by region", "--trace");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("North sold 50, South 20."), run.out());
        assertTrue(run.out().contains("Sales of each region."), run.out());
        assertTrue(run.out().contains("tables read: orders (data sets)"), run.out());
        assertTrue(run.out().contains("  1. screen      The message is about the data [Own (m), screen-1"), run.out());
        assertTrue(run.out().contains("rule: only table"), run.out());
    }

    @Test
    void theBuiltInPlannerAnswersWithoutAModelAndSaysSo() throws IOException {
        Cli cli = new Cli(folder.resolve("workspace"));

        Cli.Run run = cli.run("report", orders().toString(), "total sales by region", "--json");

        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertEquals("answered", run.json().path("status").asText());
        assertEquals(
                "No language model is configured, so the built-in planner answered.",
                run.json().path("notes").path(0).asText());
    }

    @Test
    void saysWhatIsWrongWithItsWords() throws IOException {
        Cli cli = new Cli(folder.resolve("workspace"));

        Cli.Run model = cli.run("report", orders().toString(), "total sales", "--model=Nobody");
        Cli.Run noQuestion = cli.run("report", orders().toString(), orders().toString());
        Cli.Run noFile = cli.run("report", "nowhere.csv", "total sales");

        assertTrue(model.err().contains("Nobody"), model.err());
        assertTrue(noQuestion.err().contains("is a file, no question"), noQuestion.err());
        assertEquals(1, noFile.exitCode());
    }
}
