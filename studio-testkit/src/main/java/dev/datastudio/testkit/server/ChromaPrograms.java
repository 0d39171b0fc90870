package dev.datastudio.testkit.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The server in the npm package {@code chromadb}, fetched once to a folder of the user's own below the temporary one and
 * found there by the next process. Where the C library of this machine is too old for it, those of Debian 13 are fetched
 * beside it; nothing is installed.
 */
final class ChromaPrograms {
    private static final String VERSION = "3.5.0";
    private static final String SYSTEM_LIBRARIES = "/usr/lib/x86_64-linux-gnu";

    private final Path folder;
    private final List<String> node;

    private ChromaPrograms(Path folder, List<String> node) {
        this.folder = folder;
        this.node = node;
    }

    /** @throws IOException if a program is missing or fails, in words for the reader of a skipped test */
    static ChromaPrograms fetched() throws IOException, InterruptedException {
        Path node = Programs.find("node").toRealPath();
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
                Programs.find("npm").toString(),
                "install",
                "--prefix",
                folder.toString(),
                "--no-save",
                "--no-package-lock",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "chromadb@" + VERSION);
        Programs.run(install, Map.of(), folder, folder.resolve("npm.log"));
        Files.createFile(done);
    }

    private boolean runsHere() throws IOException, InterruptedException {
        Process process = start(List.of("--version"), folder.resolve("version.log"));
        try {
            return process.waitFor(Programs.PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private ChromaPrograms checked() throws IOException, InterruptedException {
        if (!runsHere()) {
            throw new IOException("it does not run here, " + Programs.tail(folder.resolve("version.log")));
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
            DebianPackages.at(folder.resolve("apt")).unpack(libraries, "libc6", "libstdc++6", "libgcc-s1");
            Files.createFile(done);
        }
        Path own = libraries.resolve(SYSTEM_LIBRARIES.substring(1));
        return List.of(
                own.resolve("ld-linux-x86-64.so.2").toString(),
                "--library-path",
                own + ":" + SYSTEM_LIBRARIES,
                node.toString());
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
