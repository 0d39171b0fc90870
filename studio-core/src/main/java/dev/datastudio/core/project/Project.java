package dev.datastudio.core.project;

import dev.datastudio.api.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What somebody works at. Immutable.
 *
 * @param id a UUID as text
 * @param owner who began it
 * @param name what people call it, 1 to 200 characters
 * @param goal what is to be found out; may be empty
 * @param status whether it goes on
 * @param method how it was done, written when it is archived
 * @param findings what came out, written when it is archived
 * @param items what belongs to it, in the order in which it was added
 * @param revision one more with each change
 */
public record Project(
        String id,
        Caller owner,
        String name,
        String goal,
        Status status,
        String method,
        String findings,
        List<Item> items,
        long revision,
        Instant createdAt,
        Instant changedAt) {
    public Project {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(findings, "findings");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(changedAt, "changedAt");
        items = List.copyOf(items);
    }

    /** Whether a project goes on. */
    public enum Status {
        ACTIVE,
        /** Done and kept; nothing of it changes. */
        ARCHIVED
    }

    /**
     * Something that belongs to a project.
     *
     * @param kind what it is
     * @param id names it among its kind, such as the id of a data set
     * @param label what people call it
     * @param detail JSON text with what is needed to do it again, such as an analysis' question and plan; {@code {}}
     *     for none
     */
    public record Item(Kind kind, String id, String label, String detail) {
        public Item {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(detail, "detail");
        }

        /** Something that nothing more need be known of. */
        public static Item of(Kind kind, String id, String label) {
            return new Item(kind, id, label, "{}");
        }

        /** What an item is. */
        public enum Kind {
            DATASET,
            SOURCE,
            DOCUMENT,
            ANALYSIS,
            CONVERSATION,
            MODEL,
            GRAPH
        }
    }
}
