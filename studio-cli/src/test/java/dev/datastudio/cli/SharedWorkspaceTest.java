package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One workspace, several processes (S10). */
class SharedWorkspaceTest {
    @TempDir
    Path folder;

    @Test
    void asksWhileAnotherProcessHoldsTheWorkspaceOpen() throws IOException, InterruptedException {
        Path sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,sales\nNorth,10\nSouth,20\n");
        Path workspace = folder.resolve("workspace");
        try (Studio holder = Studio.open(workspace)) {
            Dataset dataset = holder.datasets().importFile(sales);
            Analyst.of(holder).ask(dataset, "total sales");

            Process other = new ProcessBuilder(JavaCommand.of(
                            StudioCommand.class,
                            "ask",
                            sales.toString(),
                            "average sales by region",
                            "--workspace=" + workspace))
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(other.waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, other.exitValue(), printed);
            assertTrue(
                    Analyst.of(holder).ask(dataset, "average sales by region").cached(),
                    "the other process's answer serves here");
        }
    }

    @Test
    void searchesDocumentsWhileAnotherProcessAddsOne() throws IOException, InterruptedException {
        Path known = Files.writeString(folder.resolve("known.txt"), "The bridge was opened in 1932.");
        Path fresh = Files.writeString(folder.resolve("fresh.txt"), "The bridge of Lind is painted green.");
        Cli cli = new Cli(folder.resolve("workspace"));
        assertEquals(0, cli.run("documents", "add", known.toString()).exitCode());
        Process other = new ProcessBuilder(JavaCommand.of(
                        SlowIngestion.class, folder.resolve("workspace").toString(), fresh.toString(), "store"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8);
                OutputStream order = other.getOutputStream()) {
            assertEquals("waiting", said.readLine());

            Cli.Run meanwhile = cli.run("documents", "search", "bridge");
            String list = cli.run("documents", "list").out();
            order.write('!');
            order.flush();
            String ended = said.lines().reduce("", (before, line) -> line);
            Cli.Run afterwards = cli.run("documents", "search", "bridge");

            assertEquals(0, meanwhile.exitCode(), meanwhile.err());
            assertTrue(meanwhile.out().contains("opened in 1932"), meanwhile.out());
            assertFalse(meanwhile.out().contains("painted green"), meanwhile.out());
            assertTrue(list.contains("fresh.txt"), list);
            assertEquals("DONE", ended);
            assertTrue(afterwards.out().contains("painted green"), afterwards.out());
        } finally {
            other.destroyForcibly();
        }
    }
}
