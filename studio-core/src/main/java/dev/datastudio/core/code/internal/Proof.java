package dev.datastudio.core.code.internal;

import dev.datastudio.api.code.CodeAvailability;
import dev.datastudio.api.code.CodeLimits;
import dev.datastudio.api.code.CodeRequest;
import dev.datastudio.api.code.CodeResult;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds out whether a jail can be had here, and whether it holds: by trying to break out of it. */
public final class Proof {
    private static final int ATTEMPTS = 16;
    private static final CodeLimits LIMITS = CodeLimits.DEFAULT
            .withWallTime(Duration.ofSeconds(30))
            .withMaxProcesses(16)
            .withMaxFileBytes(16L << 20);
    private static final String VERSIONS = """
            import platform
            print("Python " + platform.python_version(), end="")
            try:
                import pandas
                print(" with pandas " + pandas.__version__, end="")
            except ImportError:
                print(" without pandas (apt-get install python3-pandas brings it)", end="")
            """;

    private final Path temporary;

    private Proof(Path temporary) {
        this.temporary = temporary;
    }

    /**
     * What came out.
     *
     * @param runner empty when it is not available
     */
    public record Verdict(CodeAvailability availability, Optional<JailRunner> runner) {
        private static Verdict no(String why, String mend) {
            return new Verdict(new CodeAvailability(false, why + ". " + mend + "."), Optional.empty());
        }
    }

    /** @param temporary a folder in which folders for single runs are made and removed */
    public static Verdict of(Path temporary) {
        try {
            return new Proof(temporary).verdict();
        } catch (IOException e) {
            return Verdict.no(
                    "The walls around code could not be tried in " + StudioException.quote(temporary) + ": "
                            + StudioException.quote(e.getMessage()),
                    "Give a temporary folder that can be written");
        } catch (StudioException e) {
            return Verdict.no("The walls around code could not be tried: " + e.what(), e.mend());
        }
    }

    private Verdict verdict() throws IOException {
        String system = System.getProperty("os.name", "");
        if (!system.equals("Linux")) {
            return Verdict.no("Code runs behind walls of Linux; this is " + system, "Run the program on Linux");
        }
        String processor = System.getProperty("os.arch", "");
        Optional<byte[]> filter = Seccomp.forProcessor(processor);
        if (filter.isEmpty()) {
            return Verdict.no(
                    "No filter of system calls is known for the processor " + StudioException.quote(processor),
                    "Run the program on x86-64 or 64-bit ARM");
        }
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        Optional<Verdict> missing = missing(root);
        if (missing.isPresent()) {
            return missing.get();
        }
        return tried(new JailRunner(new Jail(root), filter.get(), temporary));
    }

    private static Optional<Verdict> missing(boolean root) {
        return missing(Jail.BWRAP, "bubblewrap")
                .or(() -> missing(Jail.PYTHON, "python3"))
                .or(() -> missing(Jail.PRLIMIT, "util-linux"))
                .or(() -> root ? missing(Jail.SETPRIV, "util-linux") : Optional.empty());
    }

    private static Optional<Verdict> missing(String program, String debianPackage) {
        return Files.isExecutable(Path.of(program))
                ? Optional.empty()
                : Optional.of(Verdict.no(
                        program + " is not there",
                        "Install the package " + debianPackage + ", on Debian with: apt-get install " + debianPackage));
    }

    private Verdict tried(JailRunner runner) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "studio-proof-");
        Path canary = Files.writeString(folder.resolve("canary"), "canary");
        Path facts = folder.resolve("facts");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String home = System.getProperty("user.home", "/root");
            Files.writeString(
                    facts,
                    String.join(
                            "\n",
                            String.valueOf(listener.getLocalPort()),
                            String.valueOf(ProcessHandle.current().pid()),
                            canary.toString(),
                            home));
            CodeRequest attack = CodeRequest.python(attack(), folder.resolve("outputs"))
                    .withLimits(LIMITS)
                    .withInput("facts", facts);
            Optional<Verdict> broken = judge(runner.run(attack, Cancellation.none()));
            if (broken.isPresent()) {
                return broken.get();
            }
            if (!Files.readString(canary).equals("canary") || isConnected(listener)) {
                return Verdict.no(
                        "Code in the jail reached a file or a listener of this machine, though it says that it did not",
                        "Don't run code here; look for what is unusual in bubblewrap or the kernel");
            }
            return available(runner, folder);
        } finally {
            Files.deleteIfExists(folder.resolve("outputs").resolve("flood"));
            Files.deleteIfExists(folder.resolve("outputs"));
            Files.deleteIfExists(facts);
            Files.deleteIfExists(canary);
            Files.deleteIfExists(folder);
        }
    }

    private static String attack() throws IOException {
        try (InputStream in = Proof.class.getResourceAsStream("proof.py")) {
            if (in == null) {
                throw new IllegalStateException("proof.py is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isConnected(ServerSocket listener) throws IOException {
        listener.setSoTimeout(1); // a connection would have been made before the run ended
        try {
            listener.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static Optional<Verdict> judge(CodeResult result) {
        if (result.exitCode() != 0) {
            return Optional.of(Verdict.no(
                    "The jail could not be made, or code in it could not be run (" + result.ending() + ", exit "
                            + result.exitCode() + "): "
                            + StudioException.quote(result.errorOutput().text().strip()),
                    "Allow user namespaces to this user: sysctl kernel.unprivileged_userns_clone=1 on Debian, an"
                            + " AppArmor profile for bwrap on Ubuntu 24.04, a seccomp profile that allows unshare and"
                            + " mount in a container. bubblewrap must be 0.7 or newer, Python 3.9, Linux 5.14"));
        }
        List<String[]> lines = result.standardOutput()
                .text()
                .lines()
                .map(line -> line.split("\t"))
                .toList();
        List<String> done = lines.stream()
                .filter(line -> line.length != 2 || !line[1].equals("refused"))
                .map(line -> line[0])
                .toList();
        if (!done.isEmpty() || lines.size() != ATTEMPTS) {
            return Optional.of(Verdict.no(
                    "The walls around code don't hold here: of " + ATTEMPTS + " attempts " + lines.size()
                            + " were made, and these were not refused: " + done,
                    "Don't run code here; look for what is unusual in bubblewrap or the kernel"));
        }
        return Optional.empty();
    }

    private static Verdict available(JailRunner runner, Path folder) {
        CodeRequest request =
                CodeRequest.python(VERSIONS, folder.resolve("none")).withLimits(LIMITS);
        CodeResult result = runner.run(request, Cancellation.none());
        if (result.exitCode() != 0) {
            return Verdict.no(
                    "Python in the jail could not tell its version: "
                            + StudioException.quote(result.errorOutput().text().strip()),
                    "Repair the installation of Python");
        }
        return new Verdict(new CodeAvailability(true, result.standardOutput().text()), Optional.of(runner));
    }
}
