package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;

/** Takes a column or a formula in the place of another column. Immutable. */
final class RefReplacer {
    private final ColumnRef from;
    private final Expression to;

    private RefReplacer(ColumnRef from, Expression to) {
        this.from = from;
        this.to = to;
    }

    static Step replaced(Step step, ColumnRef from, Expression to) {
        RefReplacer replacer = new RefReplacer(from, to);
        return step.toBuilder()
                .dimensions(step.dimensions().stream().map(replacer::of).toList())
                .measures(step.measures().stream().map(replacer::of).toList())
                .having(replacer.of(step.having()))
                .order(step.order().stream().map(replacer::of).toList())
                .filter(replacer.of(step.filter()))
                .build();
    }

    private Dimension of(Dimension dimension) {
        return new Dimension(of(dimension.of()), dimension.grouping());
    }

    private Measure of(Measure measure) {
        if (measure instanceof Measure.Ratio ratio) {
            return new Measure.Ratio(of(ratio.numerator()), of(ratio.denominator()), ratio.transform());
        }
        if (measure instanceof Measure.Moving moving) {
            return new Measure.Moving(of(moving.of()), moving.aggregate(), moving.length());
        } else if (measure instanceof Measure.Nested nested) {
            return new Measure.Nested(
                    nested.aggregate(),
                    of(nested.of()),
                    nested.within().stream().map(this::of).toList());
        } else if (measure instanceof Measure.Portion portion) {
            return new Measure.Portion(of(portion.of()), portion.transform());
        }
        return of((Measure.Aggregated) measure);
    }

    private Measure.Aggregated of(Measure.Aggregated measure) {
        Expression of = measure.of();
        return of == null
                ? measure
                : new Measure.Aggregated(measure.aggregate(), of(of), measure.fraction(), measure.transform());
    }

    private Order of(Order order) {
        return order.key() instanceof Order.Key.OfValue value
                ? new Order(new Order.Key.OfValue(of(value.value())), order.direction())
                : order;
    }

    private Expression of(Expression expression) {
        if (expression instanceof ColumnRef ref) {
            return ref.equals(from) ? to : ref;
        } else if (expression instanceof Expression.PartOf part) {
            return new Expression.PartOf(part.part(), of(part.date()));
        } else if (expression instanceof Expression.Arithmetic a) {
            return new Expression.Arithmetic(a.operator(), of(a.left()), of(a.right()));
        } else if (expression instanceof Expression.Applied f) {
            return new Expression.Applied(f.function(), of(f.argument()));
        } else if (expression instanceof Expression.Overall o) {
            return new Expression.Overall(of(o.measure()));
        } else if (expression instanceof Expression.Choice c) {
            Expression otherwise = c.otherwise();
            return new Expression.Choice(
                    c.branches().stream()
                            .map(b -> new Expression.Branch(of(b.when()), of(b.then())))
                            .toList(),
                    otherwise == null ? null : of(otherwise));
        }
        return expression;
    }

    private Condition of(Condition condition) {
        if (condition instanceof Condition.All all) {
            return new Condition.All(all.parts().stream().map(this::of).toList());
        } else if (condition instanceof Condition.Any any) {
            return new Condition.Any(any.parts().stream().map(this::of).toList());
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(of(not.part()));
        } else if (condition instanceof Condition.MeasureComparison m) {
            return new Condition.MeasureComparison(of(m.measure()), m.comparator(), of(m.right()));
        } else if (condition instanceof Condition.Comparison c) {
            return new Condition.Comparison(of(c.left()), c.comparator(), of(c.right()));
        } else if (condition instanceof Condition.Between b) {
            return new Condition.Between(of(b.value()), of(b.low()), of(b.high()));
        }
        return ofValue(condition);
    }

    private Condition ofValue(Condition condition) {
        if (condition instanceof Condition.OneOf o) {
            return new Condition.OneOf(of(o.value()), o.values());
        } else if (condition instanceof Condition.TextMatch t) {
            return new Condition.TextMatch(of(t.value()), t.position(), t.text());
        } else if (condition instanceof Condition.Missing m) {
            return new Condition.Missing(of(m.value()));
        } else if (condition instanceof Condition.RelativePeriod p) {
            return new Condition.RelativePeriod(of(p.date()), p.unit(), p.offset(), p.length());
        } else if (condition instanceof Condition.Among a) {
            return new Condition.Among(of(a.value()), a.rows());
        }
        throw new AssertionError(condition);
    }
}
