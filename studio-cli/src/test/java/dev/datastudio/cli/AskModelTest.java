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

/** Questions that a configured model reads (A8, P2). */
@Timeout(120)
class AskModelTest {
    private final ScriptedModelServer server = ScriptedModelServer.start();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aConfiguredModelReadsWhatTheBuiltInPlannerDoesNot() throws IOException {
        Cli cli = new Cli(folder.resolve("workspace"));
        Path file = Files.writeString(folder.resolve("orders.csv"), "region,sales\nNorth,10\nSouth,20\nNorth,40\n");
        server.when("what did the northerners fetch").reply(ModelReply.toolCall("plan", """
                        {"steps":[{"op":"aggregate","tables":["orders"],
                          "filter":{"compare":"equal","left":{"column":"region"},"right":"North"},
                          "measures":[{"aggregate":"sum","of":{"column":"sales"}}]}]}
                        """));
        Cli.Run added =
                cli.run("models", "add", "Own", "--provider=generic", "--model=m", "--endpoint=" + server.baseUrl());
        assertEquals(0, added.exitCode(), added.err());

        Cli.Run without = cli.run("ask", file.toString(), "what did the northerners fetch", "--json");
        Cli.Run with = cli.run("ask", file.toString(), "what did the northerners fetch", "--json", "--model=active");
        Cli.Run certain = cli.run("ask", file.toString(), "total sales", "--json", "--model=Own");

        assertEquals(2, without.exitCode(), without.out());
        assertEquals(0, with.exitCode(), with.out() + with.err());
        assertEquals("Own (m)", with.json().path("planner").asText());
        assertEquals(50, with.json().path("steps").path(0).path("value").asInt());
        assertEquals("built-in", certain.json().path("planner").asText());
        assertEquals(1, server.requests().size());
    }

    @Test
    void saysWhichModelIsMissing() throws IOException {
        Cli cli = new Cli(folder.resolve("workspace"));
        Path file = Files.writeString(folder.resolve("orders.csv"), "region,sales\nNorth,10\n");

        Cli.Run missing = cli.run("ask", file.toString(), "total sales", "--model=Nobody");
        Cli.Run policy = cli.run("ask", file.toString(), "total sales", "--model=active", "--model-policy=perhaps");

        assertEquals(1, missing.exitCode());
        assertTrue(missing.err().contains("Nobody"), missing.err());
        assertEquals(1, policy.exitCode());
    }
}
