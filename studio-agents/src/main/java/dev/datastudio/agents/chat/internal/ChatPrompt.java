package dev.datastudio.agents.chat.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A reviewed text for models out of a resource file: its version between two lines of dashes, then the text. Immutable.
 *
 * @param version names the wording; changes with it
 * @param text for the model
 */
record ChatPrompt(String version, String text) {
    private static final String FOLDER = "/dev/datastudio/agents/chat/";
    private static final String DASHES = "---\n";
    private static final String VERSION = "version: ";

    static ChatPrompt load(String name) {
        String file = FOLDER + name + ".md";
        try (InputStream in = ChatPrompt.class.getResourceAsStream(file)) {
            String whole = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r", "");
            int end = whole.indexOf("\n" + DASHES, DASHES.length());
            String head = whole.substring(DASHES.length() + VERSION.length(), end);
            return new ChatPrompt(
                    head.strip(), whole.substring(end + 1 + DASHES.length()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + file + " can't be read", e);
        }
    }
}
