package dev.datastudio.agents.reporter.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a model is told of one step, as a resource file whose first line is its version. Immutable.
 *
 * @param name of the step
 * @param version names the wording: {@code write-1}
 * @param text for the model
 */
record Prompt(String name, String version, String text) {
    private static final String VERSION = "version: ";

    /** The prompt of a step, read from {@code NAME.md}. */
    static Prompt of(String name) {
        String file = resource(name + ".md");
        int end = file.indexOf('\n');
        String first = end < 0 ? "" : file.substring(0, end);
        if (!first.startsWith(VERSION)) {
            throw new IllegalStateException("The prompt " + name + ".md must begin with '" + VERSION + "'");
        }
        return new Prompt(
                name,
                name + "-" + first.substring(VERSION.length()).strip(),
                file.substring(end).strip());
    }

    private static String resource(String name) {
        try (InputStream in = Prompt.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name + " can't be read", e);
        }
    }
}
