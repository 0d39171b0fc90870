package dev.datastudio.core.metadata;

import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryQuery;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what is asked of entries as SQL that both databases know. A query with attributes begins at the index of one
 * of them, which also has the order by time, so that a page costs its own size.
 */
final class EntryStatements {
    private static final String COLUMNS =
            "e.tenant, e.kind, e.id, e.revision, e.body, e.attributes, e.created_at, e.changed_at";

    private EntryStatements() {}

    static BoundSql find(EntryKey key) {
        return new BoundSql()
                .add(
                        "SELECT " + COLUMNS + " FROM entry e WHERE e.tenant = ? AND e.kind = ? AND e.id = ?",
                        key.tenant(),
                        key.kind(),
                        key.id());
    }

    /** One entry more than the limit, to see whether there is a next page. */
    static BoundSql page(EntryQuery query) {
        BoundSql sql = new BoundSql().add("SELECT " + COLUMNS);
        addSource(sql, query);
        String driver = driver(query);
        String column = column(query.order(), driver);
        boolean descending = isDescending(query.order());
        if (!query.after().isEmpty()) {
            addPosition(sql, query, driver, column);
        }
        String direction = descending ? " DESC" : "";
        sql.add(" ORDER BY ");
        if (!column.isEmpty()) {
            sql.add(column + direction + ", ");
        }
        return sql.add(driver + ".id" + direction).add(" LIMIT ?", query.limit() + 1L);
    }

    static BoundSql count(EntryQuery query) {
        BoundSql sql = new BoundSql().add("SELECT count(*)");
        addSource(sql, query);
        return sql;
    }

    static BoundSql deleteAll(EntryQuery query, Instant createdBefore) {
        BoundSql sql = new BoundSql()
                .add("DELETE FROM entry WHERE entry.tenant = ? AND entry.kind = ?", query.tenant(), query.kind());
        query.where().forEach((name, value) -> addAttribute(sql, "entry", name, value));
        Instant before = createdBefore.isBefore(query.createdBefore()) ? createdBefore : query.createdBefore();
        addTimes(sql, "entry", query.createdFrom(), before);
        return sql;
    }

    private static void addSource(BoundSql sql, EntryQuery query) {
        Iterator<Map.Entry<String, String>> attributes =
                new TreeMap<>(query.where()).entrySet().iterator();
        String driver = driver(query);
        if (attributes.hasNext()) {
            sql.add(" FROM entry_attribute a JOIN entry e ON e.tenant = a.tenant AND e.kind = a.kind AND e.id = a.id");
        } else {
            sql.add(" FROM entry e");
        }
        sql.add(" WHERE " + driver + ".tenant = ? AND " + driver + ".kind = ?", query.tenant(), query.kind());
        if (attributes.hasNext()) {
            Map.Entry<String, String> first = attributes.next();
            sql.add(" AND a.name = ? AND a.value = ?", first.getKey(), first.getValue());
        }
        attributes.forEachRemaining(attribute -> addAttribute(sql, driver, attribute.getKey(), attribute.getValue()));
        addTimes(sql, driver, query.createdFrom(), query.createdBefore());
    }

    private static void addAttribute(BoundSql sql, String of, String name, String value) {
        sql.add(
                " AND EXISTS (SELECT 1 FROM entry_attribute b WHERE b.tenant = " + of + ".tenant AND b.kind = " + of
                        + ".kind AND b.id = " + of + ".id AND b.name = ? AND b.value = ?)",
                name,
                value);
    }

    private static void addTimes(BoundSql sql, String of, Instant from, Instant before) {
        if (!from.equals(Instant.MIN)) {
            sql.add(" AND " + of + ".created_at >= ?", Millis.ceiling(from));
        }
        if (!before.equals(Instant.MAX)) {
            sql.add(" AND " + of + ".created_at < ?", Millis.ceiling(before));
        }
    }

    private static void addPosition(BoundSql sql, EntryQuery query, String driver, String column) {
        PageCursor cursor = PageCursor.of(query);
        String comparison = isDescending(query.order()) ? " < " : " > ";
        if (column.isEmpty()) {
            sql.add(" AND " + driver + ".id" + comparison + "?", cursor.id());
        } else {
            sql.add(" AND (" + column + ", " + driver + ".id)" + comparison + "(?, ?)", cursor.millis(), cursor.id());
        }
    }

    private static String driver(EntryQuery query) {
        return query.where().isEmpty() ? "e" : "a";
    }

    /** The time that is ordered by; empty when only the id counts. */
    private static String column(EntryQuery.Order order, String driver) {
        return switch (order) {
            case NEWEST_FIRST, OLDEST_FIRST -> driver + ".created_at";
            case CHANGED_LAST_FIRST -> "e.changed_at";
            case BY_ID -> "";
        };
    }

    private static boolean isDescending(EntryQuery.Order order) {
        return order == EntryQuery.Order.NEWEST_FIRST || order == EntryQuery.Order.CHANGED_LAST_FIRST;
    }
}
