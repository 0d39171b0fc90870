package dev.datastudio.core.cleaning.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.internal.StepSql.Order;
import dev.datastudio.core.cleaning.internal.StepSql.Output;
import java.util.ArrayList;
import java.util.List;

/** Steps that give single values others in their place. Not thread-safe. */
final class ValueSteps {
    /** The names that statistics are recorded under. */
    static final String VALUE = "value";

    static final String LOW = "low";
    static final String HIGH = "high";

    private final StepInput input;
    private final StepFacts facts;

    ValueSteps(StepInput input, StepFacts facts) {
        this.input = input;
        this.facts = facts;
    }

    StepSql fill(CleaningStep.FillMissing fill) {
        InputColumn column = input.column(fill.column());
        if (fill.with() instanceof Filling.Value given) {
            return filled(column, given.value());
        } else if (fill.with() instanceof Filling.Statistic statistic) {
            return filled(column, statistic(column, statistic.kind()));
        } else if (fill.with() instanceof Filling.Previous) {
            Fragment value =
                    Fragment.of("last_value(", column.sql(), " IGNORE NULLS) OVER (ORDER BY ", input.row(), ")");
            Fragment name = column.sql();
            String carried = spare();
            Fragment from =
                    Fragment.of("(SELECT *, ", value, " AS ", Fragment.name(carried), " FROM ", input.table(), ")");
            Fragment after = Fragment.of("coalesce(", name, ", ", Fragment.name(carried), ")");
            return StepSql.changing(input, from, List.of(new Output(column.name(), after)), Order.LOST);
        }
        throw new AssertionError(fill.with());
    }

    private String spare() {
        String free = "carried";
        for (int i = 2; input.find(free).isPresent(); i++) {
            free = "carried" + i;
        }
        return free;
    }

    private StepSql filled(InputColumn column, Constant value) {
        Values.Fitted fitted = Values.fit(value, column);
        Fragment after = Fragment.of("coalesce(", fitted.column(), ", ", fitted.value(), ")");
        return StepSql.changing(input, List.of(new Output(column.name(), after)));
    }

    private Constant statistic(InputColumn column, Filling.Kind kind) {
        Fragment from = Fragment.of(" FROM ", input.table());
        return switch (kind) {
            case MEAN -> {
                InputColumn numbers = input.numbers(column.name());
                yield facts.get(column, VALUE, Fragment.of("SELECT avg(", numbers.asDouble(), ")", from));
            }
            case MEDIAN -> {
                InputColumn numbers = input.numbers(column.name());
                yield facts.get(column, VALUE, Fragment.of("SELECT median(", numbers.asDouble(), ")", from));
            }
            case MODE -> {
                if (column.type() == ColumnType.TIME || column.type() == ColumnType.OTHER) {
                    throw StepInput.wrongType(
                            column, "numbers, texts, dates or truth values", "Change its type to text first");
                }
                Fragment name = column.sql();
                yield facts.get(
                        column,
                        VALUE,
                        Fragment.of(
                                Fragment.of("SELECT ", name, from, " WHERE ", name, " IS NOT NULL GROUP BY ", name),
                                Fragment.of(" ORDER BY count(*) DESC, ", name, " LIMIT 1")));
            }
        };
    }

    StepSql treat(CleaningStep.TreatOutliers treat) {
        InputColumn column = input.numbers(treat.column());
        List<Constant> fences = fences(column, treat.rule());
        double low = Values.number(fences.get(0));
        double high = Values.number(fences.get(1));
        Fragment below = Fragment.of(column.asDouble(), " < ", Fragment.number(low));
        Fragment above = Fragment.of(column.asDouble(), " > ", Fragment.number(high));
        Fragment name = column.sql();
        return switch (treat.treatment()) {
            case REMOVE -> StepSql.keeping(input, Fragment.of("NOT coalesce(", below, " OR ", above, ", FALSE)"));
            case MISSING -> {
                Fragment after = Fragment.of("CASE WHEN ", below, " OR ", above, " THEN NULL ELSE ", name, " END");
                yield StepSql.changing(input, List.of(new Output(column.name(), after)));
            }
            case CAP -> {
                boolean whole = column.type() == ColumnType.INTEGER;
                Fragment lowest = fence(column, whole ? Math.ceil(low) : low);
                Fragment highest = fence(column, whole ? Math.floor(high) : high);
                Fragment after = Fragment.of(
                        Fragment.of("CASE WHEN ", below, " THEN ", lowest),
                        Fragment.of(" WHEN ", above, " THEN ", highest, " ELSE ", name, " END"));
                yield StepSql.changing(input, List.of(new Output(column.name(), after)));
            }
        };
    }

    /** A fence that the column's type can't hold is one that no value is beyond. */
    private static Fragment fence(InputColumn column, double value) {
        return Fragment.of("TRY_CAST(", Fragment.number(value), " AS " + column.sqlType() + ")");
    }

    private List<Constant> fences(InputColumn column, Detail.Outliers rule) {
        Fragment value = column.asDouble();
        double times = rule.threshold();
        if (rule.method() == Detail.OutlierMethod.Z_SCORE) {
            Fragment query = Fragment.of("SELECT avg(", value, "), stddev_samp(", value, ") FROM ", input.table());
            return facts.get(column, List.of(LOW, HIGH), query, row -> {
                double mean = ((Number) row[0]).doubleValue();
                double reach = times * ((Number) row[1]).doubleValue();
                return List.of(mean - reach, mean + reach);
            });
        }
        Fragment query = Fragment.of(
                Fragment.of("SELECT quantile_cont(", value, ", 0.25), quantile_cont(", value, ", 0.75) FROM "),
                input.table());
        return facts.get(column, List.of(LOW, HIGH), query, row -> {
            double first = ((Number) row[0]).doubleValue();
            double third = ((Number) row[1]).doubleValue();
            double reach = times * (third - first);
            return List.of(first - reach, third + reach);
        });
    }

    StepSql replace(CleaningStep.ReplaceValues replace) {
        InputColumn column = input.column(replace.column());
        boolean widened = replace.replacements().stream()
                .flatMap(r -> r.to().stream())
                .anyMatch(to -> !Values.fit(to, column).column().equals(column.sql()));
        List<Fragment> cases = new ArrayList<>();
        for (CleaningStep.Replacement replacement : replace.replacements()) {
            Values.Fitted from = Values.fit(replacement.from(), column);
            Fragment to = replacement
                    .to()
                    .map(value -> Values.fit(value, column).value())
                    .orElse(Fragment.MISSING);
            cases.add(Fragment.of(" WHEN ", from.column(), " = ", from.value(), " THEN ", to));
        }
        Fragment other = widened ? column.asDouble() : column.sql();
        Fragment after = Fragment.of("CASE", Fragment.join("", cases), " ELSE ", other, " END");
        return StepSql.changing(input, List.of(new Output(column.name(), after)));
    }
}
