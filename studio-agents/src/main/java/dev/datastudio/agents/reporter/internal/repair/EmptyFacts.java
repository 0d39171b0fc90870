package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.agents.reporter.internal.SqlNames;
import dev.datastudio.agents.reporter.internal.repair.Faulty.KnownTable;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.internal.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/**
 * Why a statement finds no rows: how many rows its tables have together, and for each of its conditions how many rows are
 * left by it alone and without it, counted by the engine; of a text that no row has, the values near it. Not thread-safe.
 */
public final class EmptyFacts {
    /** So many conditions are looked at. */
    private static final int MOST_CONDITIONS = 6;

    /** So many values of a column are compared with a text. */
    public static final int MOST_VALUES = 5_000;

    private static final int MOST_NEAR = 5;

    private final String sql;
    private final SqlNames names;
    private final List<KnownTable> tables;
    private final Function<String, List<? extends List<?>>> engine;

    /**
     * Facts about a statement.
     *
     * @param engine runs a statement, which passes the gate, and gives its rows
     */
    public EmptyFacts(
            String sql, SqlNames names, List<KnownTable> tables, Function<String, List<? extends List<?>>> engine) {
        this.sql = sql;
        this.names = names;
        this.tables = List.copyOf(tables);
        this.engine = engine;
    }

    /**
     * What is known of one condition. Immutable.
     *
     * @param condition as it stands in the statement
     * @param alone how many rows it leaves by itself
     * @param without how many rows are left when only it is taken away
     * @param near stored values near the text that it asks for; empty when it asks for none, or rows have it
     * @param mended the statement with the only near value in its place; null when there is none
     * @param taken that value; empty when there is none
     */
    public record Fact(
            String condition,
            long alone,
            long without,
            List<String> near,
            @Nullable String mended,
            String taken) {
        public Fact {
            near = List.copyOf(near);
        }
    }

    /**
     * All that was found. Immutable.
     *
     * @param rows how many rows the tables have, joined, without any condition
     * @param matching how many rows all conditions together leave, before groups are filtered
     * @param facts one a condition
     */
    public record Found(long rows, long matching, List<Fact> facts) {
        public Found {
            facts = List.copyOf(facts);
        }

        /** The facts in words, one sentence a line, with the stored values near a text. */
        public String words() {
            return words(facts);
        }

        /** The facts in words, without any stored value. */
        public String countsInWords() {
            return words(facts.stream()
                    .map(fact -> new Fact(
                            fact.condition(), fact.alone(), fact.without(), List.of(), fact.mended(), fact.taken()))
                    .toList());
        }

        private String words(List<Fact> told) {
            List<String> lines = new ArrayList<>();
            lines.add("The tables joined without conditions have " + rows(rows) + ".");
            for (Fact fact : told) {
                lines.add("The condition " + fact.condition() + " alone leaves " + rows(fact.alone())
                        + "; without it there would be " + rows(fact.without()) + "."
                        + (fact.near().isEmpty()
                                ? ""
                                : " Stored values near it: " + String.join(", ", fact.near()) + "."));
            }
            if (matching > 0) {
                lines.add("All conditions together leave " + rows(matching) + ", which HAVING or LIMIT takes away.");
            }
            return String.join("\n", lines);
        }

        private static String rows(long count) {
            return String.format(Locale.ENGLISH, count == 1 ? "%,d row" : "%,d rows", count);
        }

        /** The only repair that a rule may make: one condition is to blame, and one stored value is near. */
        public Optional<Fact> onlyMend() {
            List<Fact> toBlame =
                    facts.stream().filter(fact -> fact.alone() == 0).toList();
            return toBlame.size() == 1 && toBlame.get(0).mended() != null
                    ? Optional.of(toBlame.get(0))
                    : Optional.empty();
        }
    }

    /**
     * Looks for them; empty when the statement's shape does not allow it.
     *
     * @throws StudioException {@link ErrorCode#CANCELLED}, or what the engine says
     */
    public Optional<Found> find() {
        Optional<PlainSelect> plain = ParsedSql.read(sql).flatMap(ParsedSql::plainSelect);
        if (plain.isEmpty() || plain.get().getFromItem() == null) {
            return Optional.empty();
        }
        List<Expression> conditions = new ArrayList<>();
        collect(plain.get().getWhere(), conditions);
        List<Expression> some = conditions.subList(0, Math.min(MOST_CONDITIONS, conditions.size()));
        List<Fact> facts = new ArrayList<>();
        for (Expression condition : some) {
            facts.add(fact(plain.get(), condition, conditions));
        }
        long matching = conditions.isEmpty() ? count(List.of()) : count(conditions);
        return Optional.of(new Found(count(List.of()), matching, facts));
    }

    private static void collect(@Nullable Expression where, List<Expression> conditions) {
        if (where instanceof AndExpression and) {
            collect(and.getLeftExpression(), conditions);
            collect(and.getRightExpression(), conditions);
        } else if (where instanceof ParenthesedExpressionList<?> list
                && list.size() == 1
                && list.get(0) instanceof AndExpression and) {
            collect(and, conditions);
        } else if (where != null) {
            conditions.add(where);
        }
    }

    private Fact fact(PlainSelect select, Expression condition, List<Expression> all) {
        List<Expression> others =
                all.stream().filter(other -> other != condition).toList();
        long alone = count(List.of(condition));
        long without = count(others);
        Optional<KnownTable> table = Optional.empty();
        if (alone == 0
                && condition instanceof EqualsTo equal
                && equal.getLeftExpression() instanceof Column column
                && equal.getRightExpression() instanceof StringValue text) {
            table = table(select, column);
            if (table.isPresent()) {
                return withValues(condition, without, table.get(), column, text);
            }
        }
        return new Fact(condition.toString(), alone, without, List.of(), null, "");
    }

    private Fact withValues(Expression condition, long without, KnownTable table, Column column, StringValue text) {
        List<String> stored = values(table, column.getUnquotedColumnName());
        String wanted = text.getNotExcapedValue();
        List<String> near = Nearest.list(wanted, stored, MOST_NEAR);
        String only = NearNames.onlyNear(wanted, stored).orElse("");
        String mended = only.isEmpty() ? null : mended(condition.toString(), only);
        return new Fact(condition.toString(), 0, without, near, mended, mended == null ? "" : only);
    }

    private @Nullable String mended(String condition, String value) {
        Optional<ParsedSql> fresh = ParsedSql.read(sql);
        if (fresh.isEmpty()) {
            return null;
        }
        for (EqualsTo equal : SqlNodes.all(fresh.get().select(), EqualsTo.class)) {
            if (equal.toString().equals(condition)) {
                equal.setRightExpression(new StringValue("'" + value.replace("'", "''") + "'"));
                return fresh.get().text();
            }
        }
        return null;
    }

    private List<String> values(KnownTable table, String column) {
        String name = names.write(table.columns().stream()
                .filter(c -> c.equalsIgnoreCase(column))
                .findFirst()
                .orElse(column));
        List<String> values = new ArrayList<>();
        for (List<?> row : engine.apply(
                "SELECT DISTINCT " + name + " FROM " + table.written() + " WHERE " + name + " IS NOT NULL")) {
            values.add(String.valueOf(row.get(0)));
        }
        return values;
    }

    /** The table of a column: that of its qualifier, or the only one of the statement that has it. */
    private Optional<KnownTable> table(PlainSelect select, Column column) {
        List<Table> read = new ArrayList<>();
        if (select.getFromItem() instanceof Table first) {
            read.add(first);
        }
        if (select.getJoins() != null) {
            select.getJoins().forEach(join -> {
                if (join.getFromItem() instanceof Table table) {
                    read.add(table);
                }
            });
        }
        String qualifier = column.getTable() == null || column.getTable().getName() == null
                ? ""
                : column.getTable().getUnquotedName();
        List<KnownTable> fitting = new ArrayList<>();
        for (Table table : read) {
            String called = table.getAlias() == null
                    ? table.getUnquotedName()
                    : table.getAlias().getUnquotedName();
            tables.stream()
                    .filter(known -> known.name().equalsIgnoreCase(table.getUnquotedName()))
                    .filter(known -> known.has(column.getUnquotedColumnName()))
                    .filter(known -> qualifier.isEmpty() || qualifier.equalsIgnoreCase(called))
                    .forEach(fitting::add);
        }
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private long count(List<Expression> conditions) {
        PlainSelect select = ParsedSql.read(sql).flatMap(ParsedSql::plainSelect).orElseThrow();
        List<SelectItem<?>> count = new ArrayList<>();
        net.sf.jsqlparser.expression.Function all = new net.sf.jsqlparser.expression.Function();
        all.setName("count");
        all.setParameters(new AllColumns());
        count.add(SelectItem.from(all));
        select.setSelectItems(count);
        select.setDistinct(null);
        select.setGroupByElement(null);
        select.setHaving(null);
        select.setOrderByElements(null);
        select.setLimit(null);
        select.setOffset(null);
        select.setFetch(null);
        select.setTop(null);
        select.setWhere(conditions.stream().reduce(AndExpression::new).orElse(null));
        List<? extends List<?>> rows = engine.apply(select.toString());
        Object value =
                rows.isEmpty() || rows.get(0).isEmpty() ? null : rows.get(0).get(0);
        return value instanceof Number number ? number.longValue() : 0;
    }
}
