package dev.datastudio.core.dataset.internal;

import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, perhaps with a time, as people write it. Whether 3/4/2021 is in March or in April can't be told from one
 * value, so both readings are given. Immutable.
 *
 * @param dayFirst the format for {@code strptime} when the day comes before the month; empty when that is no date
 * @param monthFirst the same when the month comes before the day; equal to {@code dayFirst} where the text itself tells
 * @param iso year, month, day with '-' or '/', which the database reads faster without a format
 * @param hasTime with a time of day
 * @param hasZone with 'Z' or an offset from UTC
 * @param monthOnly without a day
 * @param shortYear with two digits for the year
 * @param separator between day and month when both are numbers and the year comes last, else NUL
 */
record DateText(
        String dayFirst,
        String monthFirst,
        boolean iso,
        boolean hasTime,
        boolean hasZone,
        boolean monthOnly,
        boolean shortYear,
        char separator) {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> LONG_MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final String TIME =
            "(?<gap>T|, | )(?<hour>\\d{1,2}):(?<minute>[0-5]\\d)(?<seconds>:[0-5]\\d(?<fraction>\\.\\d{1,9})?)?"
                    + "(?<half> ?[AaPp][Mm])?(?<zone>Z| ?[+-]\\d{2}:?\\d{2})?";
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<y>\\d{4})(?<s>[-/.])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})(?:" + TIME + ")?");
    private static final Pattern YEAR_LAST =
            Pattern.compile("(?<a>\\d{1,2})(?<s>[-/.])(?<b>\\d{1,2})\\k<s>(?<y>\\d{4}|\\d{2})(?:" + TIME + ")?");
    private static final Pattern MONTH_NAMED =
            Pattern.compile("(?<m>\\p{Alpha}{3,9}) (?<d>\\d{1,2})(?<c>,?) (?<y>\\d{4})(?:" + TIME + ")?");
    private static final Pattern DAY_MONTH_NAMED =
            Pattern.compile("(?<d>\\d{1,2})(?<s>[- ])(?<m>\\p{Alpha}{3,9})\\k<s>(?<y>\\d{4}|\\d{2})(?:" + TIME + ")?");
    private static final Pattern MONTH_OF_YEAR = Pattern.compile("(?<m>\\p{Alpha}{3,9})(?<s>[- ])(?<y>\\d{4})");
    private static final Pattern YEAR_AND_MONTH = Pattern.compile("(?<y>\\d{4})-(?<m>\\d{2})");
    private static final Pattern MONTH_AND_YEAR = Pattern.compile("(?<m>\\d{1,2})/(?<y>\\d{4})");

    /** The reading of a text without spaces around it; null when it is no date. */
    static @Nullable DateText parse(String text) {
        if (text.length() < 6 || text.length() > 45) {
            return null;
        }
        if (Character.isLetter(text.charAt(0))) {
            DateText named = monthNamed(MONTH_NAMED.matcher(text));
            return named != null ? named : monthOfYear(MONTH_OF_YEAR.matcher(text));
        }
        if (!Character.isDigit(text.charAt(0))) {
            return null;
        }
        DateText found = yearFirst(YEAR_FIRST.matcher(text));
        found = found != null ? found : yearLast(YEAR_LAST.matcher(text));
        found = found != null ? found : dayMonthNamed(DAY_MONTH_NAMED.matcher(text));
        return found != null ? found : monthInNumbers(text);
    }

    private static @Nullable DateText yearFirst(Matcher m) {
        if (!m.matches() || !isDate(m.group("y"), number(m, "m"), number(m, "d"))) {
            return null;
        }
        String s = m.group("s");
        boolean iso = !s.equals(".") && m.group("half") == null;
        return of(m, "%Y" + s + "%m" + s + "%d", iso, false);
    }

    private static @Nullable DateText yearLast(Matcher m) {
        if (!m.matches()) {
            return null;
        }
        String y = m.group("y");
        String s = m.group("s");
        boolean day = isDate(y, number(m, "b"), number(m, "a"));
        boolean month = isDate(y, number(m, "a"), number(m, "b"));
        String time = time(m);
        if ((!day && !month) || time == null) {
            return null;
        }
        String year = y.length() == 2 ? "%y" : "%Y";
        return new DateText(
                day ? "%d" + s + "%m" + s + year + time : "",
                month ? "%m" + s + "%d" + s + year + time : "",
                false,
                m.group("hour") != null,
                m.group("zone") != null,
                false,
                y.length() == 2,
                s.charAt(0));
    }

    private static @Nullable DateText monthNamed(Matcher m) {
        if (!m.matches()) {
            return null;
        }
        int month = month(m.group("m"));
        if (month == 0 || !isDate(m.group("y"), month, number(m, "d"))) {
            return null;
        }
        return of(m, name(m.group("m")) + " %d" + m.group("c") + " %Y", false, false);
    }

    private static @Nullable DateText dayMonthNamed(Matcher m) {
        if (!m.matches()) {
            return null;
        }
        int month = month(m.group("m"));
        String y = m.group("y");
        if (month == 0 || !isDate(y, month, number(m, "d"))) {
            return null;
        }
        String s = m.group("s");
        return of(m, "%d" + s + name(m.group("m")) + s + (y.length() == 2 ? "%y" : "%Y"), false, y.length() == 2);
    }

    private static @Nullable DateText monthOfYear(Matcher m) {
        return m.matches() && month(m.group("m")) > 0
                ? monthOnly(name(m.group("m")) + m.group("s") + "%Y", m.group("y"))
                : null;
    }

    private static @Nullable DateText monthInNumbers(String text) {
        Matcher m = YEAR_AND_MONTH.matcher(text);
        String format = "%Y-%m";
        if (!m.matches()) {
            m = MONTH_AND_YEAR.matcher(text);
            format = "%m/%Y";
            if (!m.matches()) {
                return null;
            }
        }
        int month = number(m, "m");
        return month >= 1 && month <= 12 ? monthOnly(format, m.group("y")) : null;
    }

    private static @Nullable DateText monthOnly(String format, String year) {
        return Integer.parseInt(year) < 1000
                ? null
                : new DateText(format, format, false, false, false, true, false, '\0');
    }

    private static @Nullable DateText of(Matcher m, String date, boolean iso, boolean shortYear) {
        String time = time(m);
        if (time == null) {
            return null;
        }
        boolean zone = m.group("zone") != null;
        return new DateText(date + time, date + time, iso, m.group("hour") != null, zone, false, shortYear, '\0');
    }

    /** The format of the time of day, empty without one; null when it is none. */
    private static @Nullable String time(Matcher m) {
        if (m.group("hour") == null) {
            return "";
        }
        int hour = number(m, "hour");
        String half = m.group("half");
        if (half == null ? hour > 23 : hour < 1 || hour > 12) {
            return null;
        }
        String fraction = m.group("fraction") == null ? "" : ".%f";
        String seconds = m.group("seconds") == null ? "" : ":%S" + fraction;
        String end = half == null ? "" : half.startsWith(" ") ? " %p" : "%p";
        return m.group("gap") + (half == null ? "%H" : "%I") + ":%M" + seconds + end;
    }

    private static boolean isDate(String year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        int y = Integer.parseInt(year);
        int full = year.length() == 4 ? y : y < 69 ? 2000 + y : 1900 + y; // as strptime
        return full >= 1 && day <= YearMonth.of(full, month).lengthOfMonth();
    }

    private static int month(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int shortName = MONTHS.indexOf(lower);
        return 1 + (shortName >= 0 ? shortName : LONG_MONTHS.indexOf(lower));
    }

    private static String name(String month) {
        return month.length() == 3 ? "%b" : "%B";
    }

    private static int number(Matcher m, String group) {
        return Integer.parseInt(m.group(group));
    }
}
