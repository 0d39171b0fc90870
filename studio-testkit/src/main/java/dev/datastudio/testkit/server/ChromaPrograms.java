package dev.datastudio.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The server in the npm package {@code chromadb}, fetched once to a folder of the user's own below the temporary one and
 * found there by the next process. Where the C library of this machine is too old for it, those of Debian 13 are fetched
 * beside it; nothing is installed.
 */
final class ChromaPrograms {
    private static final String VERSION = "3.5.0";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SYSTEM_LIBRARIES = "/usr/lib/x86_64-linux-gnu";

    private final Path folder;
    private final List<String> node;

    private ChromaPrograms(Path folder, List<String> node) {
        this.folder = folder;
        this.node = node;
    }

    /** @throws IOException if a program is missing or fails, in words for the reader of a skipped test */
    static ChromaPrograms fetched() throws IOException, InterruptedException {
        Path node = program("node").toRealPath();
        Path folder = OwnFolder.named("studio-chroma-" + VERSION);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException(folder + " can't be locked");
            }
            fetchPackage(folder);
            ChromaPrograms plain = new ChromaPrograms(folder, List.of(node.toString()));
            if (plain.runsHere()) {
                return plain;
            }
            return new ChromaPrograms(folder, withLibraries(folder, node)).checked();
        }
    }

    private static void fetchPackage(Path folder) throws IOException, InterruptedException {
        Path done = folder.resolve("package.complete");
        if (Files.exists(done)) {
            return;
        }
        List<String> install = List.of(
                program("npm").toString(),
                "install",
                "--prefix",
                folder.toString(),
                "--no-save",
                "--no-package-lock",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "chromadb@" + VERSION);
        run(install, Map.of(), folder, folder.resolve("npm.log"));
        Files.createFile(done);
    }

    private static Path program(String name) throws IOException {
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path program = Path.of(place).resolve(name);
            if (!place.isEmpty() && Files.isExecutable(program)) {
                return program;
            }
        }
        throw new IOException("there is no program '" + name + "' here");
    }

    private boolean runsHere() throws IOException, InterruptedException {
        Process process = start(List.of("--version"), folder.resolve("version.log"));
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private ChromaPrograms checked() throws IOException, InterruptedException {
        if (!runsHere()) {
            throw new IOException("it does not run here, " + tail(folder.resolve("version.log")));
        }
        return this;
    }

    /** How node is called with libraries that only it sees. */
    private static List<String> withLibraries(Path folder, Path node) throws IOException, InterruptedException {
        if (!System.getProperty("os.arch").equals("amd64")) {
            throw new IOException("its C library is too old, and a newer one is only fetched on x86-64");
        }
        Path libraries = folder.resolve("libraries");
        Path done = folder.resolve("libraries.complete");
        if (!Files.exists(done)) {
            fetchLibraries(folder.resolve("apt"), libraries);
            Files.createFile(done);
        }
        Path own = libraries.resolve(SYSTEM_LIBRARIES.substring(1));
        return List.of(
                own.resolve("ld-linux-x86-64.so.2").toString(),
                "--library-path",
                own + ":" + SYSTEM_LIBRARIES,
                node.toString());
    }

    private static void fetchLibraries(Path apt, Path libraries) throws IOException, InterruptedException {
        Path aptGet = program("apt-get");
        Path dpkg = program("dpkg");
        Map<String, String> environment =
                Map.of("APT_CONFIG", configured(apt, mirror()).toString());
        Path log = apt.resolve("log");
        run(List.of(aptGet.toString(), "update"), environment, apt, log);
        run(List.of(aptGet.toString(), "download", "libc6", "libstdc++6", "libgcc-s1"), environment, apt, log);
        try (Stream<Path> packages = Files.list(apt)) {
            for (Path file : packages.filter(p -> p.toString().endsWith(".deb")).toList()) {
                run(List.of(dpkg.toString(), "-x", file.toString(), libraries.toString()), Map.of(), apt, log);
            }
        }
    }

    /** A configuration that keeps lists and packages apart from those of the machine, and trusts the machine's keys. */
    private static Path configured(Path apt, String mirror) throws IOException {
        Files.createDirectories(apt.resolve("lists/partial"));
        Files.createDirectories(apt.resolve("archives/partial"));
        Path none = Files.createDirectories(apt.resolve("none"));
        Path sources = apt.resolve("sources.list");
        Files.writeString(sources, "deb " + mirror + " trixie main\n");
        return Files.writeString(
                apt.resolve("apt.conf"), """
                Dir::State "%1$s";
                Dir::State::status "/dev/null";
                Dir::Cache "%1$s";
                Dir::Etc::sourcelist "%2$s";
                Dir::Etc::sourceparts "%3$s";
                Dir::Etc::preferencesparts "%3$s";
                Acquire::Languages "none";
                APT::Sandbox::User "%4$s";
                """.formatted(apt, sources, none, System.getProperty("user.name")));
    }

    /** Where this machine has its own packages from. */
    private static String mirror() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("/etc/apt/sources.list")));
        Path parts = Path.of("/etc/apt/sources.list.d");
        if (Files.isDirectory(parts)) {
            try (Stream<Path> more = Files.list(parts)) {
                more.filter(p -> p.toString().endsWith(".sources")
                                || p.toString().endsWith(".list"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        for (Path file : files) {
            for (String line : Files.isReadable(file) ? Files.readAllLines(file, UTF_8) : List.<String>of()) {
                for (String word :
                        line.startsWith("URIs:") || line.startsWith("deb ") ? line.split("\\s+") : new String[0]) {
                    if (word.matches("https?://.*/debian/?")) {
                        return word;
                    }
                }
            }
        }
        throw new IOException(
                "its C library is too old, and there is no Debian mirror in /etc/apt to get a newer one from");
    }

    private static void run(List<String> command, Map<String, String> environment, Path folder, Path log)
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

    /** Starts the program {@code chroma}, whose output goes to a file. */
    Process start(List<String> arguments, Path output) throws IOException {
        ProcessBuilder process = new ProcessBuilder(new ArrayList<>(node));
        process.command()
                .add(folder.resolve("node_modules/chromadb/dist/cli.mjs").toString());
        process.command().addAll(arguments);
        return process.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
