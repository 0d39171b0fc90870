package dev.datastudio.agents.figure.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds dates in texts: ISO, with slashes or points, with English, German and French names of months. */
final class Calendar {
    private static final Map<String, Integer> MONTHS = months();
    private static final String NAMES = String.join("|", MONTHS.keySet());

    private static final String BEFORE = "(?<![\\p{L}0-9_/.-])";
    private static final String AFTER = "(?![\\p{L}0-9_])";
    private static final String CLOCK =
            "(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?";
    private static final Pattern ISO =
            Pattern.compile(BEFORE + "([0-9]{4})-([0-9]{2})(?:-([0-9]{2})" + CLOCK + ")?" + AFTER + "(?!-[0-9])");
    private static final Pattern YEAR_FIRST =
            Pattern.compile(BEFORE + "([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})" + AFTER + "(?!/)");
    private static final Pattern YEAR_LAST =
            Pattern.compile(BEFORE + "([0-9]{1,2})([/.])([0-9]{1,2})\\2([0-9]{4})" + AFTER + "(?!/)");
    private static final Pattern DAY_NAME = Pattern.compile(
            BEFORE + "([0-9]{1,2})(?:st|nd|rd|th|er|\\.)? (?:of |de )?(" + NAMES + ")\\.?(?:,? ([0-9]{4}))?" + AFTER);
    private static final Pattern NAME_DAY = Pattern.compile("(?<![\\p{L}0-9_])(" + NAMES
            + ")\\.? (?:([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9.%:]|,[0-9])(?:,? ([0-9]{4}))?|([0-9]{4}))" + AFTER);

    private Calendar() {}

    /**
     * A date or a part of one.
     *
     * @param year 0 when it is not said, as are month and day
     */
    record Day(int year, int month, int day) {
        boolean isDate() {
            return month >= 1 && month <= 12 && day >= 0 && day <= 31;
        }

        /** Every way in which an answer may speak of it. */
        List<Day> parts() {
            return List.of(this, new Day(year, month, 0), new Day(year, 0, 0), new Day(0, month, day));
        }
    }

    /**
     * A date in a text.
     *
     * @param days all that it can mean
     */
    record Found(int start, int end, List<Day> days) {}

    /** Dates in the order of the patterns; those found earlier are blanked for the later ones. */
    static List<Found> find(StringBuilder text) {
        List<Found> found = new ArrayList<>();
        collect(ISO, text, found, m -> days(day(m.group(1), m.group(2), m.group(3))));
        collect(YEAR_FIRST, text, found, m -> days(day(m.group(1), m.group(2), m.group(3))));
        collect(YEAR_LAST, text, found, Calendar::yearLast);
        collect(DAY_NAME, text, found, m -> days(day(m.group(3), number(m.group(2)), m.group(1))));
        collect(
                NAME_DAY,
                text,
                found,
                m -> days(day(m.group(4) == null ? m.group(3) : m.group(4), number(m.group(1)), m.group(2))));
        return found;
    }

    private interface Reader {
        List<Day> read(Matcher matcher);
    }

    private static void collect(Pattern pattern, StringBuilder text, List<Found> found, Reader reader) {
        Matcher matcher = pattern.matcher(text.toString());
        while (matcher.find()) {
            List<Day> days = reader.read(matcher);
            if (!days.isEmpty()) {
                found.add(new Found(matcher.start(), matcher.end(), days));
                Masks.blank(text, matcher.start(), matcher.end());
            }
        }
    }

    private static List<Day> yearLast(Matcher m) {
        Day european = day(m.group(4), m.group(3), m.group(1));
        if (m.group(2).equals(".")) {
            return days(european);
        }
        return days(european, day(m.group(4), m.group(1), m.group(3)));
    }

    private static List<Day> days(Day... some) {
        List<Day> days = new ArrayList<>();
        for (Day day : some) {
            if (day.isDate() && !days.contains(day)) {
                days.add(day);
            }
        }
        return days;
    }

    private static Day day(@Nullable String year, @Nullable String month, @Nullable String day) {
        return new Day(digits(year), digits(month), digits(day));
    }

    private static int digits(@Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static String number(String name) {
        return String.valueOf(MONTHS.getOrDefault(name, 0));
    }

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        String[][] names = {
            {"January", "Jan", "Januar", "Jänner", "janvier"},
            {"February", "Feb", "Februar", "février"},
            {"March", "Mar", "März", "mars"},
            {"April", "Apr", "avril"},
            {"May", "Mai", "mai"},
            {"June", "Jun", "Juni", "juin"},
            {"July", "Jul", "Juli", "juillet"},
            {"August", "Aug", "août"},
            {"September", "Sept", "Sep", "septembre"},
            {"October", "Oct", "Oktober", "Okt", "octobre"},
            {"November", "Nov", "novembre"},
            {"December", "Dec", "Dezember", "Dez", "décembre"},
        };
        for (int i = 0; i < names.length; i++) {
            for (String name : names[i]) {
                months.put(name, i + 1);
                months.put(name.toUpperCase(Locale.ROOT), i + 1);
            }
        }
        return Map.copyOf(months);
    }
}
