package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Condition.Comparison;
import dev.datastudio.core.analysis.Condition.OneOf;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the condition that leaves no rows, and puts the nearest stored value in its place when it is the only near one.
 */
public final class EmptyRepair {
    private static final int OFFERED = 5;
    private static final int RELAXED = 6;

    private final StepQueries queries;
    private final Schema schema;
    private final ValueText values = new ValueText(Locale.US);

    public EmptyRepair(StepQueries queries, Schema schema) {
        this.queries = queries;
        this.schema = schema;
    }

    /** Whether a step found nothing, though its filter may be to blame; an aggregate of nothing is a row too. */
    public static boolean isEmpty(Step step, QueryResult result) {
        if (step.filter().equals(Condition.always())) {
            return false;
        }
        boolean single =
                step.operation() == Operation.AGGREGATE && step.dimensions().isEmpty();
        boolean summed = step.operation() == Operation.CORRELATION || step.operation() == Operation.REGRESSION;
        boolean columns = step.operation() == Operation.MISSING || step.operation() == Operation.SUMMARY;
        if (result.totalRows() == 0) {
            return step.operation() != Operation.OUTLIERS && step.operation() != Operation.DUPLICATES;
        }
        return columns
                || ((single || summed)
                        && result.rows().stream().allMatch(r -> r.stream().allMatch(EmptyRepair::isNothing)));
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || (value instanceof Number number && number.doubleValue() == 0);
    }

    /** The step with a mended filter, or the same step; either way the reader is told why. */
    public Step repair(Step step, List<String> warnings) {
        if (queries.count(step, step.filter()) > 0) {
            return step;
        }
        List<Condition> parts = parts(step.filter());
        List<Condition> mended = new ArrayList<>();
        boolean explained = false;
        boolean changed = false;
        for (Condition part : parts) {
            Condition better = part;
            if (queries.count(step, part) == 0) {
                better = mend(step, part, warnings);
                explained = true;
                changed |= !better.equals(part);
            }
            mended.add(better);
        }
        if (!explained) {
            warnings.add(
                    "Each condition holds for some rows, but none for which all of them hold." + relaxed(step, parts));
        }
        return changed ? step.toBuilder().filter(Condition.all(mended)).build() : step;
    }

    /** How many rows there are when one of the conditions is left out, for those where there are some. */
    private String relaxed(Step step, List<Condition> parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(parts.size(), RELAXED); i++) {
            List<Condition> others = new ArrayList<>(parts);
            Condition left = others.remove(i);
            long count = queries.count(step, Condition.all(others));
            if (count > 0) {
                text.append(" Without '")
                        .append(new StepReading(Locale.US).of(left))
                        .append("' there ")
                        .append(count == 1 ? "is 1 row." : "are " + values.number(count) + " rows.");
            }
        }
        return text.toString();
    }

    private static List<Condition> parts(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().flatMap(p -> parts(p).stream()).toList();
        }
        return List.of(condition);
    }

    private Condition mend(Step step, Condition part, List<String> warnings) {
        if (part instanceof Comparison c
                && c.comparator() == Comparator.EQUAL
                && c.right() instanceof Constant wanted
                && schema.type(c.left()) == ColumnType.TEXT) {
            return nearest(step, c.left(), wanted, warnings)
                    .<Condition>map(v -> new Comparison(c.left(), Comparator.EQUAL, v))
                    .orElse(part);
        } else if (part instanceof OneOf o && schema.type(o.value()) == ColumnType.TEXT) {
            List<Constant> found = new ArrayList<>();
            for (Constant wanted : o.values()) {
                nearest(step, o.value(), wanted, warnings).ifPresent(found::add);
            }
            return found.isEmpty() ? part : new OneOf(o.value(), found);
        }
        explain(step, part, warnings);
        return part;
    }

    private Optional<Constant> nearest(Step step, Expression of, Constant wanted, List<String> warnings) {
        String text = String.valueOf(wanted.value());
        List<String> stored = queries.values(step, of);
        List<String> near = Nearest.list(text, stored, OFFERED);
        String none = "No row has " + quote(text) + " as " + Words.of(of);
        boolean unique = near.size() == 1
                || (near.size() > 1 && Nearest.distance(text, near.get(0)) < Nearest.distance(text, near.get(1)));
        if (unique) {
            Constant found = new Constant(near.get(0));
            long count = queries.count(step, new Comparison(of, Comparator.EQUAL, found));
            warnings.add(none + "; " + quote(near.get(0)) + " (" + values.number(count) + " rows) was taken instead.");
            return Optional.of(found);
        }
        List<String> offered = near.isEmpty() ? stored.stream().limit(OFFERED).toList() : near;
        String which = near.isEmpty() ? "; the most frequent values are " : "; the nearest values are ";
        warnings.add(
                offered.isEmpty()
                        ? none + "; it has no values at all."
                        : none + which
                                + StepReading.and(
                                        offered.stream().map(v -> quote(v)).toList()) + ".");
        return Optional.empty();
    }

    private void explain(Step step, Condition part, List<String> warnings) {
        String what = "No row fulfils '" + new StepReading(Locale.US).of(part) + "'";
        Optional<Expression> value = value(part).filter(v -> {
            ColumnType type = schema.type(v);
            return type.isNumeric() || type.isTemporal();
        });
        if (value.isEmpty()) {
            warnings.add(what + ".");
            return;
        }
        List<@Nullable Object> range = queries.range(step, value.get());
        String unit = schema.unit(value.get());
        warnings.add(
                range.get(0) == null
                        ? what + "; " + Words.of(value.get()) + " has no values."
                        : what + "; " + Words.of(value.get()) + " lies between " + values.of(range.get(0), unit)
                                + " and " + values.of(range.get(1), unit) + ".");
    }

    private static Optional<Expression> value(Condition part) {
        if (part instanceof Comparison c) {
            return Optional.of(c.left());
        } else if (part instanceof Condition.Between b) {
            return Optional.of(b.value());
        } else if (part instanceof OneOf o) {
            return Optional.of(o.value());
        } else if (part instanceof Condition.RelativePeriod p) {
            return Optional.of(p.date());
        }
        return Optional.empty();
    }
}
