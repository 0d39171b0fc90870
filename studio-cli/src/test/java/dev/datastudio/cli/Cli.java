package dev.datastudio.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.progress.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the command inside the test as a shell would. */
final class Cli {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path workspace;

    Cli(Path workspace) {
        this.workspace = workspace;
    }

    /** What a command printed and ended with. */
    record Run(int exitCode, String out, String err) {
        JsonNode json() {
            try {
                return MAPPER.readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + out + err, e);
            }
        }
    }

    /** Runs a command on the workspace of this test. */
    Run run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.add("--workspace=" + workspace);
        return runAsTyped(all.toArray(String[]::new));
    }

    /** Runs a command that has no workspace. */
    static Run runAsTyped(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.Progress.HIDDEN,
                Cancellation.none());
        int code = StudioCommand.run(terminal, words);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
