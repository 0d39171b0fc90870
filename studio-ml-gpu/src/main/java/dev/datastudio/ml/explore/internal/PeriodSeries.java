package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.Forecast.Value;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A value for each period, one after the other without a gap.
 *
 * @param period never left open
 * @param aggregation never left open
 * @param notes what was done, whole sentences
 */
record PeriodSeries(Period period, Aggregation aggregation, List<Value> values, List<String> notes) {
    private static final List<Period> FINEST_FIRST =
            List.of(Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR);
    private static final double NEARLY_ALL = 0.8;
    private static final int MONTHS_OF_TWO_YEARS = 24;
    private static final int FEWEST = 8;
    private static final int MOST = 5_000;
    /** Parts of names of what is never added up. */
    private static final Set<String> RATES = Set.of(
            "price",
            "rate",
            "ratio",
            "share",
            "percent",
            "pct",
            "average",
            "avg",
            "mean",
            "median",
            "temp",
            "temperature",
            "score",
            "index",
            "level",
            "concentration",
            "age",
            "rating",
            "margin");

    PeriodSeries {
        values = List.copyOf(values);
        notes = List.copyOf(notes);
    }

    double[] numbers() {
        return values.stream().mapToDouble(Value::value).toArray();
    }

    /** @throws StudioException with {@code INVALID_ARGUMENT} when there are too few periods, or they are finer than the data */
    static PeriodSeries of(DailyValues daily, ForecastSpec spec) {
        List<String> notes = new ArrayList<>();
        if (daily.days().isEmpty()) {
            throw Checks.wrong(
                    "There are no values with a " + StudioException.quote(daily.time()),
                    "Name columns that have values");
        }
        Period finest = finest(daily);
        Period period = period(daily, spec, finest);
        Aggregation how = aggregation(daily, spec);
        TreeMap<LocalDate, DailyValues.Sum> sums = new TreeMap<>();
        daily.days()
                .forEach((day, sum) -> sums.merge(
                        period.begin(day),
                        sum,
                        (a, b) -> new DailyValues.Sum(a.sum() + b.sum(), a.count() + b.count())));
        if (how != Aggregation.MEAN && finest.compareTo(period) < 0) {
            dropUnfinished(daily, period, finest, sums, notes);
        }
        long count = sums.isEmpty() ? 0 : 1 + period.between(sums.firstKey(), sums.lastKey());
        if (count < FEWEST) {
            throw Checks.wrong(
                    "There are only " + count + " whole " + period.noun() + "s of values",
                    "A forecast by " + period.noun() + " needs at least " + FEWEST
                            + (period == Period.DAY ? "" : "; name a finer period where the data have one"));
        }
        if (count > MOST) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "There are " + count + " " + period.noun() + "s, and " + MOST + " are possible",
                    "Name a coarser period");
        }
        if (sums.size() < count / 2.0) {
            throw Checks.wrong(
                    "Only " + sums.size() + " of " + count + " " + period.noun() + "s have values",
                    "Give values for most of them, or name a coarser period");
        }
        return new PeriodSeries(period, how, values(period, how, sums, notes), notes);
    }

    /** The finest period of which nearly all have values; years when none is. */
    private static Period finest(DailyValues daily) {
        if (daily.areYears()) {
            return Period.YEAR;
        }
        for (Period period : FINEST_FIRST) {
            long all = 1
                    + period.between(
                            period.begin(daily.days().firstKey()),
                            period.begin(daily.days().lastKey()));
            long filled =
                    daily.days().keySet().stream().map(period::begin).distinct().count();
            if (filled >= NEARLY_ALL * all) {
                return period;
            }
        }
        return Period.YEAR;
    }

    private static Period period(DailyValues daily, ForecastSpec spec, Period finest) {
        if (spec.period() == Period.AUTOMATIC) {
            long months = 1
                    + Period.MONTH.between(
                            Period.MONTH.begin(daily.days().firstKey()),
                            Period.MONTH.begin(daily.days().lastKey()));
            return finest.compareTo(Period.MONTH) < 0 && months >= MONTHS_OF_TWO_YEARS ? Period.MONTH : finest;
        }
        if (spec.period().compareTo(finest) < 0) {
            throw Checks.wrong(
                    "Most " + spec.period().noun() + "s have no values; the finest period that has is the "
                            + finest.noun(),
                    "Forecast by " + finest.noun() + " or a coarser period");
        }
        return spec.period();
    }

    private static Aggregation aggregation(DailyValues daily, ForecastSpec spec) {
        if (daily.value().isEmpty()) {
            return Aggregation.COUNT;
        }
        if (spec.aggregation() != Aggregation.AUTOMATIC) {
            return spec.aggregation();
        }
        boolean isRate = daily.unit().equals(Column.PERCENT)
                || List.of(daily.value().toLowerCase(Locale.ROOT).split("[^\\p{L}]+")).stream()
                        .anyMatch(RATES::contains);
        if (isRate) {
            return Aggregation.MEAN;
        }
        long rows =
                daily.days().values().stream().mapToLong(DailyValues.Sum::count).sum();
        boolean isMoney = "$€£¥".contains(daily.unit()) && !daily.unit().isEmpty();
        return isMoney || rows > 1.05 * daily.days().size() ? Aggregation.SUM : Aggregation.MEAN;
    }

    /** A sum over half a period is no small value, but no value. */
    private static void dropUnfinished(
            DailyValues daily,
            Period period,
            Period finest,
            NavigableMap<LocalDate, DailyValues.Sum> sums,
            List<String> notes) {
        long step = ChronoUnit.DAYS.between(LocalDate.EPOCH, finest.plus(LocalDate.EPOCH, 1));
        LocalDate last = sums.lastKey();
        LocalDate end = period.plus(last, 1);
        long allowed = Math.max(step, ChronoUnit.DAYS.between(last, end) / 10);
        if (ChronoUnit.DAYS.between(daily.days().lastKey(), end) - 1 > allowed) {
            sums.remove(last);
            notes.add("The last " + period.noun() + ", from " + last
                    + " on, is not finished and is left out: the data end on "
                    + daily.days().lastKey() + ".");
        }
        if (sums.isEmpty()) {
            return;
        }
        LocalDate first = sums.firstKey();
        if (ChronoUnit.DAYS.between(first, daily.days().firstKey()) > allowed) {
            sums.remove(first);
            notes.add("The first " + period.noun() + " is left out: the data begin on "
                    + daily.days().firstKey() + ".");
        }
    }

    private static List<Value> values(
            Period period, Aggregation how, NavigableMap<LocalDate, DailyValues.Sum> sums, List<String> notes) {
        List<Value> values = new ArrayList<>();
        int gaps = 0;
        LocalDate last = sums.lastKey();
        for (LocalDate begin = sums.firstKey(); !begin.isAfter(last); begin = period.plus(begin, 1)) {
            DailyValues.Sum sum = sums.get(begin);
            if (sum == null) {
                gaps++;
                double filled = how == Aggregation.MEAN ? between(period, begin, sums) : 0;
                values.add(new Value(begin, filled, true));
            } else {
                values.add(new Value(begin, value(how, sum), false));
            }
        }
        if (gaps > 0) {
            notes.add(gaps + " of " + values.size() + " " + period.noun() + "s have no values; "
                    + (how == Aggregation.MEAN
                            ? "theirs lie on the line between their neighbours."
                            : "they count as 0."));
        }
        return values;
    }

    private static double value(Aggregation how, DailyValues.Sum sum) {
        return how == Aggregation.COUNT ? sum.count() : how == Aggregation.SUM ? sum.sum() : sum.sum() / sum.count();
    }

    private static double between(Period period, LocalDate begin, NavigableMap<LocalDate, DailyValues.Sum> sums) {
        Map.Entry<LocalDate, DailyValues.Sum> before = sums.lowerEntry(begin);
        Map.Entry<LocalDate, DailyValues.Sum> after = sums.higherEntry(begin);
        double share =
                (double) period.between(before.getKey(), begin) / period.between(before.getKey(), after.getKey());
        return value(Aggregation.MEAN, before.getValue()) * (1 - share)
                + value(Aggregation.MEAN, after.getValue()) * share;
    }
}
