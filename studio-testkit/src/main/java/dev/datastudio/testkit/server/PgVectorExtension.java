package dev.datastudio.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The extension pgvector for PostgreSQL 17, compiled once from Debian's source package in a folder of the user's own
 * below the temporary one, and found there by the next process. Needs {@code gcc} and {@code apt-get}.
 */
final class PgVectorExtension {
    private static final String POSTGRESQL = "17";
    private static final Pattern DEFAULT_VERSION = Pattern.compile("default_version *= *'([0-9.]+)'");

    private final Path folder;

    private PgVectorExtension(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException if a program is missing or fails, in words for the reader of a skipped test */
    static PgVectorExtension built() throws IOException, InterruptedException {
        PgVectorExtension extension = new PgVectorExtension(OwnFolder.named("studio-pgvector-" + POSTGRESQL));
        extension.alone(() -> {
            Path done = extension.folder.resolve("complete");
            if (!Files.exists(done)) {
                extension.build();
                Files.createFile(done);
            }
        });
        return extension;
    }

    private void alone(Work work) throws IOException, InterruptedException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException(folder + " can't be locked");
            }
            work.run();
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void build() throws IOException, InterruptedException {
        Path compiler = Programs.find("gcc");
        DebianPackages packages = DebianPackages.at(folder.resolve("apt"));
        packages.unpackSource(source(), "pgvector");
        packages.unpack(folder.resolve("headers"), "postgresql-server-dev-" + POSTGRESQL);
        Path headers = folder.resolve("headers/usr/include/postgresql/" + POSTGRESQL + "/server");
        List<String> compile = new ArrayList<>(List.of(compiler.toString(), "-O2", "-ftree-vectorize", "-fPIC"));
        compile.addAll(List.of("-shared", "-I" + headers, "-o", library().toString()));
        try (Stream<Path> files = Files.list(source().resolve("src"))) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".c"))
                    .sorted()
                    .forEach(compile::add);
        }
        compile.add("-lm");
        Programs.run(compile, Map.of(), folder, folder.resolve("gcc.log"));
    }

    private Path source() {
        return folder.resolve("source");
    }

    private Path library() {
        return folder.resolve("vector.so");
    }

    /** Where servers may unpack their programs, so that only they have the extension. */
    Path servers() throws IOException {
        return Files.createDirectories(folder.resolve("servers"));
    }

    /** Puts the extension where the servers in {@link #servers()} look for it. */
    void install() throws IOException, InterruptedException {
        String control = Files.readString(source().resolve("vector.control"), UTF_8);
        Matcher version = DEFAULT_VERSION.matcher(control);
        if (!version.find()) {
            throw new IOException("vector.control names no default_version");
        }
        alone(() -> {
            try (Stream<Path> servers = Files.list(servers())) {
                for (Path server : servers.filter(PgVectorExtension::isServer).toList()) {
                    Path scripts = server.resolve("share/postgresql/extension");
                    copy(library(), server.resolve("lib/postgresql/vector.so"));
                    copy(source().resolve("sql/vector.sql"), scripts.resolve("vector--" + version.group(1) + ".sql"));
                    copy(source().resolve("vector.control"), scripts.resolve("vector.control"));
                }
            }
        });
    }

    private static boolean isServer(Path folder) {
        return Files.isDirectory(folder.resolve("lib/postgresql"))
                && Files.isDirectory(folder.resolve("share/postgresql/extension"));
    }

    /** Leaves alone what is there: a server may have it in use. */
    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Path part = to.resolveSibling(to.getFileName() + ".part");
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
