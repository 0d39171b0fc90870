package dev.datastudio.agents.loader.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What models are told, each a file whose name ends in its version; another wording is another version. */
enum Prompts {
    DOCUMENT_TABLES("document-tables-1"),
    PROPOSE_RELATIONS("propose-relations-1");

    private final String version;
    private final String text;

    Prompts(String version) {
        this.version = version;
        this.text = read(version + ".md");
    }

    private static String read(String name) {
        try (InputStream in = Prompts.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name + " can't be read", e);
        }
    }

    String version() {
        return version;
    }

    String text() {
        return text;
    }
}
