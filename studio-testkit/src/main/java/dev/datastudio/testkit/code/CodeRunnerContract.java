package dev.datastudio.testkit.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.datastudio.api.code.CodeFile;
import dev.datastudio.api.code.CodeLimits;
import dev.datastudio.api.code.CodeRequest;
import dev.datastudio.api.code.CodeResult;
import dev.datastudio.api.code.CodeResult.Ending;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CodeRunner} of Python must do, and hold against. Skipped, with its reason, where it is not available. */
public abstract class CodeRunnerContract {
    private static final long LOOK_NANOS = 20_000_000;
    private static final CodeLimits QUICK =
            CodeLimits.DEFAULT.withWallTime(Duration.ofSeconds(30)).withMaxFileBytes(8 << 20);
    private static final String SECRET = "7f3a-canary";

    @TempDir
    Path folder;

    /** The runner under test. */
    protected abstract CodeRunner runner();

    @BeforeEach
    void requireAvailable() {
        assumeTrue(
                runner().availability().isAvailable(),
                () -> runner().availability().text());
    }

    @ParameterizedTest
    @EnumSource(Attack.class)
    void holdsAgainstCodeThat(Attack attack) throws IOException {
        Path host = Files.createDirectory(folder.resolve("host"));
        Path canary = Files.writeString(host.resolve("canary"), SECRET);

        CodeResult result;
        boolean connected;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            result = run(attack.code(facts(canary, listener.getLocalPort())), QUICK);
            connected = isConnected(listener);
        }

        String output = result.standardOutput().text();
        assertEquals(0, result.exitCode(), () -> result.toString());
        assertFalse(output.contains("BROKEN"), output);
        assertEquals(
                attack.count(),
                output.lines().filter(line -> line.startsWith("held")).count(),
                output);
        assertFalse(connected, "the listener got a connection");
        assertEquals(SECRET, Files.readString(canary));
        assertEquals(List.of(canary), list(host));
        for (CodeFile file : result.files()) {
            assertFalse(Files.readString(file.file()).contains(SECRET), file.name());
        }
    }

    private static String facts(Path canary, int port) {
        return "canary, folder, home, port, pid = '%s', '%s', '%s', %d, %d%n"
                .formatted(
                        canary,
                        canary.getParent(),
                        System.getProperty("user.home"),
                        port,
                        ProcessHandle.current().pid());
    }

    private static boolean isConnected(ServerSocket listener) throws IOException {
        listener.setSoTimeout(1);
        try {
            listener.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private CodeResult run(String code, CodeLimits limits) {
        return runner().run(request(code).withLimits(limits), Cancellation.none());
    }

    private CodeRequest request(String code) {
        return CodeRequest.python(code, folder.resolve("outputs")).withLimits(QUICK);
    }

    @Test
    void givesOutputErrorsAndExitCode() {
        CodeResult result = run("import sys; print('näh'); print('oh', file=sys.stderr); sys.exit(3)", QUICK);

        assertEquals(Ending.EXITED, result.ending());
        assertEquals(3, result.exitCode());
        assertEquals("näh\n", result.standardOutput().text());
        assertEquals("oh\n", result.errorOutput().text());
        assertFalse(result.standardOutput().isTruncated());
        assertEquals(List.of(), result.files());
        assertFalse(result.areFilesTruncated());
    }

    @Test
    void readsCopiesOfItsInputsAndGivesWhatItWrote() throws IOException {
        Path same = Files.writeString(folder.resolve("a"), "1\n2\n");
        Path changed = Files.writeString(folder.resolve("b"), "old");
        String code = """
                import os
                total = sum(map(int, open('same.csv')))
                open('changed.csv', 'w').write('new')
                os.mkdir('deep')
                open('deep/total.txt', 'w').write(str(total))
                """;

        CodeResult result = runner().run(
                        request(code).withInput("same.csv", same).withInput("changed.csv", changed),
                        Cancellation.none());

        assertEquals(
                List.of("changed.csv", "deep/total.txt"),
                result.files().stream().map(CodeFile::name).toList(),
                result.errorOutput()::text);
        assertEquals("new", Files.readString(result.files().get(0).file()));
        assertEquals("3", Files.readString(folder.resolve("outputs/deep/total.txt")));
        assertEquals("old", Files.readString(changed));
    }

    @Test
    void leavesOutFilesWithNamesThatCanNotBeKept() {
        CodeResult result = run("for n in ['.hidden', 'a\\\\b', 'a\\nb', 'fine']: open(n, 'w').write(n)", QUICK);

        assertEquals(
                List.of("fine"), result.files().stream().map(CodeFile::name).toList());
        assertTrue(result.areFilesTruncated());
    }

    @Test
    void survivesCodeThatKillsWhatWatchesIt() {
        CodeResult result = run("import os; os.kill(os.getppid(), 9); print('on')", QUICK);

        assertTrue(result.exitCode() != 0, result::toString);
        assertEquals(List.of(), result.files());
        assertTrue(result.areFilesTruncated());
    }

    @Test
    void endsEveryProcessThatTheCodeStarted() {
        String mark = UUID.randomUUID().toString();

        CodeResult result = run("""
                import subprocess, sys
                for _ in range(3):
                    subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()', '%s'],
                                     start_new_session=True)
                """.formatted(mark), QUICK);

        assertEquals(0, result.exitCode(), result.errorOutput()::text);
        assertFalse(isRunning(mark));
    }

    private static boolean isRunning(String mark) {
        return ProcessHandle.allProcesses()
                .anyMatch(one -> one.info().commandLine().orElse("").contains(mark));
    }

    @Test
    void stopsAnEndlessLoop() {
        CodeResult result = run("while True: pass", QUICK.withWallTime(Duration.ofMillis(700)));

        assertEquals(Ending.WALL_TIME, result.ending());
    }

    @Test
    void stopsComputingTooLongAndKeepsWhatWasWritten() {
        CodeResult result = run(
                "print('begun'); open('half', 'w').write('x')\nwhile True: pass",
                QUICK.withCpuTime(Duration.ofSeconds(1)));

        assertEquals(Ending.CPU_TIME, result.ending(), result::toString);
        assertEquals("begun\n", result.standardOutput().text());
        assertEquals(
                List.of("half"), result.files().stream().map(CodeFile::name).toList());
    }

    @Test
    void refusesAFourGigabyteBlock() {
        CodeResult result = run("bytearray(4 << 30)", QUICK);

        assertEquals(1, result.exitCode());
        assertTrue(result.errorOutput().text().contains("MemoryError"), result.errorOutput()::text);
    }

    @Test
    void stopsProcessesThatTogetherUseTooMuchMemory() {
        String code = """
                import os, signal
                for _ in range(6):
                    if os.fork() == 0:
                        block = bytearray(b'x' * (60 << 20))
                        signal.pause()
                signal.pause()
                """;

        CodeResult result = run(code, QUICK.withMemoryBytes(256 << 20));

        assertEquals(Ending.MEMORY, result.ending(), result::toString);
    }

    @Test
    void holdsAgainstAForkBomb() {
        CodeResult result = run("""
                import os
                first, refused = os.getpid(), 0
                while os.getpid() != first or refused < 100:
                    try:
                        os.fork()
                    except OSError:
                        refused += 1
                print('full')
                """, QUICK);

        assertEquals(Ending.EXITED, result.ending());
        assertEquals("full\n", result.standardOutput().text(), result::toString);
    }

    @Test
    void limitsThreads() {
        CodeResult result = run("""
                import threading
                threads = [threading.Thread(target=threading.Event().wait, daemon=True) for _ in range(100)]
                for thread in threads:
                    thread.start()
                """, QUICK);

        assertEquals(1, result.exitCode());
        assertTrue(result.errorOutput().text().contains("can't start new thread"), result.errorOutput()::text);
    }

    @Test
    void keepsTheBeginningOfAFloodOfOutput() {
        CodeResult result = run("""
                import os
                for _ in range(2000):
                    os.write(1, b'x' * 65536)
                    os.write(2, b'y' * 65536)
                """, QUICK.withMaxOutputBytes(1000));

        assertEquals(0, result.exitCode());
        assertEquals("x".repeat(1000), result.standardOutput().text());
        assertTrue(result.standardOutput().isTruncated());
        assertEquals("y".repeat(1000), result.errorOutput().text());
        assertTrue(result.errorOutput().isTruncated());
    }

    @Test
    void holdsAgainstAFloodOfFiles() throws IOException {
        CodeResult result = run("""
                written = 0
                try:
                    for folder in ['/work', '/tmp', '/dev/shm']:
                        for n in range(100):
                            try:
                                with open(folder + '/%d' % n, 'wb') as file:
                                    for _ in range(16):
                                        written += file.write(bytes(1 << 18))
                            except OSError:
                                break
                finally:
                    print(written)
                """, QUICK);

        long written = Long.parseLong(result.standardOutput().text().strip());
        long kept = result.files().stream().mapToLong(CodeFile::bytes).sum();
        assertTrue(written < 4L * QUICK.maxFileBytes(), () -> "wrote " + written);
        assertTrue(kept <= QUICK.maxFileBytes(), () -> "kept " + kept);
        assertTrue(result.areFilesTruncated());
        assertEquals(result.files().size(), list(folder.resolve("outputs")).size());
    }

    @Test
    void givesNoMoreOfASparseFileThanAllowed() {
        CodeResult result = run("open('sparse', 'wb').truncate(9 << 20)", QUICK);

        assertEquals(0, result.exitCode(), result.errorOutput()::text);
        assertEquals(List.of(), result.files());
        assertTrue(result.areFilesTruncated());
    }

    @Test
    void stopsEverythingWhenItIsCancelled() throws Exception {
        String mark = UUID.randomUUID().toString();
        Cancellation cancellation = Cancellation.create();
        String code = """
                import subprocess, sys
                subprocess.run([sys.executable, '-c', 'import signal; signal.pause()', '%s'])
                """.formatted(mark);

        CompletableFuture<CodeResult> running =
                CompletableFuture.supplyAsync(() -> runner().run(request(code), cancellation));
        while (!isRunning(mark) && !running.isDone()) {
            LockSupport.parkNanos(LOOK_NANOS); // nothing tells when a process behind walls has begun
        }
        cancellation.cancel();

        ExecutionException e = assertThrows(ExecutionException.class, running::get);
        assertEquals(
                ErrorCode.CANCELLED,
                assertInstanceOf(StudioException.class, e.getCause()).code());
        assertFalse(isRunning(mark));
    }

    @Test
    void doesNotStartWhenItIsCancelledBefore() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();

        StudioException e = assertThrows(StudioException.class, () -> runner().run(request("1"), cancellation));

        assertEquals(ErrorCode.CANCELLED, e.code());
    }

    @Test
    void refusesAFolderForOutputsThatIsNotEmpty() throws IOException {
        Files.createDirectories(folder.resolve("outputs/old"));

        StudioException e = assertThrows(StudioException.class, () -> run("1", QUICK));

        assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
        assertTrue(e.getMessage().contains("not empty"), e.getMessage());
    }

    @Test
    void refusesInputsThatAreMissingOrTooLarge() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[9 << 20]);
        CodeRequest missing = request("1").withInput("a", folder.resolve("none"));
        CodeRequest tooLarge = request("1").withInput("a", large);

        StudioException first = assertThrows(StudioException.class, () -> runner().run(missing, Cancellation.none()));
        StudioException second = assertThrows(StudioException.class, () -> runner().run(tooLarge, Cancellation.none()));

        assertEquals(ErrorCode.FILE_NOT_FOUND, first.code());
        assertEquals(ErrorCode.LIMIT_EXCEEDED, second.code());
    }
}
