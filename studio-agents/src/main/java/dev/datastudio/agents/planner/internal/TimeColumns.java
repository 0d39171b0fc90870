package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which column tells when something happened. */
final class TimeColumns {
    /** Dates of what comes after the event itself, or lies before it. */
    private static final Set<String> SECONDARY = Set.of(
            "ship",
            "shipped",
            "due",
            "end",
            "update",
            "updated",
            "modified",
            "delivery",
            "delivered",
            "closed",
            "birth",
            "dob",
            "expiry",
            "expire",
            "return",
            "returned",
            "deleted");

    private final Scope index;

    TimeColumns(Scope index) {
        this.index = index;
    }

    /** The main date column, else the main column of years; none when the table has neither. */
    Optional<ColumnEntry> main(Decisions decisions) {
        List<ColumnEntry> dates =
                index.columns().stream().filter(ColumnEntry::isTemporal).toList();
        if (!dates.isEmpty()) {
            return Optional.of(main(dates, decisions));
        }
        return index.columns().stream().filter(ColumnEntry::isYearNumber).findFirst();
    }

    /** The one of some date columns that most likely says when something happened; the others are named in a note. */
    ColumnEntry main(List<ColumnEntry> dates, Decisions decisions) {
        ColumnEntry main = dates.stream()
                .min(Comparator.comparingInt(TimeColumns::rank).thenComparingInt(ColumnEntry::position))
                .orElseThrow();
        List<String> others = dates.stream()
                .filter(d -> !d.equals(main))
                .map(ColumnEntry::name)
                .toList();
        if (!others.isEmpty()) {
            decisions.chooseDate(main, others);
        }
        return main;
    }

    private static int rank(ColumnEntry column) {
        int role = column.column().role() == ColumnRole.TIME ? 0 : 1;
        boolean isSecondary = column.parts().stream().anyMatch(SECONDARY::contains);
        return role + (isSecondary ? 2 : 0);
    }

    /** The grain that a column's own name gives, else months; hours are never guessed. */
    static TimeGrain grainOf(ColumnEntry column) {
        for (TimeGrain grain : List.of(TimeGrain.YEAR, TimeGrain.QUARTER, TimeGrain.MONTH, TimeGrain.WEEK)) {
            if (column.parts().contains(grain.name().toLowerCase(Locale.ROOT))) {
                return grain;
            }
        }
        return TimeGrain.MONTH;
    }

    /** Whether a column can be cut by time grains. */
    static boolean canCut(ColumnEntry column) {
        return column.column().type() == ColumnType.DATE || column.column().type() == ColumnType.TIMESTAMP;
    }
}
