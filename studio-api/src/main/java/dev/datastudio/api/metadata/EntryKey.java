package dev.datastudio.api.metadata;

import java.util.Comparator;

/**
 * Names one entry. Immutable.
 *
 * @param tenant whose it is, as {@link dev.datastudio.api.tenant.Caller#tenant()}
 * @param kind what it is, such as {@code project}: 1 to 48 lower-case letters, digits and '-', beginning with a letter
 * @param id its name within tenant and kind, 1 to 200 printable ASCII characters
 */
public record EntryKey(String tenant, String kind, String id) implements Comparable<EntryKey> {
    private static final Comparator<EntryKey> ORDER =
            Comparator.comparing(EntryKey::tenant).thenComparing(EntryKey::kind).thenComparing(EntryKey::id);

    /** @throws IllegalArgumentException if a part breaks its rule */
    public EntryKey {
        EntryRules.requireTenant(tenant);
        EntryRules.requireKind(kind);
        EntryRules.requireId(id);
    }

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }
}
