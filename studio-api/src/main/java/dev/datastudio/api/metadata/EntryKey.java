package dev.datastudio.api.metadata;

import java.util.regex.Pattern;

/**
 * Names one entry. Immutable.
 *
 * @param tenant whose it is, as {@link dev.datastudio.api.tenant.Caller#tenant()}
 * @param kind what it is, such as {@code project}: 1 to 48 lower-case letters, digits and '-', beginning with a letter
 * @param id its name within tenant and kind, 1 to 200 printable ASCII characters
 */
public record EntryKey(String tenant, String kind, String id) {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,47}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /** @throws IllegalArgumentException if a part breaks its rule */
    public EntryKey {
        requireMatch("tenant", TENANT, tenant);
        requireMatch("kind", KIND, kind);
        requireMatch("id", ID, id);
    }

    private static void requireMatch(String name, Pattern rule, String value) {
        if (!rule.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must match " + rule + ", was '" + value + "'");
        }
    }
}
