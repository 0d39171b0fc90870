package dev.datastudio.api.code;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that code wrote; what is in it is hostile unless the code was read. Immutable.
 *
 * @param name its path in the working folder, parts parted by {@code '/'}
 * @param file where it is now, below {@link CodeRequest#outputs()}
 * @param bytes its size
 */
public record CodeFile(String name, Path file, long bytes) {
    public CodeFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
    }
}
