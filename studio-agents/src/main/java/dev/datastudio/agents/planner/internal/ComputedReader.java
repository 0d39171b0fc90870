package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Operator;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads numbers made of two columns, or of more than an aggregate: ratios, weighted means, confidence intervals. */
final class ComputedReader {
    private static final Set<String> BETWEEN_PARTS = Set.of("to", "and", "&", "by", "over", "with", "vs", "versus");
    private static final Set<String> WEIGHS = Set.of("by", "using", "with", "weights", "weight", "as", "weighted by");
    private static final double USUAL_LEVEL = 0.95;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    ComputedReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    /** A number that is a part of another, with the index of its last word. */
    private record Part(Measure.Aggregated measure, boolean named, int last) {}

    void read() {
        for (int at = 0; at < clause.size(); at++) {
            if (clause.isAt(at, Tag.COMPUTE)) {
                switch (clause.get(at).argument()) {
                    case "ratio" -> ratio(at);
                    case "divided" -> divided(at, false);
                    case "percent_of" -> divided(at, true);
                    case "weighted" -> weighted(at);
                    case "confidence" -> confidence(at);
                    default -> {}
                }
            } else if (clause.isMarkAt(at, "/")) {
                divided(at, false);
            }
        }
    }

    /** "The ratio of profit to sales": one column, a joint, and another one. */
    private void ratio(int at) {
        Optional<Part> first = partAfter(at);
        int joint = first.map(Part::last).orElse(at) + 1;
        boolean joined = joint < clause.size() && BETWEEN_PARTS.contains(text(joint));
        Optional<Part> second = joined ? partAfter(joint) : Optional.empty();
        if (first.isEmpty() || second.isEmpty()) {
            slots.problem = "A ratio is of two columns of numbers, as in \"ratio of\" one \"to\" another.";
            return;
        }
        int mean = clause.before(at);
        boolean ofRows = clause.isAt(mean, Tag.AGGREGATE)
                && clause.get(mean).argument().matches("mean|median|min|max")
                && !first.get().named()
                && !second.get().named();
        clause.use(at, second.get().last());
        if (ofRows) {
            clause.use(mean);
            Aggregate aggregate = Aggregate.valueOf(clause.get(mean).argument().toUpperCase(Locale.ROOT));
            slots.computed.add(Measure.of(aggregate, quotient(first.get(), second.get())));
            decisions.note(
                    "The ratio is that of each row, and the " + clause.get(mean).argument() + " is over the rows.",
                    0.05);
        } else {
            add(first.get(), second.get());
        }
    }

    private static Expression quotient(Part first, Part second) {
        return new Expression.Arithmetic(Operator.DIVIDE, value(first), value(second));
    }

    private static Expression value(Part part) {
        Expression of = part.measure().of();
        if (of == null) {
            throw new IllegalStateException("A part of a ratio has no column");
        }
        return of;
    }

    /** "Profit divided by sales", "profit per unit of sales", "profit as a percentage of sales". */
    private void divided(int at, boolean percent) {
        Optional<Part> first = partBefore(at);
        Optional<Part> second = partAfter(at);
        if (first.isEmpty()
                || second.isEmpty()
                || first.get().measure().equals(second.get().measure())) {
            return;
        }
        int from = first.get().last();
        clause.use(at, second.get().last());
        clause.use(from, at);
        if (clause.isAt(clause.before(from), Tag.AGGREGATE) && first.get().named()) {
            clause.use(clause.before(from));
        }
        if (percent) {
            Expression hundred =
                    new Expression.Arithmetic(Operator.MULTIPLY, new Expression.Constant(100L), value(first.get()));
            Measure.Aggregated hundredfold = Measure.of(first.get().measure().aggregate(), hundred);
            add(new Part(hundredfold, first.get().named(), first.get().last()), second.get());
        } else {
            add(first.get(), second.get());
        }
    }

    /** Sums, where both add up; else means, as their ratio is then that of typical values. */
    private void add(Part first, Part second) {
        Part numerator = first;
        Part denominator = second;
        boolean sums = first.measure().aggregate() == second.measure().aggregate();
        if (!sums && !first.named() && !second.named()) {
            numerator = new Part(Measure.of(Aggregate.MEAN, value(first)), false, first.last());
            denominator = new Part(Measure.of(Aggregate.MEAN, value(second)), false, second.last());
        }
        slots.computed.add(new Measure.Ratio(numerator.measure(), denominator.measure(), Transform.NONE));
        String name = numerator.measure().aggregate() == Aggregate.SUM ? "sums" : "aggregates";
        decisions.note(
                "The ratio is one of " + name + "; \"average ratio of\" asks for the mean of the ratio of each row.",
                0.05);
    }

    private Optional<Part> partAfter(int at) {
        int next = clause.after(at);
        boolean named = clause.isAt(next, Tag.AGGREGATE);
        int column = named ? clause.after(next) : next;
        return clause.isAt(column, Item.Kind.COLUMN)
                ? part(column, named ? clause.get(next).argument() : "")
                : Optional.empty();
    }

    private Optional<Part> partBefore(int at) {
        int column = clause.before(at);
        int aggregate = clause.before(column);
        boolean named = clause.isAt(aggregate, Tag.AGGREGATE);
        return clause.isAt(column, Item.Kind.COLUMN)
                ? part(column, named ? clause.get(aggregate).argument() : "")
                : Optional.empty();
    }

    private Optional<Part> part(int at, String aggregate) {
        ColumnEntry column = decisions.column(clause.get(at), ColumnEntry::isQuantity);
        if (!column.isNumeric()) {
            return Optional.empty();
        }
        Measure.Aggregated measure = aggregate.isEmpty()
                ? Measure.of(Measures.defaultAggregate(column), column.ref())
                : Measures.of(aggregate, column);
        return Optional.of(new Part(measure, !aggregate.isEmpty(), at));
    }

    /** "Average price weighted by volume", "weighted average of price by volume", "volume-weighted average price". */
    private void weighted(int at) {
        boolean saysBy = text(at).endsWith("by");
        int next = clause.after(at);
        int mean = clause.isAt(next, Tag.AGGREGATE) ? next : at;
        int before = clause.before(at);
        int value;
        int weight;
        if (saysBy) {
            value = before;
            weight = next;
        } else if (clause.isAt(before, Item.Kind.COLUMN)) {
            weight = before;
            value = clause.after(mean);
        } else {
            value = clause.after(mean);
            weight = weighing(value);
        }
        int aggregate = saysBy ? clause.before(value) : -1;
        boolean isMean = aggregate < 0
                || !clause.isAt(aggregate, Tag.AGGREGATE)
                || clause.get(aggregate).argument().equals("mean");
        Optional<Part> of = clause.isAt(value, Item.Kind.COLUMN) ? part(value, "") : Optional.empty();
        Optional<Part> by = clause.isAt(weight, Item.Kind.COLUMN) ? part(weight, "") : Optional.empty();
        if (of.isEmpty() || by.isEmpty() || !isMean) {
            slots.problem = "A weighted mean is of one column of numbers by another, as in \"average\" one \"weighted"
                    + " by\" another.";
            return;
        }
        clause.use(Math.min(value, weight), Math.max(value, weight));
        clause.use(at, mean);
        if (clause.isAt(aggregate, Tag.AGGREGATE)) {
            clause.use(aggregate);
        }
        slots.computed.add(weightedMean(value(of.get()), value(by.get())));
        decisions.note("Rows without a value or a weight are left out of the weighted mean.", 0.02);
    }

    /** Where the weight stands: after "by" or the like. */
    private int weighing(int value) {
        int at = value + 1;
        while (at < clause.size()
                && (WEIGHS.contains(text(at)) || clause.get(at).is(Tag.FILLER))) {
            at++;
        }
        return at > value + 1 ? at : -1;
    }

    private static Measure weightedMean(Expression value, Expression weight) {
        Condition there = new Condition.Not(new Condition.Missing(value));
        Expression weights = new Expression.Choice(List.of(new Expression.Branch(there, weight)), null);
        return new Measure.Ratio(
                Measure.of(Aggregate.SUM, new Expression.Arithmetic(Operator.MULTIPLY, value, weight)),
                Measure.of(Aggregate.SUM, weights),
                Transform.NONE);
    }

    /** "95% confidence interval of the mean fare". */
    private void confidence(int at) {
        int next = clause.after(at);
        int mean = clause.isAt(next, Tag.AGGREGATE) ? next : -1;
        int column = mean < 0 ? next : clause.after(mean);
        boolean isMean = mean < 0 || clause.get(mean).argument().equals("mean");
        Optional<Part> of = clause.isAt(column, Item.Kind.COLUMN) ? part(column, "") : Optional.empty();
        if (of.isEmpty() || !isMean) {
            slots.problem = "A confidence interval is one of the mean of a column of numbers.";
            return;
        }
        double level = level(at);
        if (!(level > 0 && level < 1)) {
            slots.problem = "The level of a confidence interval lies between 0% and 100%.";
            return;
        }
        clause.use(at, column);
        Expression value = value(of.get());
        slots.computed.add(Measure.of(Aggregate.MEAN, value));
        slots.computed.add(new Measure.Aggregated(Aggregate.CONFIDENCE_LOW, value, level, Transform.NONE));
        slots.computed.add(new Measure.Aggregated(Aggregate.CONFIDENCE_HIGH, value, level, Transform.NONE));
        decisions.note("The interval is Student's, by the rows' own standard deviation.", 0.02);
    }

    private double level(int at) {
        int number = clause.before(at);
        if (clause.isAt(number, Item.Kind.NUMBER) && clause.get(number).value() instanceof BigDecimal n) {
            clause.use(number);
            return n.compareTo(BigDecimal.ONE) < 0
                    ? n.doubleValue()
                    : n.divide(HUNDRED).doubleValue();
        }
        return USUAL_LEVEL;
    }

    private String text(int at) {
        return clause.get(at).text().toLowerCase(Locale.ROOT);
    }
}
