package dev.datastudio.core.code.internal;

import dev.datastudio.api.code.CodeLimits;
import dev.datastudio.api.code.CodeOutput;
import dev.datastudio.api.code.CodeResult.Ending;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A jail while it runs: the only class here that starts a process. Everything in it is gone when {@link #run} ends. */
final class JailProcess {
    private static final Logger LOG = LoggerFactory.getLogger(JailProcess.class);
    private static final int CPU_SIGNAL = 128 + 24;
    private static final long LOOK_EVERY_MILLIS = 50;

    private JailProcess() {}

    /** How it ended, and what it printed. */
    record Ended(Ending ending, int exitCode, CodeOutput standardOutput, CodeOutput errorOutput, long nanos) {}

    /**
     * Runs one to its end, which is nearer when it takes too much or is cancelled; then the result is not looked at.
     *
     * <p>bubblewrap and what is in the jail die with the thread that started them, so it is waited for on this one.
     */
    static Ended run(List<String> command, Path job, CodeLimits limits, Cancellation cancellation) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.redirectInput(job.toFile());
        long started = System.nanoTime();
        Process process = builder.start();
        try {
            KeptOutput out = KeptOutput.of(process.getInputStream(), limits.maxOutputBytes(), "studio-code-output");
            KeptOutput errors = KeptOutput.of(process.getErrorStream(), limits.maxOutputBytes(), "studio-code-errors");
            Ending ending = await(process, limits, started, cancellation);
            kill(process);
            int exit = process.waitFor();
            if (ending == Ending.EXITED && exit == CPU_SIGNAL) {
                ending = Ending.CPU_TIME;
            }
            return new Ended(ending, exit, out.await(), errors.await(), System.nanoTime() - started);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } finally {
            kill(process);
        }
    }

    private static Ending await(Process process, CodeLimits limits, long started, Cancellation cancellation)
            throws InterruptedException {
        long end = started + limits.wallTime().toNanos();
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (process.waitFor(Math.max(1, Math.min(left, LOOK_EVERY_MILLIS)), TimeUnit.MILLISECONDS)) {
                return Ending.EXITED;
            }
            if (left <= 0 || cancellation.isCancelled()) {
                return Ending.WALL_TIME;
            }
            if (memory(process) > limits.memoryBytes()) {
                return Ending.MEMORY;
            }
        }
    }

    /** Bytes in use by all processes of the jail; pages that they share are counted for each. */
    private static long memory(Process process) {
        return process.descendants().mapToLong(one -> resident(one.pid())).sum();
    }

    private static long resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (NoSuchFileException e) {
            return 0; // it ended meanwhile
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.debug("The memory of process {} can't be read: {}", pid, e.getMessage());
            return 0;
        }
    }

    /** The first process of a jail takes all others with it; it dies with its parent, but is not waited for by it. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
