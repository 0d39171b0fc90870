package dev.datastudio.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link JobChild}, and what it has said. */
final class JobProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path errors;
    private final List<String> said = new ArrayList<>();
    private final Thread reader = new Thread(this::read);

    private JobProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        reader.start();
    }

    static JobProcess start(String location, Path folder, Duration heartbeat, int missed) throws IOException {
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process = new ProcessBuilder(JavaCommand.of(
                        JobChild.class,
                        location,
                        folder.toString(),
                        String.valueOf(heartbeat.toMillis()),
                        String.valueOf(missed)))
                .redirectError(errors.toFile())
                .start();
        return new JobProcess(process, errors);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                say(line);
            }
        } catch (IOException e) {
            say("killed in the middle of a line");
        } finally {
            say("gone");
        }
    }

    private synchronized void say(String line) {
        said.add(line);
        notifyAll();
    }

    /** Waits until it has said something. */
    synchronized void await(String line) throws InterruptedException, IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!said.contains(line)) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            assertTrue(left > 0 && !said.contains("gone"), "not '" + line + "' but " + said + Files.readString(errors));
            wait(left);
        }
    }

    /** How many of the lines that it has said begin so. */
    synchronized int count(String beginning) {
        return (int) said.stream().filter(line -> line.startsWith(beginning)).count();
    }

    /** Waits until so many of the lines that it has said begin so, at most so long; gives whether they do. */
    synchronized boolean hasSaid(String beginning, int count, Duration limit) throws InterruptedException, IOException {
        long until = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis(); count(beginning) < count && left > 0; ) {
            assertFalse(said.contains("gone"), "it ended after " + said + Files.readString(errors));
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        return count(beginning) >= count;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Stops it as it is ({@code STOP}), or lets it go on ({@code CONT}). */
    void signal(String name) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor());
    }

    /** Has it end by itself. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        await(JobChild.CLOSED);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
