package dev.datastudio.core.project;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody wrote down in a project. Immutable.
 *
 * @param id a UUID as text
 * @param project the id of the project
 * @param kind what it is
 * @param text 1 to 20,000 characters, Markdown
 * @param state whether a to-do is done
 * @param author the user who wrote it
 * @param item the id of the item that it is about; empty for the project as a whole
 * @param revision one more with each change
 */
public record Note(
        String id,
        String project,
        Kind kind,
        String text,
        State state,
        String author,
        String item,
        long revision,
        Instant createdAt,
        Instant changedAt) {
    public Note {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    /** What a note is. */
    public enum Kind {
        NOTE,
        FINDING,
        TODO,
        DECISION
    }

    /** Whether something is left to do. */
    public enum State {
        OPEN,
        DONE
    }
}
