package dev.datastudio.rag.extract;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.extract.internal.ChildProcess;
import dev.datastudio.rag.extract.internal.ExtractionChild;
import dev.datastudio.rag.extract.internal.Outcomes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads documents in processes of their own: with little memory, no variable of the environment, no network, and killed
 * when the time is over. A file that crashes its reader or fills its memory does no harm to this program. Thread-safe;
 * reads as many files at once as it has processes.
 *
 * <p>A process is started when it is needed and takes one file after the other; one that broke down is replaced. The
 * processes end with {@link #close()}, and by themselves when this program dies.
 */
public final class ChildProcessExtractor implements DocumentExtractor {
    private static final int MAX_FILES = 500;
    private static final long START_SECONDS = 120;

    private final List<String> command;
    private final Path folder;
    private final Semaphore permits;
    private final Deque<ChildProcess> idle = new ConcurrentLinkedDeque<>();
    private final Set<ChildProcess> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ChildProcessExtractor(Builder builder, Path folder) {
        this.folder = folder;
        this.permits = new Semaphore(builder.processes, true);
        this.command = builder.command(folder);
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "studio-extract-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        this.timer = executor;
    }

    /** An extractor with one process of 512 MiB. */
    public static ChildProcessExtractor open() {
        return builder().open();
    }

    /** Sets an extractor up. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets up a {@link ChildProcessExtractor}. Not thread-safe. */
    public static final class Builder {
        private int maxHeapMiB = 512;
        private int processes = 1;
        private List<String> launch = List.of();

        private Builder() {}

        /** The most heap of a process, 64 to 65,536 MiB; 512 unless set. */
        public Builder maxHeapMiB(int mebibytes) {
            maxHeapMiB = mebibytes;
            return this;
        }

        /** How many processes there may be, 1 to 64; 1 unless set. */
        public Builder processes(int count) {
            processes = count;
            return this;
        }

        /**
         * The arguments of Java that start the main class, when that is not on the class path of this program as it is.
         * From the jar of a Spring Boot application: {@code -cp, app.jar,
         * -Dloader.main=dev.datastudio.rag.extract.internal.ExtractionChild,
         * org.springframework.boot.loader.launch.PropertiesLauncher}.
         */
        public Builder launch(List<String> arguments) {
            launch = List.copyOf(arguments);
            return this;
        }

        /**
         * Makes the extractor; no process is started yet.
         *
         * @throws IllegalArgumentException if a value is out of its range
         * @throws StudioException {@link ErrorCode#STORAGE_NOT_WRITABLE} if there is no folder for temporary files
         */
        public ChildProcessExtractor open() {
            if (maxHeapMiB < 64 || maxHeapMiB > 65_536 || processes < 1 || processes > 64) {
                throw new IllegalArgumentException("maxHeapMiB must be in 64..65536 and processes in 1..64, were "
                        + maxHeapMiB + " and " + processes);
            }
            try {
                return new ChildProcessExtractor(this, Files.createTempDirectory("studio-extract-processes"));
            } catch (IOException e) {
                throw new StudioException(
                        ErrorCode.STORAGE_NOT_WRITABLE,
                        "There is no folder for temporary files that can be written to",
                        "Set the system property java.io.tmpdir",
                        e);
            }
        }

        private List<String> command(Path folder) {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current()
                            .info()
                            .command()
                            .filter(path -> path.endsWith("java") || path.endsWith("java.exe"))
                            .orElse(Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString()),
                    "-Xmx" + maxHeapMiB + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:+DisplayVMOutputToStderr", // or its last words would stand between the frames
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "-Djava.awt.headless=true",
                    "-Dfile.encoding=UTF-8",
                    "-Duser.home=" + folder,
                    "-Dpdfbox.fontcache=" + folder,
                    "-Dlog4j2.statusLoggerLevel=OFF"));
            command.addAll(launch.isEmpty() ? List.of("-cp", classPath(), ExtractionChild.class.getName()) : launch);
            return command;
        }
    }

    /** That of this program; the process has another working directory, so nothing in it may be relative. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .map(entry -> new File(entry).getAbsolutePath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public String name() {
        return "child-process";
    }

    @Override
    public String version() {
        return Outcomes.READERS;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StudioException also {@link ErrorCode#DEPENDENCY_MISSING} when no process can be started
     */
    @Override
    public Extraction extract(
            DocumentSource source, ExtractionLimits limits, DocumentSink sink, Cancellation cancellation) {
        Objects.requireNonNull(sink, "sink");
        requireOpen();
        Outcomes.requireFile(source);
        awaitTurn(cancellation);
        try {
            return extractNow(source, limits, sink, cancellation);
        } finally {
            permits.release();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("The extractor is closed");
        }
    }

    private void awaitTurn(Cancellation cancellation) {
        try {
            do {
                cancellation.throwIfCancelled();
            } while (!permits.tryAcquire(100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    private Extraction extractNow(
            DocumentSource source, ExtractionLimits limits, DocumentSink sink, Cancellation cancellation) {
        ChildProcess child = child();
        AtomicBoolean overdue = new AtomicBoolean();
        ScheduledFuture<?> alarm = timer.schedule(
                () -> {
                    overdue.set(true);
                    child.kill();
                },
                limits.maxTime().toNanos(),
                TimeUnit.NANOSECONDS);
        Cancellation.Registration killing = cancellation.onCancel(child::kill);
        try (killing) {
            Extraction result = child.read(source, limits, sink);
            alarm.cancel(false);
            if (child.isUsable() && !overdue.get()) {
                return result;
            }
            cancellation.throwIfCancelled();
            return overdue.get() && result.status() == ExtractionStatus.FAILED
                    ? Outcomes.timedOut(source, limits, result.characters())
                    : result;
        } finally {
            alarm.cancel(false);
            giveBack(child, overdue.get() || cancellation.isCancelled());
        }
    }

    private ChildProcess child() {
        for (ChildProcess child = idle.poll(); child != null; child = idle.poll()) {
            if (child.isUsable()) {
                return child;
            }
            end(child);
        }
        try {
            ChildProcess child = start();
            if (closed.get()) {
                end(child);
                requireOpen();
            }
            return child;
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "The process that reads documents could not be started",
                    "Check that this program may start " + StudioException.quote(command.get(0))
                            + ", or read documents in process",
                    e);
        }
    }

    private ChildProcess start() throws IOException {
        Path own = Files.createTempDirectory(folder, "process");
        List<String> complete = new ArrayList<>(command);
        complete.add(1, "-Djava.io.tmpdir=" + own);
        ChildProcess child = ChildProcess.start(complete, own);
        all.add(child);
        ScheduledFuture<?> alarm = timer.schedule(child::kill, START_SECONDS, TimeUnit.SECONDS);
        try {
            child.awaitHello();
            return child;
        } catch (StudioException e) {
            end(child);
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private void giveBack(ChildProcess child, boolean killed) {
        if (killed || closed.get() || !child.isUsable() || child.files() >= MAX_FILES) {
            end(child);
        } else {
            idle.push(child);
        }
    }

    private void end(ChildProcess child) {
        all.remove(child);
        child.close();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            timer.shutdownNow();
            all.forEach(this::end);
            ChildProcess.delete(folder);
        }
    }
}
