package dev.datastudio.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Unpacks the native libraries of the two databases once, when the command is built, so that no start has to.
 *
 * <p>DuckDB's driver writes its library of some 70 MB to a temporary file at every start of a JVM, as long as it finds
 * it in its jar; without that entry it loads the file of the same name beside the jar. So the jar in the command's own
 * folder is rewritten without it. SQLite's driver takes a folder from {@code org.sqlite.lib.path}.
 */
final class UnpackedLibraries {
    private static final String DUCKDB_LIBRARY = "libduckdb_java.so_";
    private static final String SQLITE_LIBRARY = "libsqlitejdbc.so";

    private UnpackedLibraries() {}

    /** Unpacks into the folder of the jars, its one argument; does nothing on systems other than Linux. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            for (Path jar : jars(folder, "duckdb_jdbc")) {
                unpackDuckDb(jar, processor("amd64", "arm64"));
            }
            for (Path jar : jars(folder, "sqlite-jdbc")) {
                unpackSqlite(jar, processor("x86_64", "aarch64"));
            }
        }
    }

    private static String processor(String intel, String arm) {
        String processor = System.getProperty("os.arch");
        return processor.equals("aarch64") || processor.equals("arm64") ? arm : intel;
    }

    private static List<Path> jars(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "-")
                            && file.getFileName().toString().endsWith(".jar"))
                    .toList();
        }
    }

    private static void unpackDuckDb(Path jar, String processor) throws IOException {
        String library = DUCKDB_LIBRARY + "linux_" + processor;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(library);
            if (entry == null) {
                return;
            }
            unpack(zip, entry, jar.resolveSibling(library));
            Path slim = jar.resolveSibling(jar.getFileName() + ".new");
            writeWithoutLibraries(zip, slim);
            Files.move(slim, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void writeWithoutLibraries(ZipFile zip, Path target) throws IOException {
        List<ZipEntry> kept = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            if (!entry.getName().startsWith(DUCKDB_LIBRARY)) {
                kept.add(entry);
            }
        }
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : kept) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = zip.getInputStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static void unpackSqlite(Path jar, String processor) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry("org/sqlite/native/Linux/" + processor + "/" + SQLITE_LIBRARY);
            if (entry != null) {
                unpack(zip, entry, jar.resolveSibling(SQLITE_LIBRARY));
            }
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".new");
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
