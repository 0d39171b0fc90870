package dev.datastudio.api.search;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names one index: what is searched together. Nothing of one tenant is ever found from the index of another. Immutable.
 *
 * @param tenant whose it is; 1 to 64 letters, digits, '-', '_', beginning with a letter or digit
 * @param collection what it holds, such as {@code documents}: 1 to 32 lower-case letters, digits or '-', beginning with
 *     a letter
 */
public record IndexName(String tenant, String collection) {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern COLLECTION = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** @throws IllegalArgumentException if a part breaks its rule; both become names of folders and tables */
    public IndexName {
        require("tenant", tenant, TENANT);
        require("collection", collection, COLLECTION);
    }

    private static void require(String name, String value, Pattern rule) {
        if (!rule.matcher(Objects.requireNonNull(value, name)).matches()) {
            throw new IllegalArgumentException(name + " must match " + rule + ", was '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return tenant + "/" + collection;
    }
}
