package dev.datastudio.core.conversation;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that was said. Immutable.
 *
 * @param number 1 for the first that was added to its conversation, then 2, 3 and so on
 * @param parent the number of the message that it follows, 0 for one that begins its conversation; two messages with the
 *     same parent are the beginnings of two branches
 * @param role who said it
 * @param text up to 1,000,000 characters
 * @param detail JSON text with what belongs to it, such as tool calls, charts and sources; {@code {}} for none
 */
public record Message(long number, long parent, Role role, String text, String detail, Instant at) {
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(at, "at");
    }

    /** Who says something. */
    public enum Role {
        USER,
        ASSISTANT,
        TOOL,
        SYSTEM
    }
}
