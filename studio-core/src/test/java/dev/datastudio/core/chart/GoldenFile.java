package dev.datastudio.core.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that must stay as it is. Written anew by {@code mvn test -pl studio-core -am -Dgolden.update=true}. */
public final class GoldenFile {
    private static final Path FOLDER = Path.of("src/test/resources/dev/datastudio/core/chart/golden");

    private GoldenFile() {}

    /** Compares a text with the file of that name, or writes it when the update is asked for. */
    public static void assertSame(String name, String actual) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, actual);
            }
            assertEquals(
                    Files.readString(file),
                    actual,
                    () -> file + "; if the change is right, run the tests with"
                            + " -Dgolden.update=true and look at the difference");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
