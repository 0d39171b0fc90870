package dev.datastudio.agents.prompt.internal;

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
 * @param values of the head, {@code version} among them
 * @param text for the model
 */
public record PromptFile(Map<String, String> values, String text) {
    private static final String FOLDER = "/dev/datastudio/agents/";
    private static final String DASHES = "---\n";

    public PromptFile {
        values = Map.copyOf(values);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(values.get("version"), "version");
    }

    /**
     * The text of a file.
     *
     * @param path of the file without {@code .md}, beginning with the room that it belongs to: {@code chat/join}
     */
    public static PromptFile load(String path) {
        String file = FOLDER + path + ".md";
        try (InputStream in = PromptFile.class.getResourceAsStream(file)) {
            String whole = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return parse(whole.replace("\r", ""));
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + file + " can't be read", e);
        }
    }

    private static PromptFile parse(String whole) {
        int end = whole.indexOf("\n" + DASHES, DASHES.length());
        String head = whole.substring(DASHES.length(), end);
        Map<String, String> values = Arrays.stream(head.split("\n"))
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1].strip()));
        return new PromptFile(values, whole.substring(end + 1 + DASHES.length()).strip());
    }

    /** A value of the head. */
    public String value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** Names the wording; changes with it. */
    public String version() {
        return value("version");
    }
}
