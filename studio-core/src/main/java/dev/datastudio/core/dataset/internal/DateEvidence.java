package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.dataset.ImportOptions.DateOrder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the values of one column say about being dates. Not thread-safe. */
final class DateEvidence {
    private static final int MAX_FORMATS = 24;

    private long dates;
    private long dayFirst;
    private long monthFirst;
    private long iso;
    private long withTime;
    private long withZone;
    private long monthOnly;
    private long shortYear;
    private final Set<String> dayFormats = new TreeSet<>();
    private final Set<String> monthFormats = new TreeSet<>();
    private char separator;
    private @Nullable String undecidedExample;

    void add(DateText date, String text) {
        dates++;
        iso += date.iso() ? 1 : 0;
        withTime += date.hasTime() ? 1 : 0;
        withZone += date.hasZone() ? 1 : 0;
        monthOnly += date.monthOnly() ? 1 : 0;
        shortYear += date.shortYear() ? 1 : 0;
        if (!date.dayFirst().isEmpty()) {
            dayFirst++;
            dayFormats.add(date.dayFirst());
        }
        if (!date.monthFirst().isEmpty()) {
            monthFirst++;
            monthFormats.add(date.monthFirst());
        }
        if (date.separator() != '\0') {
            separator = date.separator();
        }
        if (undecidedExample == null && isUndecided(date)) {
            undecidedExample = text;
        }
    }

    private static boolean isUndecided(DateText date) {
        return !date.dayFirst().isEmpty()
                && !date.monthFirst().isEmpty()
                && !date.dayFirst().equals(date.monthFirst());
    }

    /** How many values are dates in some reading. */
    long dates() {
        return dates;
    }

    /** Which order the values themselves demand; AUTO when they don't tell. */
    DateOrder demanded() {
        if (dates == 0 || dayFirst == monthFirst || (dayFirst < dates && monthFirst < dates)) {
            return DateOrder.AUTO;
        }
        return dayFirst == dates ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
    }

    /** Whether both orders fit all values and give different dates. */
    boolean isUndecided() {
        return undecidedExample != null && dayFirst == dates && monthFirst == dates;
    }

    /**
     * The conversion of a column of which every value is a date in some reading; null when no one reading fits all.
     *
     * @param wanted the order that was asked for, or AUTO
     * @param leaning the order of the file's other columns, or AUTO
     */
    @Nullable
    Conversion conclude(DateOrder wanted, DateOrder leaning, List<String> missing, Notes notes) {
        ColumnType type = withTime > 0 ? ColumnType.TIMESTAMP : ColumnType.DATE;
        if (monthOnly > 0) {
            notes.say("has months without a day; each is read as the first of its month");
        }
        if (withZone > 0 && (withZone < dates || iso < dates)) {
            notes.say("is kept as text because only some of its times have a zone, or in an unusual form");
            return null;
        }
        if (iso == dates) {
            if (withZone > 0) {
                notes.say("has times with a zone; they are stored as UTC");
            }
            return Conversion.iso(type, missing, withZone > 0);
        }
        return withOrder(type, wanted, leaning, missing, notes);
    }

    private @Nullable Conversion withOrder(
            ColumnType type, DateOrder wanted, DateOrder leaning, List<String> missing, Notes notes) {
        DateOrder order = order(wanted, leaning);
        boolean day = order == DateOrder.DAY_FIRST;
        Set<String> formats = day ? dayFormats : monthFormats;
        if ((day ? dayFirst : monthFirst) < dates) {
            notes.say("is kept as text because no order of day and month fits all of its dates"
                    + (wanted == DateOrder.AUTO ? "" : " when the " + words(order) + " comes first"));
            return null;
        }
        if (formats.size() > MAX_FORMATS) {
            notes.say("is kept as text because its dates are written in more than " + MAX_FORMATS + " ways");
            return null;
        }
        if (separator != '\0') {
            tellOrder(order, wanted == DateOrder.AUTO ? leaning : wanted, notes);
        }
        if (shortYear > 0) {
            notes.say("has years of two digits; 69 to 99 are read as 1969 to 1999, 00 to 68 as 2000 to 2068");
        }
        return Conversion.formats(type, missing, formats);
    }

    private DateOrder order(DateOrder wanted, DateOrder leaning) {
        if (wanted != DateOrder.AUTO) {
            return wanted;
        }
        DateOrder demanded = demanded();
        if (demanded != DateOrder.AUTO) {
            return demanded;
        }
        if (separator == '.' || separator == '-') {
            return DateOrder.DAY_FIRST; // no country writes months first with these
        }
        return leaning != DateOrder.AUTO ? leaning : DateOrder.MONTH_FIRST;
    }

    private void tellOrder(DateOrder order, DateOrder told, Notes notes) {
        if (isUndecided() && told == DateOrder.AUTO) {
            notes.say("has dates such as '" + undecidedExample + "' and none that tells whether the day or the month"
                    + " comes first; the " + words(order)
                    + " is taken. Import with the other date order to change that");
        } else {
            notes.say("is read as dates with the " + words(order) + " first");
        }
    }

    private static String words(DateOrder order) {
        return order == DateOrder.DAY_FIRST ? "day" : "month";
    }
}
