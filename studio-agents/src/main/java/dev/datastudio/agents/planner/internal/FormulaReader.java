package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a written formula of columns and numbers, "(High - Low) / Open", by recursive descent. Not thread-safe. */
final class FormulaReader {
    /** Words that say what a column holds and may follow its name. */
    private static final Set<String> AFTER_COLUMN =
            Set.of("price", "prices", "value", "values", "column", "columns", "score", "amount");

    private static final int DEEPEST = 20;

    private final Request request;
    private final List<Item> items;
    private int at;
    private int depth;

    private FormulaReader(Request request, List<Item> items, int from) {
        this.request = request;
        this.items = items;
        this.at = from;
    }

    /** A formula and the index after its last item. */
    record Formula(Expression value, int end) {}

    /** The formula that begins at an item; empty when there is none, or a single column or number only. */
    static Optional<Formula> at(Request request, List<Item> items, int from) {
        var reader = new FormulaReader(request, items, from);
        Optional<Expression> value = reader.sum();
        return value.filter(Expression.Arithmetic.class::isInstance).map(v -> new Formula(v, reader.at));
    }

    private Optional<Expression> sum() {
        Optional<Expression> left = product();
        while (left.isPresent() && (isNext("plus") || isNext("minus"))) {
            Operator operator = isNext("plus") ? Operator.ADD : Operator.SUBTRACT;
            left = combined(operator, left.get(), true);
        }
        return left;
    }

    private Optional<Expression> product() {
        Optional<Expression> left = factor();
        while (left.isPresent() && (isNext("*") || isNext("/") || isNext("times") || isNext("x"))) {
            Operator operator = isNext("/") ? Operator.DIVIDE : Operator.MULTIPLY;
            left = combined(operator, left.get(), false);
        }
        return left;
    }

    private Optional<Expression> combined(Operator operator, Expression left, boolean ofProducts) {
        int before = at++;
        Optional<Expression> right = ofProducts ? product() : factor();
        if (right.isEmpty()) {
            at = before;
            return Optional.empty();
        }
        return right.map(r -> new Expression.Arithmetic(operator, left, r));
    }

    private Optional<Expression> factor() {
        skipArticles();
        if (at >= items.size() || depth > DEEPEST) {
            return Optional.empty();
        }
        Item item = items.get(at);
        if (item.isMark("(")) {
            return bracketed();
        } else if (item.value() instanceof BigDecimal number && item.is(Item.Kind.NUMBER)) {
            at++;
            return Optional.of(new Expression.Constant(ComparisonReader.plain(number)));
        } else if (item.is(Item.Kind.COLUMN) || request.isDerived(item)) {
            ColumnEntry column = request.quantity(item);
            at++;
            skipNoun();
            boolean fits = column.isNumeric() || column.isTemporal();
            return fits ? Optional.of(inTime(request.current(column).ref())) : Optional.empty();
        }
        return Optional.empty();
    }

    /** "Price of today", "price of the previous day". */
    private Expression inTime(Expression column) {
        int end = at;
        while (end < items.size() && Set.of("of", "from", "on", "the", "for").contains(text(end))) {
            end++;
        }
        if (end < items.size() && Set.of("today", "current").contains(text(end))) {
            at = end + 1 + (isWord(end + 1, "day") ? 1 : 0);
            return column;
        }
        boolean before =
                end < items.size() && Set.of("previous", "prior", "yesterday").contains(text(end));
        Optional<ColumnEntry> time =
                before ? new TimeColumns(request.decisions().index()).main(request.decisions()) : Optional.empty();
        if (time.isEmpty()) {
            return column;
        }
        at = end + 1 + (isWord(end + 1, "day") || isWord(end + 1, "row") ? 1 : 0);
        return new Expression.Previous(column, time.get().ref());
    }

    private boolean isWord(int index, String word) {
        return index < items.size() && text(index).equals(word);
    }

    private Optional<Expression> bracketed() {
        int before = at++;
        depth++;
        Optional<Expression> inside = sum();
        depth--;
        boolean closes = at < items.size() && items.get(at).isMark(")");
        if (inside.isEmpty() || !closes) {
            at = before;
            return Optional.empty();
        }
        at++;
        return inside;
    }

    private void skipArticles() {
        while (at < items.size() && Set.of("the", "a", "an", "column").contains(text(at))) {
            at++;
        }
    }

    private void skipNoun() {
        if (at < items.size() && !items.get(at).is(Item.Kind.COLUMN) && AFTER_COLUMN.contains(text(at))) {
            at++;
        }
    }

    private boolean isNext(String word) {
        return at < items.size() && text(at).equals(word);
    }

    private String text(int index) {
        return items.get(index).text().toLowerCase(Locale.ROOT);
    }
}
