package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.Column;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the first or the last period of a course is not whole: its sum is smaller because days are missing, not
 * because something fell.
 */
final class PartPeriods {
    /** A part of a period that can be seen in a picture. */
    private static final double LEAST_PART = 0.1;

    private PartPeriods() {}

    /**
     * The text with a note on the periods at the ends that are not whole. The last one is whole when its rows reach its
     * end but for one of the coarsest unit that all times stand on, such as a day.
     */
    static ChartText noted(Rows rows, Column column, DateGrain grain, ChartText text) {
        DateGrain[] units = DateGrain.values();
        List<String> standing = new ArrayList<>();
        for (DateGrain unit : units) {
            standing.add("bool_and(date_trunc('" + Periods.sql(unit) + "', t) = t)");
        }
        String period = "date_trunc('" + Periods.sql(grain) + "', ";
        List<@Nullable Object> row = rows.one("SELECT min(t), max(t), " + period + "min(t)), " + period + "max(t)), "
                + String.join(", ", standing) + " FROM (SELECT " + Rows.time(column) + " AS t FROM " + rows.table()
                + ")");
        if (row.get(0) == null) {
            return text;
        }
        LocalDateTime first = moment(row.get(0));
        LocalDateTime last = moment(row.get(1));
        DateGrain unit = DateGrain.SECOND;
        for (int i = 0; i < units.length && units[i].compareTo(grain) <= 0; i++) {
            unit = Boolean.TRUE.equals(row.get(4 + i)) ? units[i] : unit;
        }
        List<String> said = new ArrayList<>();
        if (isMissed(moment(row.get(2)), first, grain)) {
            said.add("the first " + Periods.sql(grain) + " begins with " + words(first, unit));
        }
        if (isMissed(plus(last, unit), plus(moment(row.get(3)), grain), grain)) {
            said.add("the last " + Periods.sql(grain) + " ends with " + words(last, unit));
        }
        return said.isEmpty() ? text : text.withNote(Wording.capital(String.join(" and ", said)));
    }

    private static boolean isMissed(LocalDateTime from, LocalDateTime to, DateGrain grain) {
        return ChronoUnit.SECONDS.between(from, to)
                >= LEAST_PART * Periods.length(grain).toSeconds();
    }

    private static LocalDateTime moment(@Nullable Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof LocalDateTime time) {
            return time;
        }
        throw new IllegalStateException("not a time: " + value);
    }

    private static LocalDateTime plus(LocalDateTime time, DateGrain grain) {
        return switch (grain) {
            case SECOND -> time.plusSeconds(1);
            case MINUTE -> time.plusMinutes(1);
            case HOUR -> time.plusHours(1);
            case DAY -> time.plusDays(1);
            case WEEK -> time.plusWeeks(1);
            case MONTH -> time.plusMonths(1);
            case QUARTER -> time.plusMonths(3);
            case YEAR -> time.plusYears(1);
        };
    }

    private static String words(LocalDateTime time, DateGrain unit) {
        return unit.compareTo(DateGrain.DAY) >= 0
                ? time.toLocalDate().toString()
                : time.toLocalDate() + " " + time.toLocalTime().truncatedTo(ChronoUnit.SECONDS);
    }
}
