package dev.datastudio.ml.explore;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How finely time is cut for a forecast. */
public enum Period {
    /** The finest that nearly all periods have values of; months instead of days and weeks where there are two years. */
    AUTOMATIC(1, 0),
    /** Days, whose season is the week. */
    DAY(7, 28),
    /** Weeks that begin on Mondays, whose season is the year of 52. */
    WEEK(52, 13),
    /** Months of a year. */
    MONTH(12, 12),
    /** Quarters of a year. */
    QUARTER(4, 8),
    /** Calendar years, which have no season. */
    YEAR(1, 5);

    private final int season;
    private final int defaultHorizon;

    Period(int season, int defaultHorizon) {
        this.season = season;
        this.defaultHorizon = defaultHorizon;
    }

    /** After how many periods a season comes again; 1 for none. */
    public int season() {
        return season;
    }

    /** How many periods are forecast when nothing is said. */
    public int defaultHorizon() {
        return defaultHorizon;
    }

    /** {@code month}. */
    public String noun() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the period that a day lies in. */
    public LocalDate begin(LocalDate day) {
        return switch (this) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
            default -> day;
        };
    }

    /** The first day of the period that is so many later. */
    public LocalDate plus(LocalDate begin, long periods) {
        return switch (this) {
            case WEEK -> begin.plusWeeks(periods);
            case MONTH -> begin.plusMonths(periods);
            case QUARTER -> begin.plusMonths(3 * periods);
            case YEAR -> begin.plusYears(periods);
            default -> begin.plusDays(periods);
        };
    }

    /** How many periods lie between two first days. */
    public long between(LocalDate begin, LocalDate end) {
        return switch (this) {
            case WEEK -> ChronoUnit.WEEKS.between(begin, end);
            case MONTH -> ChronoUnit.MONTHS.between(begin, end);
            case QUARTER -> ChronoUnit.MONTHS.between(begin, end) / 3;
            case YEAR -> ChronoUnit.YEARS.between(begin, end);
            default -> ChronoUnit.DAYS.between(begin, end);
        };
    }
}
