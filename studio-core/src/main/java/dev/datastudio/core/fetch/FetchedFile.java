package dev.datastudio.core.fetch;

import java.nio.file.Path;

/**
 * A file that was fetched. Immutable.
 *
 * @param path where it lies, under a name that the server did not choose
 * @param name what it is called there, made safe: no folders, no control characters, at most 120 characters
 * @param contentType what the server says it is, lower case and without parameters; empty when it says nothing
 * @param bytes its size
 */
public record FetchedFile(Path path, String name, String contentType, long bytes) {}
