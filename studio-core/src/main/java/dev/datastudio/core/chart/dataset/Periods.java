package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.Column;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How finely a column of time is cut: the finest grain that most periods have rows of and that fits a picture. */
final class Periods {
    private static final long MOST_COUNTED = 100_000;
    private static final double MOSTLY = 0.5;

    private Periods() {}

    /**
     * The grain of a column.
     *
     * @param most how many periods fit the picture
     */
    static DateGrain of(Rows rows, Column column, int most) {
        String from = "(SELECT " + Rows.time(column) + " AS t FROM " + rows.table() + ")";
        List<@Nullable Object> range = rows.one("SELECT min(t), max(t) FROM " + from);
        if (!(range.get(0) instanceof LocalDateTime first) || !(range.get(1) instanceof LocalDateTime last)) {
            return DateGrain.DAY;
        }
        List<DateGrain> candidates = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (DateGrain grain : DateGrain.values()) {
            if (expected(first, last, grain) <= MOST_COUNTED) {
                candidates.add(grain);
                counts.add("count(DISTINCT date_trunc('" + sql(grain) + "', t))");
            }
        }
        if (candidates.isEmpty()) {
            return DateGrain.YEAR;
        }
        List<@Nullable Object> found = rows.one("SELECT " + String.join(", ", counts) + " FROM " + from);
        @Nullable DateGrain fits = null;
        for (int i = 0; i < candidates.size(); i++) {
            DateGrain grain = candidates.get(i);
            long periods = Rows.whole(found.get(i));
            if (periods <= most) {
                fits = fits == null ? grain : fits;
                boolean real = grain.compareTo(DateGrain.DAY) >= 0 || periods > 1;
                if (real && periods >= MOSTLY * expected(first, last, grain)) {
                    return grain;
                }
            }
        }
        return fits == null ? DateGrain.YEAR : fits;
    }

    private static double expected(LocalDateTime first, LocalDateTime last, DateGrain grain) {
        return (double) ChronoUnit.SECONDS.between(first, last) / length(grain).toSeconds() + 1;
    }

    /** How long a period is, about. */
    static Duration length(DateGrain grain) {
        return switch (grain) {
            case SECOND -> Duration.ofSeconds(1);
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
            case WEEK -> Duration.ofDays(7);
            case MONTH -> Duration.ofDays(30);
            case QUARTER -> Duration.ofDays(91);
            case YEAR -> Duration.ofDays(365);
        };
    }

    /** The name of a grain in SQL and in titles. */
    static String sql(DateGrain grain) {
        return grain.name().toLowerCase(Locale.ROOT);
    }
}
