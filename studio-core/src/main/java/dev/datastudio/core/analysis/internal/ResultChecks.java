package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.TimeGrain;
import dev.datastudio.core.chart.ValueSummary;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at what came out as a careful analyst would, and says what a reader must know. Not thread-safe; one for each run. */
public final class ResultChecks {
    private static final int MOST_PERIODS = 5_000;
    private static final int ENOUGH_PERIODS = 3;
    private static final double COMPLETE = 0.8;

    private final StepQueries queries;
    private final Schema schema;
    private final ValueText values = new ValueText(Locale.US);
    private boolean firstIsCut;
    private boolean lastIsCut;

    public ResultChecks(StepQueries queries, Schema schema) {
        this.queries = queries;
        this.schema = schema;
    }

    /** Adds what is worth knowing to the warnings. */
    public void check(Step step, List<StepColumn> columns, QueryResult result, List<String> warnings) {
        checkJoins(step, warnings);
        checkMissingKeys(step, columns, result, warnings);
        checkMeasures(columns, result, warnings);
        if (step.operation() == Operation.DISTRIBUTION) {
            checkLeftOut(step, warnings);
        }
        if (step.operation() == Operation.TREND && !result.rows().isEmpty()) {
            checkPeriods(step, warnings);
        }
        if (result.isCut()) {
            warnings.add("Only the first " + values.number(result.rows().size()) + " of "
                    + values.number(result.totalRows()) + " rows are shown.");
        }
    }

    /** Whether the first period of a trend has rows for a part of its time only. */
    boolean firstIsCut() {
        return firstIsCut;
    }

    /** Whether the last period of a trend has rows for a part of its time only. */
    boolean lastIsCut() {
        return lastIsCut;
    }

    /** A join whose added key repeats gives rows of the tables before it more than once. */
    private void checkJoins(Step step, List<String> warnings) {
        Source source = step.source();
        for (int i = 0; i < source.joins().size(); i++) {
            ColumnRef right = source.joins().get(i).right();
            ColumnRef left = source.joins().get(i).left();
            boolean measures =
                    step.operation() != Operation.LIST && !step.measures().isEmpty();
            if (measures && reads(step, source.tables().subList(0, i + 1)) && repeats(right)) {
                warnings.add(repeated(left.table(), right));
            }
            if (measures && readsColumns(step, List.of(right.table())) && repeats(left)) {
                warnings.add(repeated(right.table(), left));
            }
        }
    }

    private static String repeated(String table, ColumnRef key) {
        return "Rows of " + table + " are counted more than once, because " + key.name() + " repeats in " + key.table()
                + ".";
    }

    /** Whether a measure counts rows or reads columns of the tables. */
    private static boolean reads(Step step, List<String> tables) {
        boolean counts = step.measures().stream().anyMatch(m -> m.columns().isEmpty());
        return counts || readsColumns(step, tables);
    }

    private static boolean readsColumns(Step step, List<String> tables) {
        return step.measures().stream()
                .filter(m -> !(m instanceof Measure.Aggregated a && isIdempotent(a.aggregate())))
                .flatMap(m -> m.columns().stream())
                .anyMatch(c -> tables.contains(c.table()));
    }

    private static boolean isIdempotent(Aggregate aggregate) {
        return aggregate == Aggregate.MIN
                || aggregate == Aggregate.MAX
                || aggregate == Aggregate.RANGE
                || aggregate == Aggregate.COUNT_DISTINCT;
    }

    private boolean repeats(ColumnRef key) {
        Step table = Step.of(Operation.AGGREGATE, key.table()).build();
        List<@Nullable Object> counts = queries.aggregates(
                table,
                Condition.always(),
                List.of(Measure.of(Aggregate.COUNT, key), Measure.of(Aggregate.COUNT_DISTINCT, key)));
        return !String.valueOf(counts.get(0)).equals(String.valueOf(counts.get(1)));
    }

    private void checkMissingKeys(Step step, List<StepColumn> columns, QueryResult result, List<String> warnings) {
        if (step.operation() == Operation.LIST
                || step.operation() == Operation.DUPLICATES
                || step.operation() == Operation.OUTLIERS
                || step.operation() == Operation.COMBINATION) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!(columns.get(i).origin() instanceof Origin.OfDimension d)) {
                continue;
            }
            int column = i;
            if (result.rows().stream().anyMatch(r -> r.get(column) == null)) {
                String name = Words.of(step.dimensions().get(d.index()).of());
                warnings.add("Rows without " + name + " stand in a group of their own.");
            }
        }
    }

    private static void checkMeasures(List<StepColumn> columns, QueryResult result, List<String> warnings) {
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            boolean measure = columns.get(i).origin() instanceof Origin.OfMeasure;
            if (measure && !result.rows().isEmpty() && result.rows().stream().allMatch(r -> r.get(column) == null)) {
                warnings.add(StepReading.capital(columns.get(i).label()) + " has no value anywhere.");
            }
        }
    }

    private void checkLeftOut(Step step, List<String> warnings) {
        Steps.Spread spread = Steps.spread(step, schema);
        if (spread == Steps.Spread.CATEGORIES) {
            return;
        }
        Expression of = Steps.valueOf(step);
        List<Condition> both = List.of(step.filter(), new Condition.Missing(of));
        Optional<ValueSummary> summary = queries.summary(step);
        long missing = summary.isPresent() ? summary.get().missing() : queries.count(step, Condition.all(both));
        if (missing > 0) {
            warnings.add(values.number(missing) + " rows without " + Words.of(of) + " are left out.");
        }
    }

    private void checkPeriods(Step step, List<String> warnings) {
        Dimension time = step.dimensions().get(0);
        if (!(time.grouping() instanceof Grouping.ByTime by)
                || by.grain() == TimeGrain.HOUR
                || by.grain() == TimeGrain.MINUTE) {
            return;
        }
        Step asked = Step.of(Operation.TREND, step.source())
                .cleaning(step.cleaning())
                .filter(Condition.all(List.of(step.filter(), new Condition.Not(new Condition.Missing(time.of())))))
                .dimensions(List.of(time))
                .measures(List.of(Measure.of(Aggregate.MIN, time.of()), Measure.of(Aggregate.MAX, time.of())))
                .build();
        List<Period> periods = new ArrayList<>();
        for (List<@Nullable Object> row : queries.rows(asked, MOST_PERIODS)) {
            Optional<LocalDate> begin = day(row.get(0));
            Optional<LocalDate> first = day(row.get(1));
            Optional<LocalDate> last = day(row.get(2));
            if (begin.isPresent() && first.isPresent() && last.isPresent()) {
                periods.add(new Period(begin.get(), first.get(), last.get()));
            }
        }
        if (periods.size() >= ENOUGH_PERIODS) {
            checkGaps(periods, by.grain(), warnings);
            checkEnds(periods, by.grain(), Words.of(time.of()), warnings);
        }
    }

    private void checkGaps(List<Period> periods, TimeGrain grain, List<String> warnings) {
        LocalDate end = periods.get(periods.size() - 1).begin();
        long expected = 0;
        for (LocalDate day = periods.get(0).begin(); !day.isAfter(end); day = Conditions.plus(day, grain, 1)) {
            expected++;
        }
        long missing = expected - periods.size();
        // Days that never have rows, such as weekends, are a habit of the data rather than a gap.
        if (missing > 0 && missing < expected / 2 && grain != TimeGrain.DAY) {
            warnings.add(values.number(missing) + " of " + values.number(expected) + " " + Words.lower(grain)
                    + "s have no rows; they are not shown as zero.");
        }
    }

    private void checkEnds(List<Period> periods, TimeGrain grain, String name, List<String> warnings) {
        if (grain == TimeGrain.DAY) {
            return;
        }
        List<Long> ends = periods.stream().map(Period::lastOffset).sorted().toList();
        List<Long> begins = periods.stream().map(Period::firstOffset).sorted().toList();
        long usualEnd = ends.get(ends.size() / 2);
        long usualBegin = begins.get(begins.size() / 2);
        Period first = periods.get(0);
        Period last = periods.get(periods.size() - 1);
        if (first.firstOffset() - usualBegin > (1 - COMPLETE) * Math.max(usualEnd, 4)) {
            firstIsCut = true;
            warnings.add("The first " + Words.lower(grain) + ", " + values.period(first.begin(), grain)
                    + ", is incomplete: " + name + " begins on " + first.first() + ".");
        }
        if (usualEnd - last.lastOffset() > (1 - COMPLETE) * Math.max(usualEnd, 4)) {
            lastIsCut = true;
            warnings.add("The last " + Words.lower(grain) + ", " + values.period(last.begin(), grain)
                    + ", is incomplete: " + name + " ends on " + last.last() + ".");
        }
    }

    private static Optional<LocalDate> day(@Nullable Object value) {
        if (value instanceof LocalDateTime time) {
            return Optional.of(time.toLocalDate());
        }
        return value instanceof LocalDate date ? Optional.of(date) : Optional.empty();
    }

    private record Period(LocalDate begin, LocalDate first, LocalDate last) {
        long firstOffset() {
            return ChronoUnit.DAYS.between(begin, first);
        }

        long lastOffset() {
            return ChronoUnit.DAYS.between(begin, last);
        }
    }
}
