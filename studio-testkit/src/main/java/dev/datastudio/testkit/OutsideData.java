package dev.datastudio.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real data sets that are not part of the project, in the folder that the environment variable {@code STUDIO_TEST_DATA}
 * names. Tests that need one skip by name when it is not there.
 */
public final class OutsideData {
    /** The environment variable that names the folder. */
    public static final String VARIABLE = "STUDIO_TEST_DATA";

    private OutsideData() {}

    /**
     * A file or folder of the outside data, or the test that asks is skipped.
     *
     * @param path relative to the folder, such as {@code data/titanic.csv}
     */
    public static Path require(String path) {
        String folder = System.getenv(VARIABLE);
        Assumptions.assumeTrue(folder != null, VARIABLE + " is not set, so " + path + " is not at hand");
        Path file = Path.of(folder == null ? "" : folder)
                .resolve(path)
                .toAbsolutePath()
                .normalize();
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there; " + VARIABLE + " is " + folder);
        return file;
    }
}
