package dev.datastudio.core.query.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NativeLibraryCacheTest {
    @TempDir
    Path folder = Path.of("");

    /** What the started JVM runs: says whether its DuckDB library was mapped from the folder given. */
    static final class OpenDuckDb {
        private OpenDuckDb() {}

        public static void main(String[] arguments) throws SQLException, IOException {
            try (Connection connection = DuckDbDriver.open()) {
                boolean cached = Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
                        .lines()
                        .anyMatch(line -> line.contains(arguments[0]) && line.contains("libduckdb_java"));
                System.out.println(connection.isValid(1) ? "cached=" + cached : "not valid");
            }
        }
    }

    @Test
    void loadsTheLibraryFromTheCopyThatAnEarlierStartLeft() throws Exception {
        Path cache = folder.resolve("cache");

        String first = start(cache.toString(), cache);
        List<Path> copies = files(cache);
        String second = start(cache.toString(), cache);

        assertEquals("cached=true", first);
        assertEquals("cached=true", second);
        assertEquals(1, copies.size());
        assertEquals(copies, files(cache));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copies.get(0))));
    }

    @Test
    void leavesTheDriverAloneWhenSwitchedOff() throws Exception {
        assertEquals("cached=false", start("off", folder.resolve("cache")));
    }

    @Test
    void loadsNoCopyThatOthersCouldHaveWritten() throws Exception {
        Path cache = folder.resolve("cache");
        start(cache.toString(), cache);
        Files.setPosixFilePermissions(files(cache).get(0), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertEquals("cached=false", start(cache.toString(), cache));
    }

    @Test
    void keepsNothingInAFolderThatOthersMayChange() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        IOException error = assertThrows(IOException.class, () -> PrivateFolder.open(open.resolve("mine")));

        assertTrue(String.valueOf(error.getMessage()).contains("can be changed by others"), error::toString);
    }

    @Test
    void keepsNoDamagedCopy() throws Exception {
        PrivateFolder copies = PrivateFolder.open(folder.resolve("copies"));
        URL source = Files.writeString(folder.resolve("source"), "text").toUri().toURL();

        assertThrows(IOException.class, () -> copies.keep("library", source, 4, 1));

        assertEquals(List.of(), files(copies.path()));
    }

    private static String start(String setting, Path cache) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-D" + NativeLibraryCache.PROPERTY + "=" + setting,
                        "-cp",
                        classPath(),
                        OpenDuckDb.class.getName(),
                        cache.toString())
                .redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output.strip();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
