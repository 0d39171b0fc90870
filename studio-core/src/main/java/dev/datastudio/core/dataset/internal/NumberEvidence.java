package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.dataset.ImportOptions.DecimalMark;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the values of one column say about being numbers. Not thread-safe. */
final class NumberEvidence {
    private static final int LONG_DIGITS = 18;
    private static final int MAX_DIGITS = 38;

    private long numbers;
    private long asPoint;
    private long asComma;
    private long plain;
    private long integersAsPoint;
    private long integersAsComma;
    private long withPercent;
    private long undecided;
    private boolean bracketed;
    private boolean trailingMinus;
    private int maxDigits;
    private boolean beyondLong;
    private final Set<String> currencies = new TreeSet<>();
    private final Set<Character> groupsAsPoint = new TreeSet<>();
    private final Set<Character> groupsAsComma = new TreeSet<>();
    private @Nullable String leadingZero;
    private @Nullable String undecidedExample;

    void add(NumberText number, String text) {
        numbers++;
        asPoint += number.asPoint() ? 1 : 0;
        asComma += number.asComma() ? 1 : 0;
        plain += number.plain() ? 1 : 0;
        integersAsPoint += number.integerAsPoint() ? 1 : 0;
        integersAsComma += number.integerAsComma() ? 1 : 0;
        withPercent += number.percent() ? 1 : 0;
        bracketed |= number.bracketed();
        trailingMinus |= number.trailingMinus();
        if (number.integerAsPoint()) {
            maxDigits = Math.max(maxDigits, number.digits());
            beyondLong |= number.digits() > LONG_DIGITS && !fitsLong(text);
        }
        addMarks(number, text);
    }

    private void addMarks(NumberText number, String text) {
        if (!number.currency().isEmpty()) {
            currencies.add(number.currency());
        }
        if (number.groupAsPoint() != NumberText.NO_GROUP) {
            groupsAsPoint.add(number.groupAsPoint());
        }
        if (number.groupAsComma() != NumberText.NO_GROUP) {
            groupsAsComma.add(number.groupAsComma());
        }
        if (number.leadingZero() && leadingZero == null) {
            leadingZero = text;
        }
        if (number.asPoint() && number.asComma() && (number.groupAsPoint() == ',' || number.groupAsComma() == '.')) {
            undecided++;
            undecidedExample = undecidedExample == null ? text : undecidedExample;
        }
    }

    private static boolean fitsLong(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** How many values are numbers in some reading. */
    long numbers() {
        return numbers;
    }

    /** Which mark the values themselves demand; AUTO when they don't tell. */
    DecimalMark demanded() {
        if (numbers == 0 || (asPoint < numbers && asComma < numbers) || asPoint == asComma) {
            return DecimalMark.AUTO;
        }
        return asPoint == numbers ? DecimalMark.POINT : DecimalMark.COMMA;
    }

    /**
     * The conversion of a column of which every value is a number in some reading; null when no one reading fits all.
     *
     * @param wanted the mark that was asked for, or AUTO
     * @param leaning the mark of the file's other columns, or AUTO
     * @param zerosKept whether digits with leading zeros are no numbers
     */
    @Nullable
    Conversion conclude(DecimalMark wanted, DecimalMark leaning, boolean zerosKept, List<String> missing, Notes notes) {
        if (zerosKept && leadingZero != null) {
            notes.say("is kept as text because values such as '" + leadingZero + "' begin with a zero");
            return null;
        }
        DecimalMark mark = mark(wanted, leaning);
        if ((mark == DecimalMark.POINT ? asPoint : asComma) < numbers) {
            notes.say("is kept as text because its numbers are not written in one way"
                    + (wanted == DecimalMark.AUTO ? "" : " with the decimal mark that was asked for"));
            return null;
        }
        if (currencies.size() > 1) {
            notes.say("is kept as text because it mixes the currencies " + String.join(", ", currencies));
            return null;
        }
        if (withPercent > 0 && withPercent < numbers) {
            notes.say("is kept as text because " + withPercent + " of its " + numbers
                    + " values are percentages and the others are not");
            return null;
        }
        return mark == DecimalMark.POINT && plain == numbers
                ? plain(zerosKept, missing, notes)
                : styled(mark, wanted == DecimalMark.AUTO ? leaning : wanted, zerosKept, missing, notes);
    }

    private DecimalMark mark(DecimalMark wanted, DecimalMark leaning) {
        if (wanted != DecimalMark.AUTO) {
            return wanted;
        }
        DecimalMark demanded = demanded();
        if (demanded != DecimalMark.AUTO) {
            return demanded;
        }
        return undecided > 0 && leaning != DecimalMark.AUTO ? leaning : DecimalMark.POINT;
    }

    private @Nullable Conversion plain(boolean zerosKept, List<String> missing, Notes notes) {
        if (integersAsPoint < numbers) {
            return Conversion.decimal(missing, !zerosKept);
        }
        if (!beyondLong) {
            return zerosKept ? Conversion.integer(missing) : Conversion.looseInteger(missing);
        }
        if (maxDigits > MAX_DIGITS) {
            notes.say("is kept as text because its whole numbers have up to " + maxDigits + " digits");
            return null;
        }
        notes.say("has whole numbers beyond 64 bits; they are kept exactly, as decimals");
        return Conversion.bigInteger(missing);
    }

    private Conversion styled(
            DecimalMark mark, DecimalMark told, boolean zerosKept, List<String> missing, Notes notes) {
        boolean point = mark == DecimalMark.POINT;
        Set<Character> groups = point ? groupsAsPoint : groupsAsComma;
        String currency = currencies.isEmpty() ? "" : currencies.iterator().next();
        boolean whole = (point ? integersAsPoint : integersAsComma) == numbers
                && currency.isEmpty()
                && withPercent == 0
                && maxDigits <= LONG_DIGITS;
        String unit = withPercent > 0 ? Column.PERCENT : currency;
        NumberStyle style = new NumberStyle(
                point ? '.' : ',', groups, currency, withPercent > 0, bracketed, trailingMinus, !zerosKept);
        tell(style, told, notes);
        return new Conversion(
                whole ? ColumnType.INTEGER : ColumnType.DECIMAL,
                unit,
                missing,
                Conversion.matches(style.regex()),
                style.value(whole ? "BIGINT" : "DOUBLE"));
    }

    private void tell(NumberStyle style, DecimalMark told, Notes notes) {
        notes.say("is read as numbers" + style.words());
        if (undecided > 0 && demanded() == DecimalMark.AUTO && told == DecimalMark.AUTO) {
            notes.say("has numbers such as '" + undecidedExample + "' that can be read in two ways; the "
                    + (style.decimal() == '.' ? "comma" : "point")
                    + " is taken for a thousands separator. Import with another decimal mark to change that");
        }
    }
}
