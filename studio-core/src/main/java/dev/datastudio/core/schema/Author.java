package dev.datastudio.core.schema;

import java.util.Objects;

/**
 * Who wrote a text about a table. Immutable.
 *
 * @param kind what kind of author
 * @param name of a model's configuration, or the user; {@code built-in} for {@link Kind#BUILT_IN}
 * @param version of the prompt, or of the built-in rules; empty for a person
 */
public record Author(Kind kind, String name, String version) {
    public Author {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    /** Rules of this program, in a version. */
    public static Author builtIn(String version) {
        return new Author(Kind.BUILT_IN, "built-in", version);
    }

    /** A model by the name of its configuration, told by a version of a prompt. */
    public static Author model(String configuration, String promptVersion) {
        return new Author(Kind.MODEL, configuration, promptVersion);
    }

    /** A user. */
    public static Author person(String user) {
        return new Author(Kind.PERSON, user, "");
    }

    /** What kind of author. */
    public enum Kind {
        /** Rules over names, types and values. */
        BUILT_IN,
        /** A language model. */
        MODEL,
        /** A person; what a person wrote is not overwritten by the others. */
        PERSON
    }
}
