package dev.datastudio.cli;

import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Asks a few questions of a small table in a folder of its own, so that the classes of a question get loaded. */
@Command(name = "warm-up", hidden = true, description = "Loads what a question needs; used when Studio is built.")
final class WarmUpCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("studio-warm-up-");
        try {
            Path file = folder.resolve("orders.csv");
            Files.writeString(file, table());
            String workspace = folder.resolve("workspace").toString();
            int code = 0;
            code |= ask(
                    file, "Show the distribution of amount and plot the monthly trend of amount", workspace, "--json");
            code |= ask(file, "average amount by region", workspace, "--json");
            code |= ask(file, "average amount by region", workspace, "--json");
            code |= ask(file, "how many rows per region", workspace, "--rows=10");
            return code;
        } finally {
            delete(folder);
        }
    }

    private static int ask(Path file, String question, String workspace, String option) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(nowhere, System.err, Terminal.Progress.HIDDEN, Cancellation.none());
        return StudioCommand.run(terminal, "ask", file.toString(), question, "--workspace", workspace, option);
    }

    private static String table() {
        StringBuilder text = new StringBuilder("day,region,amount\n");
        for (int i = 0; i < 60; i++) {
            text.append(String.format(
                    "2024-%02d-%02d,%s,%d.5%n", 1 + i % 12, 1 + i % 28, i % 3 == 0 ? "North" : "South", i));
        }
        return text.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
