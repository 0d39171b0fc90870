package dev.datastudio.agents.vocabulary.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Operator;
import dev.datastudio.core.analysis.Measure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * Reads formulas such as {@code sum(price * quantity) / count()} by recursive descent. Whatever is written, the result
 * is a typed measure over columns; no text of it reaches SQL. Not thread-safe; one for each formula.
 */
public final class FormulaReader {
    private static final int MAX_DEPTH = 20;
    private static final Map<String, Aggregate> AGGREGATES = Map.ofEntries(
            Map.entry("count", Aggregate.COUNT),
            Map.entry("distinct", Aggregate.COUNT_DISTINCT),
            Map.entry("count_distinct", Aggregate.COUNT_DISTINCT),
            Map.entry("sum", Aggregate.SUM),
            Map.entry("total", Aggregate.SUM),
            Map.entry("mean", Aggregate.MEAN),
            Map.entry("avg", Aggregate.MEAN),
            Map.entry("average", Aggregate.MEAN),
            Map.entry("median", Aggregate.MEDIAN),
            Map.entry("min", Aggregate.MIN),
            Map.entry("max", Aggregate.MAX),
            Map.entry("stddev", Aggregate.STANDARD_DEVIATION),
            Map.entry("variance", Aggregate.VARIANCE));

    private final String text;
    private final String table;
    private int at;
    private int depth;

    private FormulaReader(String text, String table) {
        this.text = text;
        this.table = table;
    }

    /**
     * The measure of a formula over a table.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT}, saying what was expected where
     */
    public static Measure read(String text, String table) {
        var reader = new FormulaReader(text, table);
        Measure measure = reader.measure();
        reader.skipBlanks();
        if (reader.at < text.length()) {
            throw reader.wrong("the end");
        }
        return measure;
    }

    private Measure measure() {
        Measure.Aggregated first = aggregate();
        return take('/') ? new Measure.Ratio(first, aggregate(), Measure.Transform.NONE) : first;
    }

    private Measure.Aggregated aggregate() {
        skipBlanks();
        int start = at;
        String name = word().toLowerCase(Locale.ROOT);
        Aggregate aggregate = AGGREGATES.get(name);
        if (aggregate == null || !take('(')) {
            at = start;
            throw wrong("an aggregate such as sum(…)");
        }
        boolean ofRows = aggregate == Aggregate.COUNT && (take('*') || peek() == ')');
        Measure.Aggregated measure = ofRows ? Measure.count() : Measure.of(aggregate, sum());
        expect(')');
        return measure;
    }

    private Expression sum() {
        Expression left = product();
        while (true) {
            if (take('+')) {
                left = new Expression.Arithmetic(Operator.ADD, left, product());
            } else if (take('-')) {
                left = new Expression.Arithmetic(Operator.SUBTRACT, left, product());
            } else {
                return left;
            }
        }
    }

    private Expression product() {
        Expression left = atom();
        while (true) {
            if (take('*')) {
                left = new Expression.Arithmetic(Operator.MULTIPLY, left, atom());
            } else if (take('/')) {
                left = new Expression.Arithmetic(Operator.DIVIDE, left, atom());
            } else {
                return left;
            }
        }
    }

    private Expression atom() {
        if (take('(')) {
            if (++depth > MAX_DEPTH) {
                throw wrong("fewer brackets within each other");
            }
            Expression inner = sum();
            expect(')');
            depth--;
            return inner;
        }
        char c = peek();
        if (Character.isDigit(c) || c == '.') {
            return number();
        } else if (c == '"') {
            return Expression.column(table, quoted());
        } else if (Character.isLetter(c) || c == '_') {
            return Expression.column(table, word());
        }
        throw wrong("a column or a number");
    }

    private Expression number() {
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        try {
            return new Expression.Constant(new BigDecimal(text.substring(start, at)));
        } catch (NumberFormatException e) {
            at = start;
            throw wrong("a number");
        }
    }

    private String quoted() {
        int end = text.indexOf('"', at + 1);
        if (end <= at + 1) {
            throw wrong("a column's name and the closing quote");
        }
        String name = text.substring(at + 1, end);
        at = end + 1;
        return name;
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean take(char mark) {
        boolean there = peek() == mark;
        at += there ? 1 : 0;
        return there;
    }

    private char peek() {
        skipBlanks();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char mark) {
        if (!take(mark)) {
            throw wrong("'" + mark + "'");
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private StudioException wrong(String expected) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The formula " + StudioException.quote(text) + " has something else than " + expected + " at character "
                        + (at + 1),
                "Write it like sum(price * quantity), or sum(profit) / sum(sales)");
    }
}
