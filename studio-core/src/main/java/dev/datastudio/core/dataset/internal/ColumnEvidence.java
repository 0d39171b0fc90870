package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportOptions.DateOrder;
import dev.datastudio.core.dataset.ImportOptions.DecimalMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the values of one column are, one value after the other, and decides at the end. A type other than text
 * needs every value that is not missing. Not thread-safe.
 */
final class ColumnEvidence {
    /** Words for a missing value, when the rest of the column is numbers, dates or truth values. */
    static final Set<String> MISSING =
            Set.of("na", "n/a", "#n/a", "null", "none", "nil", "nan", "-", "--", "?", "\\n", ".", "missing");

    private static final List<String[]> WORDS = List.of(
            new String[] {"true", "false"}, new String[] {"yes", "no"}, new String[] {"y", "n"}, new String[] {"t", "f"
            });
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?");
    private static final int FEW_AT_LEAST = 20;
    private static final int FEW_ONE_IN = 200;
    private static final int HOPELESS_AFTER = 2_000;

    private final String name;
    private final String place;
    private final NumberEvidence numbers = new NumberEvidence();
    private final DateEvidence dates = new DateEvidence();
    private final Map<String, Long> missing = new TreeMap<>();
    private final Set<String> words = new TreeSet<>();
    private @Nullable String missingExample;
    private long values;
    private long missingValues;
    private long times;
    private boolean padded;
    private boolean blank;
    private boolean hopeless;
    private @Nullable Offender notNumber;
    private @Nullable Offender notDate;

    ColumnEvidence(String name) {
        this(name, "line");
    }

    /** @param place what the numbers count that values come with, such as "row" */
    ColumnEvidence(String name, String place) {
        this.name = name;
        this.place = place;
    }

    /** A value that kept a column from being of a type, and the line it begins on. */
    private record Offender(String text, long line) {}

    /** Takes one more value; empty is missing. */
    void add(String text, long line) {
        if (text.isEmpty()) {
            return;
        }
        String value = trim(text);
        if (value.isEmpty()) {
            blank = true;
            return;
        }
        if (isMissingWord(value)) {
            return;
        }
        values++;
        padded |= value.length() != text.length();
        if (!hopeless) {
            classify(value, line);
        }
    }

    private boolean isMissingWord(String value) {
        if (value.length() > 7) {
            return false;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (!MISSING.contains(lower)) {
            return false;
        }
        missing.merge(lower, 1L, Long::sum);
        missingExample = missingExample == null ? value : missingExample;
        missingValues++;
        return true;
    }

    private void classify(String value, long line) {
        NumberText number = NumberText.parse(value);
        if (number != null) {
            numbers.add(number, value);
        } else if (notNumber == null) {
            notNumber = new Offender(value, line);
        }
        DateText date = number != null && number.plain() ? null : DateText.parse(value);
        if (date != null) {
            dates.add(date, value);
        } else if (notDate == null) {
            notDate = new Offender(value, line);
        }
        if (number == null && date == null) {
            if (TIME_OF_DAY.matcher(value).matches()) {
                times++;
            } else if (words.size() < 4 && value.length() < 6) {
                words.add(value.toLowerCase(Locale.ROOT));
            } else if (words.size() < 4) {
                words.add("other");
            }
        }
        hopeless = values > HOPELESS_AFTER
                && Math.max(numbers.numbers(), Math.max(dates.dates(), times)) * 10 < values * 9
                && !isBoolean();
    }

    /** Spaces only, as SQL's trim does. */
    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    /** The decimal mark that this column demands; AUTO when it says nothing. */
    DecimalMark decimalMark() {
        return values > 0 && numbers.numbers() == values ? numbers.demanded() : DecimalMark.AUTO;
    }

    /** The order of day and month that this column demands; AUTO when it says nothing. */
    DateOrder dateOrder() {
        return values > 0 && dates.dates() == values ? dates.demanded() : DateOrder.AUTO;
    }

    /**
     * Whether the values seen so far leave open what those to come decide: how many are missing, which order dates
     * have, which few values are no numbers.
     */
    boolean needsAllValues() {
        boolean typed = isTyped();
        return (typed && missingValues > 0)
                || (typed && dates.dates() == values && dates.isUndecided())
                || (!typed && (nearly(numbers.numbers()) || nearly(dates.dates())))
                || values == 0;
    }

    /** Whether the values seen so far are of a type, or may be when more are seen. */
    boolean isPromising() {
        return isTyped() || needsAllValues();
    }

    private boolean isTyped() {
        return values > 0 && (numbers.numbers() == values || dates.dates() == values || times == values || isBoolean());
    }

    private boolean nearly(long fitting) {
        return fitting > values / 2 && fitting < values;
    }

    private boolean isBoolean() {
        return booleanWords() != null;
    }

    private String @Nullable [] booleanWords() {
        if (words.isEmpty() || numbers.numbers() + dates.dates() + times > 0) {
            return null;
        }
        for (String[] pair : WORDS) {
            boolean clear = pair[0].length() > 1 || words.size() == 2;
            if (clear && Set.of(pair).containsAll(words)) {
                return pair;
            }
        }
        return null;
    }

    /** What the column becomes. */
    Conversion conclude(ImportOptions options, DecimalMark mark, DateOrder order, Notes notes) {
        ColumnType wanted = Decision.wantedType(name, options);
        if (wanted == ColumnType.TEXT) {
            return Conversion.TEXT;
        }
        Conversion found =
                wanted == null ? natural(options, mark, order, notes) : demanded(wanted, options, mark, order, notes);
        if (found.type() == ColumnType.TEXT) {
            return found;
        }
        if (missingValues > 0) {
            notes.say("has " + missingValues + (missingValues == 1 ? " value" : " values") + " such as '"
                    + missingExample + "'" + (missingValues == 1 ? ", which is" : ", which are") + " read as missing");
        }
        return padded ? found.trimmed() : found;
    }

    private Conversion natural(ImportOptions options, DecimalMark mark, DateOrder order, Notes notes) {
        Conversion found = null;
        if (values == 0) {
            notes.say(missingValues == 0 ? "is empty" : "holds nothing but words for missing values");
        } else if (isBoolean()) {
            found = words();
        } else if (numbers.numbers() == values) {
            found = numbers.conclude(options.decimalMark(), mark, true, missingWords(), notes);
        } else if (dates.dates() == values) {
            found = dates.conclude(options.dateOrder(), order, missingWords(), notes);
        } else if (times == values) {
            found = Conversion.time(missingWords());
        } else {
            sayWhatStoppedIt(notes);
        }
        return found == null ? Conversion.TEXT : found;
    }

    private Conversion words() {
        String[] pair = booleanWords();
        return pair == null ? Conversion.TEXT : Conversion.words(pair[0], pair[1], missingWords());
    }

    private void sayWhatStoppedIt(Notes notes) {
        long number = values - numbers.numbers();
        long date = values - dates.dates();
        long few = Math.min(number, date);
        Offender first = number <= date ? notNumber : notDate;
        if (hopeless || first == null || values < FEW_AT_LEAST || few * FEW_ONE_IN > Math.max(values, FEW_ONE_IN)) {
            return;
        }
        notes.say("is kept as text because " + few + " of its " + values + " values "
                + (few == 1 ? "is no " : "are no ") + (number <= date ? "number" : "date") + ": "
                + StudioException.quote(first.text()) + " in " + place + " " + first.line());
    }

    private Conversion demanded(
            ColumnType wanted, ImportOptions options, DecimalMark mark, DateOrder order, Notes notes) {
        Conversion found = null;
        switch (wanted) {
            case INTEGER, DECIMAL -> {
                if (numbers.numbers() == values) {
                    found = asWanted(
                            numbers.conclude(options.decimalMark(), mark, false, missingWords(), notes), wanted);
                }
            }
            case DATE, TIMESTAMP -> {
                if (dates.dates() == values) {
                    found = asWanted(dates.conclude(options.dateOrder(), order, missingWords(), notes), wanted);
                }
            }
            case BOOLEAN -> found = isBoolean() ? words() : Conversion.words("1", "0", missingWords());
            case TIME -> found = times == values ? Conversion.time(missingWords()) : null;
            default -> throw new AssertionError(wanted);
        }
        if (found == null) {
            throw refused(wanted, wanted.isNumeric() ? notNumber : notDate);
        }
        return found;
    }

    private static @Nullable Conversion asWanted(@Nullable Conversion found, ColumnType wanted) {
        if (found == null || found.type() == wanted) {
            return found;
        }
        String type = switch (wanted) {
            case DECIMAL -> "DOUBLE";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            default -> "";
        };
        return type.isEmpty()
                ? null
                : new Conversion(
                        wanted,
                        found.unit(),
                        found.missing(),
                        found.check(),
                        "CAST(" + found.value() + " AS " + type + ")");
    }

    private StudioException refused(ColumnType wanted, @Nullable Offender first) {
        return refused(
                name,
                wanted,
                first == null ? "" : ": " + StudioException.quote(first.text()) + " in " + place + " " + first.line());
    }

    /** The error for values that are not of the type that was asked for. */
    static StudioException refused(String column, ColumnType wanted, String where) {
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "Column " + StudioException.quote(column) + " has values that are not of type " + wanted + where,
                "Mend the values, or import without a type for this column");
    }

    private List<String> missingWords() {
        List<String> found = new ArrayList<>(missing.keySet());
        if (blank) {
            found.add("");
        }
        return found;
    }
}
