package dev.datastudio.agents.agent.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A reviewed text for models out of a resource file: lines of names and values between two lines of dashes, then the
 * text. Immutable.
 *
 * @param values of the head, such as {@code version}
 * @param text for the model
 */
record PromptText(Map<String, String> values, String text) {
    private static final String FOLDER = "/dev/datastudio/agents/agent/";
    private static final String DASHES = "---\n";

    /** The text of a file of the folder {@value #FOLDER}. */
    static PromptText load(String name) {
        String file = FOLDER + name + ".md";
        try (InputStream in = PromptText.class.getResourceAsStream(file)) {
            String whole = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return parse(whole.replace("\r", ""));
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + file + " can't be read", e);
        }
    }

    private static PromptText parse(String whole) {
        int end = whole.indexOf("\n" + DASHES, DASHES.length());
        String head = whole.substring(DASHES.length(), end);
        Map<String, String> values = Arrays.stream(head.split("\n"))
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1].strip()));
        return new PromptText(values, whole.substring(end + 1 + DASHES.length()).strip());
    }

    /** A value of the head. */
    String value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** Names the wording; changes with it. */
    String version() {
        return value("version");
    }
}
