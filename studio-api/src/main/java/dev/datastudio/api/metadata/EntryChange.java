package dev.datastudio.api.metadata;

import java.util.Map;
import java.util.Objects;

/** One change of a {@link MetadataStore}, applied together with others or not at all. Immutable. */
public sealed interface EntryChange {
    /** As expected revision: whatever is there, also nothing. */
    long ANY_REVISION = -1;

    /** As expected revision: nothing may be there. */
    long ABSENT = 0;

    /** What is changed. */
    EntryKey key();

    /**
     * The revision that must be there for the change to be made: {@link #ANY_REVISION}, {@link #ABSENT}, or a number
     * from 1.
     */
    long expected();

    /** Makes an entry that must not be there yet. */
    static EntryChange insert(EntryKey key, String body, Map<String, String> attributes) {
        return new Put(key, ABSENT, body, attributes);
    }

    /** Changes an entry that is there in a revision. */
    static EntryChange update(EntryKey key, long revision, String body, Map<String, String> attributes) {
        return new Put(key, revision, body, attributes);
    }

    /** Makes or replaces an entry, whatever is there. */
    static EntryChange put(EntryKey key, String body, Map<String, String> attributes) {
        return new Put(key, ANY_REVISION, body, attributes);
    }

    /** Removes an entry if it is there. */
    static EntryChange delete(EntryKey key) {
        return new Delete(key, ANY_REVISION);
    }

    /** Removes an entry that is there in a revision. */
    static EntryChange delete(EntryKey key, long revision) {
        return new Delete(key, revision);
    }

    /**
     * Makes or replaces an entry.
     *
     * @param body JSON text
     * @param attributes replace those that are there; see {@link Entry}
     */
    record Put(EntryKey key, long expected, String body, Map<String, String> attributes) implements EntryChange {
        /** @throws IllegalArgumentException if the body or an attribute breaks the rule of {@link Entry} */
        public Put {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(body, "body");
            requireRevision(expected);
            attributes = Map.copyOf(attributes);
            EntryRules.requireBody(body);
            EntryRules.requireAttributes(attributes);
        }
    }

    /**
     * Removes an entry. With {@link #ANY_REVISION} nothing need be there; with {@link #ABSENT} nothing is removed, but
     * the group is refused if something is there.
     */
    record Delete(EntryKey key, long expected) implements EntryChange {
        public Delete {
            Objects.requireNonNull(key, "key");
            requireRevision(expected);
        }
    }

    private static void requireRevision(long expected) {
        if (expected < ANY_REVISION) {
            throw new IllegalArgumentException("expected must be at least -1, was " + expected);
        }
    }
}
