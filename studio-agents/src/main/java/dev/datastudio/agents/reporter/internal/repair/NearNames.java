package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.agents.reporter.internal.repair.Faulty.KnownTable;
import dev.datastudio.core.analysis.internal.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;

/**
 * Puts the only near name in place of a table or column that is not there, among those that the writer was shown; and a
 * column's own table before it, where another table of the statement stood there.
 */
final class NearNames {
    private final Faulty faulty;
    private final List<String> changes = new ArrayList<>();

    private NearNames(Faulty faulty) {
        this.faulty = faulty;
    }

    /** The only one of some names that is nearest and near enough; empty when there are several. */
    static Optional<String> onlyNear(String name, Collection<String> stored) {
        List<String> near = Nearest.list(name, new LinkedHashSet<>(stored), 2);
        boolean unique = near.size() == 1
                || (near.size() == 2 && Nearest.distance(name, near.get(0)) < Nearest.distance(name, near.get(1)));
        return unique ? Optional.of(near.get(0)) : Optional.empty();
    }

    static Optional<Repair> tables(Faulty faulty) {
        NearNames near = new NearNames(faulty);
        return faulty.parse().flatMap(near::tables);
    }

    private Optional<Repair> tables(ParsedSql parsed) {
        Map<String, String> renamed = new HashMap<>();
        for (Table table : parsed.tables()) {
            String name = table.getUnquotedName();
            if (known(name).isEmpty()) {
                onlyNear(name, faulty.tables().stream().map(KnownTable::name).toList())
                        .ifPresent(stored -> {
                            table.setName(faulty.names().write(stored));
                            renamed.put(name.toLowerCase(Locale.ROOT), stored);
                            changes.add("There is no table '" + name + "'; '" + stored + "' was taken.");
                        });
            }
        }
        for (Column column : parsed.columns()) {
            Table qualifier = column.getTable();
            String stored = qualifier == null || qualifier.getName() == null
                    ? null
                    : renamed.get(qualifier.getUnquotedName().toLowerCase(Locale.ROOT));
            if (stored != null) {
                column.getTable().setName(faulty.names().write(stored));
            }
        }
        return repair("near table", parsed);
    }

    private Optional<Repair> repair(String rule, ParsedSql parsed) {
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Repair(rule, parsed.text(), String.join(" ", new LinkedHashSet<>(changes))));
    }

    private Optional<KnownTable> known(String name) {
        return faulty.tables().stream()
                .filter(table -> table.name().equalsIgnoreCase(name))
                .findFirst();
    }

    static Optional<Repair> columns(Faulty faulty) {
        NearNames near = new NearNames(faulty);
        return faulty.parse().flatMap(near::columns);
    }

    private Optional<Repair> columns(ParsedSql parsed) {
        Set<String> aliases = new LinkedHashSet<>();
        for (Alias alias : SqlNodes.all(parsed.select(), Alias.class)) {
            aliases.add(alias.getUnquotedName().toLowerCase(Locale.ROOT));
        }
        boolean derived = !parsed.commonNames().isEmpty()
                || !SqlNodes.all(parsed.select(), ParenthesedSelect.class).isEmpty();
        for (PlainSelect select : SqlNodes.all(parsed.select(), PlainSelect.class)) {
            Map<String, KnownTable> sources = sources(select);
            for (Column column : own(select)) {
                mend(column, sources, aliases, derived);
            }
        }
        return repair("near column", parsed);
    }

    /** The tables of one SELECT by what they are called in it. */
    private Map<String, KnownTable> sources(PlainSelect select) {
        Map<String, KnownTable> sources = new LinkedHashMap<>();
        List<Object> items = new ArrayList<>();
        items.add(select.getFromItem());
        if (select.getJoins() != null) {
            select.getJoins().forEach(join -> items.add(join.getFromItem()));
        }
        for (Object item : items) {
            if (item instanceof Table table) {
                String called = table.getAlias() == null
                        ? table.getUnquotedName()
                        : table.getAlias().getUnquotedName();
                known(table.getUnquotedName()).ifPresent(t -> sources.put(called.toLowerCase(Locale.ROOT), t));
            }
        }
        return sources;
    }

    /** The columns of one SELECT, without those of queries in it. */
    private static List<Column> own(PlainSelect select) {
        List<Column> columns = new ArrayList<>();
        SqlNodes.visit(select, node -> {
            if (node instanceof Column column) {
                columns.add(column);
                return false;
            }
            return node == select || !(node instanceof PlainSelect);
        });
        return columns;
    }

    private void mend(Column column, Map<String, KnownTable> sources, Set<String> aliases, boolean derived) {
        String name = column.getUnquotedColumnName();
        Table qualifier = column.getTable();
        if (qualifier != null && qualifier.getName() != null) {
            KnownTable table = sources.get(qualifier.getUnquotedName().toLowerCase(Locale.ROOT));
            if (table != null && !table.has(name)) {
                inOtherTable(column, qualifier, sources)
                        .ifPresentOrElse(
                                other -> requalify(column, qualifier, other),
                                () -> onlyNear(name, table.columns()).ifPresent(near -> rename(column, name, near)));
            }
            return;
        }
        boolean there = aliases.contains(name.toLowerCase(Locale.ROOT))
                || sources.values().stream().anyMatch(table -> table.has(name))
                || faulty.tables().stream().anyMatch(table -> table.has(name));
        if (!there && !derived && !sources.isEmpty()) {
            List<String> columns =
                    sources.values().stream().flatMap(t -> t.columns().stream()).toList();
            onlyNear(name, columns).ifPresent(near -> rename(column, name, near));
        }
    }

    /** What the only other table with such a column is called. */
    private static Optional<String> inOtherTable(Column column, Table qualifier, Map<String, KnownTable> sources) {
        List<String> others = sources.entrySet().stream()
                .filter(source -> !source.getKey().equalsIgnoreCase(qualifier.getUnquotedName()))
                .filter(source -> source.getValue().has(column.getUnquotedColumnName()))
                .map(Map.Entry::getKey)
                .toList();
        return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
    }

    private void requalify(Column column, Table qualifier, String other) {
        changes.add("Column '" + column.getUnquotedColumnName() + "' belongs to '" + other + "', not to '"
                + qualifier.getUnquotedName() + "'.");
        boolean isTable = known(other).isPresent();
        qualifier.setName(isTable ? faulty.names().write(known(other).get().name()) : other);
    }

    private void rename(Column column, String before, String after) {
        changes.add("There is no column '" + before + "'; '" + after + "' was taken.");
        column.setColumnName(faulty.names().write(after));
    }
}
