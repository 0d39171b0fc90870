package dev.datastudio.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of this machine. */
final class Programs {
    /** How long one may take. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private Programs() {}

    /** @throws IOException if there is none of this name, in words for the reader of a skipped test */
    static Path find(String name) throws IOException {
        for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path program = Path.of(place).resolve(name);
            if (!place.isEmpty() && Files.isExecutable(program)) {
                return program;
            }
        }
        throw new IOException("there is no program '" + name + "' here");
    }

    /**
     * Waits until one is done.
     *
     * @param environment added to that of this process
     * @throws IOException if it fails or takes too long
     */
    static void run(List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("'" + String.join(" ", command) + "' failed, " + tail(log));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** The end of what a program said. */
    static String tail(Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), UTF_8);
        return text.substring(Math.max(0, text.length() - 500)).strip();
    }
}
