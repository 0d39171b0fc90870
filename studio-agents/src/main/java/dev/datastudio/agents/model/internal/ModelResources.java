package dev.datastudio.agents.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.model.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the resources beside the package {@code dev.datastudio.agents.model}. */
final class ModelResources {
    private ModelResources() {}

    static JsonNode read(String name) {
        try (InputStream in = Provider.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + name + " is missing from the class path");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + name + " can't be read", e);
        }
    }
}
