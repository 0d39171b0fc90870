package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five lines in the shell feel like a notebook (S5). */
class ShellCommandTest {
    @TempDir
    Path folder;

    @Test
    void answersWhatIsTypedIntoIt() throws IOException, InterruptedException {
        Path sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,sales\nNorth,10\nNorth,20\nSouth,40\n");

        Path bridge = folder.resolve("bridge.md");
        Files.writeString(bridge, "# The bridge\n\nThe bridge is 400 m long.\n");

        String printed = type("""
                var sales = open("%s");
                var answer = ask("average sales by region");
                show(answer);
                sql("SELECT region, count(*) AS n FROM sales GROUP BY region ORDER BY region");
                studio.datasets().list().size()
                var added = documents.add(Path.of("%s"));
                documents.ask("How long is the bridge?").text()
                /exit
                """.formatted(sales, bridge));

        assertTrue(printed.contains("sales: 3 rows, 2 columns"), printed);
        assertTrue(printed.contains("answer ==> Answer[answered, 1 step]"), printed);
        assertTrue(printed.contains("picture: "), printed);
        assertTrue(printed.contains("North  | 2"), printed);
        assertTrue(printed.contains("==> 1"), printed);
        assertTrue(printed.contains("The bridge is 400 m long."), printed);
        assertFalse(printed.contains("Exception"), printed);
    }

    @Test
    void saysErrorsInWordsWithoutAStack() throws IOException, InterruptedException {
        String printed = type("""
                open("none.csv");
                ask("total sales");
                /exit
                """);

        assertTrue(printed.contains("none.csv' is not there. Check the path"), printed);
        assertTrue(printed.contains("No file is open in this shell. Open one first"), printed);
        assertFalse(printed.contains("        at "), printed);
    }

    private String type(String lines) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed.txt");
        Process shell = new ProcessBuilder(
                        JavaCommand.of(StudioCommand.class, "shell", "--workspace=" + folder.resolve("workspace")))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try (var in = shell.getOutputStream()) {
            in.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(shell.waitFor(2, TimeUnit.MINUTES), "the shell has not ended");
        assertEquals(0, shell.exitValue());
        return Files.readString(printed);
    }
}
