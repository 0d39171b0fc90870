package dev.datastudio.api.search;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names a passage in its index. Immutable.
 *
 * @param version of which document and version it is
 * @param ordinal its place in there, from 0
 */
public record PassageKey(Version version, int ordinal) {
    /** @throws IllegalArgumentException if the ordinal is negative */
    public PassageKey {
        Objects.requireNonNull(version, "version");
        if (ordinal < 0) {
            throw new IllegalArgumentException("ordinal must be at least 0, was " + ordinal);
        }
    }

    @Override
    public String toString() {
        return version + "#" + ordinal;
    }

    /**
     * One state of a document. Immutable.
     *
     * @param document 1 to 128 letters, digits, '-', '_', '.', beginning with a letter or digit
     * @param version by the same rule; another content of the document has another one
     */
    public record Version(String document, String version) {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

        /** @throws IllegalArgumentException if an id breaks the rule */
        public Version {
            requireId("document", document);
            requireId("version", version);
        }

        private static void requireId(String name, String value) {
            if (!ID.matcher(Objects.requireNonNull(value, name)).matches()) {
                throw new IllegalArgumentException(name + " must match " + ID + ", was '" + value + "'");
            }
        }

        @Override
        public String toString() {
            return document + "@" + version;
        }
    }
}
