package dev.datastudio.api.metadata;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which entries of one tenant and kind, in which order. Immutable.
 *
 * <p>Pages are stable: an entry that is there all the time is given once, whatever is added or removed between the
 * pages. In {@link Order#CHANGED_LAST_FIRST} a changed entry moves to the front and may be passed over.
 *
 * @param tenant whose; nobody else's are ever given
 * @param kind what they are
 * @param where attributes that an entry must have with exactly these values
 * @param createdFrom only those made then or later
 * @param createdBefore only those made earlier
 * @param order by which they are ordered; entries that are equal in it are ordered by id, in the same direction
 * @param limit how many at most, 1 to 1,000
 * @param after the {@link EntryPage#next()} of the page before; empty for the first
 */
public record EntryQuery(
        String tenant,
        String kind,
        Map<String, String> where,
        Instant createdFrom,
        Instant createdBefore,
        Order order,
        int limit,
        String after) {
    /** How many entries a page may have. */
    public static final int MAX_LIMIT = 1_000;

    private static final int DEFAULT_LIMIT = 100;

    /** @throws IllegalArgumentException if limit is out of range, or a name breaks the rule of {@link Entry} */
    public EntryQuery {
        EntryRules.requireTenant(tenant);
        EntryRules.requireKind(kind);
        Objects.requireNonNull(createdFrom, "createdFrom");
        Objects.requireNonNull(createdBefore, "createdBefore");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(after, "after");
        where = Map.copyOf(where);
        EntryRules.requireAttributes(where);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
        }
    }

    /** The first 100 of a kind, the newest first. */
    public static EntryQuery of(String tenant, String kind) {
        return new EntryQuery(tenant, kind, Map.of(), Instant.MIN, Instant.MAX, Order.NEWEST_FIRST, DEFAULT_LIMIT, "");
    }

    /** Only those that also have this attribute. */
    public EntryQuery where(String attribute, String value) {
        Map<String, String> both = new HashMap<>(where);
        both.put(attribute, value);
        return new EntryQuery(tenant, kind, both, createdFrom, createdBefore, order, limit, after);
    }

    /**
     * Only those made in a time.
     *
     * @param from its beginning, inclusive; {@link Instant#MIN} for all before
     * @param before its end, exclusive; {@link Instant#MAX} for all after
     */
    public EntryQuery createdBetween(Instant from, Instant before) {
        return new EntryQuery(tenant, kind, where, from, before, order, limit, after);
    }

    /** In another order. */
    public EntryQuery orderedBy(Order order) {
        return new EntryQuery(tenant, kind, where, createdFrom, createdBefore, order, limit, after);
    }

    /** At most so many. */
    public EntryQuery limitedTo(int limit) {
        return new EntryQuery(tenant, kind, where, createdFrom, createdBefore, order, limit, after);
    }

    /** The page after another one of the same query. */
    public EntryQuery after(String next) {
        return new EntryQuery(tenant, kind, where, createdFrom, createdBefore, order, limit, next);
    }

    /** How entries are ordered. */
    public enum Order {
        /** By the time they were made, the latest first. */
        NEWEST_FIRST,
        /** By the time they were made, the earliest first. */
        OLDEST_FIRST,
        /** By the time of their last change, the latest first. */
        CHANGED_LAST_FIRST,
        /** By id, in the order of ASCII. */
        BY_ID
    }
}
