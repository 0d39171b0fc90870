package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.Histogram;
import dev.datastudio.core.profile.TimeDetails;
import dev.datastudio.core.profile.TimeDetails.Gap;
import dev.datastudio.core.profile.TimeDetails.Grain;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Grain, coverage, gaps and histogram of times: rows by period, at most 200,000 periods. */
final class TimeScan {
    private static final long MAX_PERIODS = 200_000;
    private static final int MAX_BINS = 60;
    private static final int COARSE_VALUES = 3;
    private static final int MAX_GAPS = 10;
    private static final long[] YEARS_AT_ONCE = {1, 2, 5, 10, 20, 50, 100, 500, 1000};
    private static final long[] MONTHS_AT_ONCE = {1, 3, 6, 12, 24, 60, 120};
    private static final long[] DAYS_AT_ONCE = {1, 7, 14, 28, 91, 182, 365};
    private static final long[] TIMES_AT_ONCE = {1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440};

    /** Grains that values may be cut to, the coarsest first. */
    private static final List<Grain> TRUNCATED = List.of(Grain.YEAR, Grain.MONTH, Grain.DAY, Grain.HOUR, Grain.MINUTE);

    private TimeScan() {}

    static void run(ProfileSession session, List<ColumnBuilder> columns) {
        for (ColumnBuilder column : columns) {
            if (column.hasValues() && (column.column.type().isTemporal() || column.isYear())) {
                session.report("reading times", column.position, columns.size());
                run(session, column);
            }
        }
    }

    private record Period(long index, long rows) {}

    private static void run(ProfileSession session, ColumnBuilder column) {
        Grain grain = column.isYear() ? Grain.YEAR : grain(session, column);
        String value = finite(column);
        List<Period> periods = session
                .rows("SELECT " + (column.isYear() ? column.sql() : index(grain, value)) + ", count(*) FROM "
                        + ProfileSession.DATA + " WHERE " + value + " IS NOT NULL GROUP BY 1 ORDER BY 1")
                .stream()
                .map(row -> new Period(row.asLong(), row.asLong()))
                .toList();
        if (periods.isEmpty()) {
            return;
        }
        column.times = details(grain, periods);
        if (!column.isYear()) {
            column.histogram = histogram(grain, periods);
        }
    }

    private static String finite(ColumnBuilder column) {
        return column.isYear()
                ? column.sql()
                : "CASE WHEN isfinite(" + column.sql() + ") THEN " + column.sql() + " END";
    }

    /** The sample refutes most grains, all rows decide about the rest. */
    private static Grain grain(ProfileSession session, ColumnBuilder column) {
        List<Grain> left = new ArrayList<>(TRUNCATED);
        SqlRow sampled = session.row("SELECT " + flags(left) + from(column, SampleTable.NAME));
        left.removeIf(candidate -> !sampled.asBoolean());
        SqlRow row = session.row("SELECT epoch(max(x)) - epoch(min(x))" + (left.isEmpty() ? "" : ", " + flags(left))
                + from(column, ProfileSession.DATA));
        double seconds = row.asDouble();
        Grain grain =
                left.stream().filter(candidate -> row.asBoolean()).findFirst().orElse(Grain.SECOND);
        boolean coarse = grain == Grain.YEAR || grain == Grain.MONTH;
        if (coarse && column.distinct < COARSE_VALUES) {
            grain = Grain.DAY; // two days that happen to begin a month tell nothing
        }
        while (grain != Grain.YEAR && seconds / seconds(grain) > MAX_PERIODS) {
            grain = coarser(grain);
        }
        return grain;
    }

    /** Whether all values lie at the beginning of a year, of a month and so on; also when there is none. */
    private static String flags(List<Grain> grains) {
        return grains.stream()
                .map(grain ->
                        "coalesce(bool_and(x = date_trunc('" + grain.name().toLowerCase(Locale.ROOT) + "', x)), true)")
                .collect(Collectors.joining(", "));
    }

    private static String from(ColumnBuilder column, String table) {
        return " FROM (SELECT " + finite(column) + " AS x FROM " + table + ")";
    }

    private static Grain coarser(Grain grain) {
        return switch (grain) {
            case SECOND -> Grain.MINUTE;
            case MINUTE -> Grain.HOUR;
            case HOUR -> Grain.DAY;
            case DAY -> Grain.MONTH;
            default -> Grain.YEAR;
        };
    }

    private static double seconds(Grain grain) {
        return switch (grain) {
            case YEAR -> 365 * 86_400.0;
            case MONTH -> 28 * 86_400.0;
            case DAY -> 86_400;
            case HOUR -> 3_600;
            case MINUTE -> 60;
            case SECOND -> 1;
        };
    }

    private static String index(Grain grain, String x) {
        return switch (grain) {
            case YEAR -> "year(" + x + ")";
            case MONTH -> "year(" + x + ") * 12 + month(" + x + ") - 1";
            default -> "CAST(floor(epoch(" + x + ") / " + (long) seconds(grain) + ") AS BIGINT)";
        };
    }

    /** The period of an index as text. */
    static String text(Grain grain, long index) {
        return switch (grain) {
            case YEAR -> Long.toString(index);
            case MONTH ->
                String.format(Locale.ROOT, "%04d-%02d", Math.floorDiv(index, 12), Math.floorMod(index, 12L) + 1);
            case DAY -> LocalDate.ofEpochDay(index).toString();
            default ->
                LocalDateTime.ofEpochSecond(index * (long) seconds(grain), 0, ZoneOffset.UTC)
                        .toString()
                        .replace('T', ' ');
        };
    }

    private static double epoch(Grain grain, long index) {
        return switch (grain) {
            case YEAR -> LocalDate.of((int) index, 1, 1).toEpochDay() * 86_400.0;
            case MONTH ->
                LocalDate.of((int) Math.floorDiv(index, 12), (int) Math.floorMod(index, 12L) + 1, 1)
                                .toEpochDay()
                        * 86_400.0;
            default -> index * seconds(grain);
        };
    }

    private static TimeDetails details(Grain grain, List<Period> periods) {
        long step = step(periods);
        long first = periods.get(0).index();
        long last = periods.get(periods.size() - 1).index();
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < periods.size(); i++) {
            long before = periods.get(i - 1).index();
            long after = periods.get(i).index();
            if (after - before > step) {
                gaps.add(new Gap(text(grain, before + step), text(grain, after - step), (after - before) / step - 1));
            }
        }
        gaps.sort(Comparator.comparingLong(Gap::periods).reversed());
        return new TimeDetails(
                grain,
                step,
                text(grain, first),
                text(grain, last),
                (last - first) / step + 1,
                periods.size(),
                gaps.subList(0, Math.min(MAX_GAPS, gaps.size())));
    }

    /** The most frequent distance, when all distances are multiples of it; otherwise 1. */
    private static long step(List<Period> periods) {
        Map<Long, Integer> distances = new HashMap<>();
        for (int i = 1; i < periods.size(); i++) {
            distances.merge(periods.get(i).index() - periods.get(i - 1).index(), 1, Integer::sum);
        }
        long step = distances.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(1L);
        return distances.keySet().stream().allMatch(distance -> distance % step == 0) ? step : 1;
    }

    private static Histogram histogram(Grain grain, List<Period> periods) {
        long first = periods.get(0).index();
        long last = periods.get(periods.size() - 1).index();
        long width = width(grain, last - first + 1);
        long start = Math.floorDiv(first, width) * width;
        long[] counts = new long[(int) ((last - start) / width) + 1];
        periods.forEach(period -> counts[(int) ((period.index() - start) / width)] += period.rows());
        List<Histogram.Bin> bins = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            long from = start + i * width;
            String label = text(grain, from) + (width == 1 ? "" : " – " + text(grain, from + width - 1));
            bins.add(new Histogram.Bin(epoch(grain, from), epoch(grain, from + width), label, counts[i]));
        }
        return new Histogram(bins);
    }

    private static long width(Grain grain, long span) {
        long[] widths = switch (grain) {
            case YEAR -> YEARS_AT_ONCE;
            case MONTH -> MONTHS_AT_ONCE;
            case DAY -> DAYS_AT_ONCE;
            default -> TIMES_AT_ONCE;
        };
        for (long width : widths) {
            if (span / width < MAX_BINS) {
                return width;
            }
        }
        return span / MAX_BINS + 1;
    }
}
