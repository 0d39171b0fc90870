package dev.datastudio.agents.dependant;

import java.util.Objects;

/**
 * Something that rests on a thing which may be deleted. Immutable.
 *
 * @param kind what it is
 * @param id names it among those of its kind; of an {@link Kind#ARTIFACT} its key, with the tenant in front
 * @param name what people call it
 * @param fate what becomes of it
 */
public record Dependant(Kind kind, String id, String name, Fate fate) {
    public Dependant {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fate, "fate");
    }

    /** What a dependant is. */
    public enum Kind {
        /** A picture of data or of an answer. */
        CHART,
        /** Another file that an answer left. */
        ARTIFACT,
        /** A data set that was made of it. */
        DATASET,
        /** A graph that names it, in its draft or in its latest version. */
        GRAPH,
        /** A run of a graph of the caller that read it, with what the nodes gave. */
        RUN,
        /** A conversation of the caller in which it was asked or cited. */
        CONVERSATION,
        /** A project that it belongs to. */
        PROJECT,
        /** An agent that works with it. */
        AGENT,
        /** A trained model of the caller that learnt from it; {@link Dependants} does not look for those. */
        TRAINED_MODEL
    }

    /** What becomes of a dependant. */
    public enum Fate {
        /** It is deleted too. */
        DELETED,
        /** It stays as it is, but what it names is no longer there. */
        LEFT
    }
}
