package dev.datastudio.testkit.model;

import java.util.Objects;

/**
 * One message of a conversation with a model. Immutable.
 *
 * @param role as the protocol names it: {@code system}, {@code user}, {@code assistant}, {@code tool}
 * @param text the text parts, joined; empty for a message that only calls tools
 */
public record ModelMessage(String role, String text) {
    public ModelMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(text, "text");
    }
}
