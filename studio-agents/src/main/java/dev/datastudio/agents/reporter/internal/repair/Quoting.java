package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.agents.reporter.internal.SqlNames;
import dev.datastudio.agents.reporter.internal.repair.Faulty.KnownTable;
import dev.datastudio.core.analysis.SqlDialect;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;

/**
 * Writes names as the database stores them, in the quotes of its dialect: {@code Album.Title} where PostgreSQL would look
 * for {@code album.title}, a key word that is a name, back quotes for a dialect that has none.
 */
final class Quoting {
    private final Faulty faulty;
    private final SqlNames names;
    private final Set<String> changed = new LinkedHashSet<>();

    private Quoting(Faulty faulty) {
        this.faulty = faulty;
        this.names = faulty.names();
    }

    static Optional<Repair> mend(Faulty faulty) {
        Quoting quoting = new Quoting(faulty);
        return faulty.parse().flatMap(quoting::mend);
    }

    private Optional<Repair> mend(ParsedSql parsed) {
        Set<String> aliases = new LinkedHashSet<>(parsed.commonNames());
        for (Alias alias : SqlNodes.all(parsed.select(), Alias.class)) {
            aliases.add(alias.getUnquotedName().toLowerCase(Locale.ROOT));
            alias.setName(ownName(alias.getName()));
        }
        parsed.tables().forEach(this::table);
        for (Column column : parsed.columns()) {
            column(column, aliases);
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Repair(
                "quoting", parsed.text(), "Names are written as they are stored: " + String.join(", ", changed) + "."));
    }

    private void table(Table table) {
        String stored = only(faulty.tables().stream()
                .map(KnownTable::name)
                .filter(name -> name.equalsIgnoreCase(table.getUnquotedName()))
                .toList());
        String written = stored.isEmpty() ? ownName(table.getName()) : mended(table.getName(), stored, isExact());
        table.setName(written);
    }

    /** MySQL's tables are files on most systems, whose names keep their case. */
    private boolean isExact() {
        return names.dialect() == SqlDialect.MYSQL;
    }

    private void column(Column column, Set<String> aliases) {
        Table before = column.getTable();
        if (before != null && before.getName() != null) {
            String qualifier = before.getUnquotedName();
            if (aliases.contains(qualifier.toLowerCase(Locale.ROOT))) {
                before.setName(ownName(before.getName()));
            } else {
                table(before);
            }
        }
        String name = column.getUnquotedColumnName();
        if (aliases.contains(name.toLowerCase(Locale.ROOT)) && before == null) {
            column.setColumnName(ownName(column.getColumnName()));
            return;
        }
        String stored = only(faulty.tables().stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.equalsIgnoreCase(name))
                .distinct()
                .toList());
        column.setColumnName(
                stored.isEmpty() ? ownName(column.getColumnName()) : mended(column.getColumnName(), stored, false));
    }

    private static String only(List<String> stored) {
        return stored.size() == 1 ? stored.get(0) : "";
    }

    private String mended(String written, String stored, boolean exact) {
        String plain = SqlNames.unquoted(written);
        boolean inQuotes = !plain.equals(written);
        boolean means = exact ? plain.equals(stored) : names.isSame(written, stored);
        boolean fits = inQuotes ? hasOwnQuotes(written) : !SqlNames.isReservedWord(written);
        return means && fits ? written : changed(written, names.write(stored));
    }

    /** A name that the statement gives itself, in quotes of this dialect. */
    private String ownName(String written) {
        String plain = SqlNames.unquoted(written);
        boolean inQuotes = !plain.equals(written);
        boolean foreign = inQuotes && !hasOwnQuotes(written) && written.charAt(0) != '"';
        boolean reserved = !inQuotes && SqlNames.isReservedWord(written) && isFaultOf(written);
        return foreign || reserved ? changed(written, names.quoted(plain)) : written;
    }

    /** Many key words may be names of columns in one dialect or the other: only what the engine stumbled at changes. */
    private boolean isFaultOf(String word) {
        return faulty.error().what().toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    private boolean hasOwnQuotes(String written) {
        char mark = written.charAt(0);
        return switch (names.dialect()) {
            case POSTGRESQL, DUCKDB -> mark == '"';
            case MYSQL -> mark == '`';
            case SQLITE -> true;
            case SQLSERVER -> mark == '"' || mark == '[';
        };
    }

    private String changed(String before, String after) {
        if (!before.equals(after)) {
            changed.add(after);
        }
        return after;
    }
}
