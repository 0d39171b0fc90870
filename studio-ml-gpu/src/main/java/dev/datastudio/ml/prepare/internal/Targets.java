package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.spec.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds out what is to be predicted. */
public final class Targets {
    /** Whole numbers with more different values than that are numbers, not classes. */
    private static final int MOST_NUMBERED_CLASSES = 10;

    private static final int MOST_CLASSES = 1_000;
    private static final int FEWEST_ROWS = 20;

    /** The sum of the squares of a billion of them is still a number. */
    private static final double LARGEST = 1e149;

    private Targets() {}

    /** What the task is when it is left open. */
    public static Task task(Task asked, RawColumn raw) {
        if (asked == Task.CLASSIFICATION || asked == Task.REGRESSION) {
            return asked;
        }
        if (asked != Task.AUTOMATIC) {
            throw wrong(
                    raw.name(),
                    "can't be predicted as " + asked.name().toLowerCase(Locale.ROOT) + ", which has no target",
                    "Use classification or regression, or leave the task out");
        }
        if (raw instanceof RawColumn.Words || raw.type() == ColumnType.BOOLEAN) {
            return Task.CLASSIFICATION;
        }
        boolean isFew = raw.type() == ColumnType.INTEGER
                && raw instanceof RawColumn.Numbers numbers
                && numbers.distinct() <= MOST_NUMBERED_CLASSES;
        return isFew ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    /**
     * The rows that have a target, and what it is.
     *
     * @param task not left open
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it can't be learnt: no numbers, too large ones, one
     *     value only, too few rows, a class with one row, too many classes
     */
    public static Target of(RawColumn raw, Task task) {
        int[] rows = new int[raw.rows()];
        int count = 0;
        for (int row = 0; row < raw.rows(); row++) {
            if (!raw.isMissing(row)) {
                rows[count++] = row;
            }
        }
        rows = Arrays.copyOf(rows, count);
        if (count < FEWEST_ROWS) {
            throw wrong(
                    raw.name(),
                    count == 0 ? "has no values" : "has only " + count + " values",
                    "A model needs at least " + FEWEST_ROWS + " rows with a target");
        }
        return task == Task.CLASSIFICATION ? classes(raw, rows) : numbers(raw, rows);
    }

    private static Target numbers(RawColumn raw, int[] rows) {
        if (!(raw instanceof RawColumn.Numbers numbers)
                || !(raw.type().isNumeric() || raw.type() == ColumnType.BOOLEAN)) {
            requireNoNumbersBetween(raw);
            throw wrong(
                    raw.name(),
                    "holds " + (raw.type() == ColumnType.TEXT ? "words" : "points in time") + ", not numbers",
                    "Predict it as classes, or name a column of numbers");
        }
        double[] values =
                Arrays.stream(rows).mapToDouble(row -> numbers.values()[row]).toArray();
        if (Arrays.stream(values).allMatch(value -> value == values[0])) {
            throw constant(raw, rows);
        }
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        if (largest > LARGEST) {
            throw wrong(
                    raw.name(),
                    "holds values as large as " + largest + ", whose squared errors are no numbers any more",
                    "Predict it in a larger unit, or its logarithm: values up to " + LARGEST + " can be learnt");
        }
        return new Target(rows, values, List.of());
    }

    private static Target classes(RawColumn raw, int[] rows) {
        if (raw.type().isTemporal() || raw.type() == ColumnType.TIME || raw.type() == ColumnType.DECIMAL) {
            throw wrong(
                    raw.name(),
                    "holds " + (raw.type() == ColumnType.DECIMAL ? "fractions" : "points in time") + ", not classes",
                    raw.type() == ColumnType.DECIMAL
                            ? "Predict it as a number: task regression"
                            : "Name a column of words or numbers");
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int row : rows) {
            counts.merge(raw.text(row), 1, Integer::sum);
        }
        List<String> classes = new ArrayList<>(counts.keySet());
        classes.sort(
                raw instanceof RawColumn.Numbers && raw.type() != ColumnType.BOOLEAN
                        ? Comparator.comparingDouble(Double::parseDouble)
                        : Comparator.naturalOrder());
        if (classes.size() == 1) {
            throw constant(raw, rows);
        }
        if (classes.size() > MOST_CLASSES || classes.size() > rows.length / 2) {
            requireNoNumbersBetween(raw);
            throw wrong(
                    raw.name(),
                    "has " + classes.size() + " different values in " + rows.length + " rows, too many for classes",
                    "Name a column with fewer, or predict it as a number if it is one");
        }
        Map<String, Integer> places = new HashMap<>();
        classes.forEach(each -> places.put(each, places.size()));
        double[] values = Arrays.stream(rows)
                .mapToDouble(row -> places.get(raw.text(row)))
                .toArray();
        return new Target(rows, values, classes);
    }

    /** Words that are mostly numbers are not what anybody wants to predict. */
    private static void requireNoNumbersBetween(RawColumn raw) {
        if (raw instanceof RawColumn.Words words) {
            words.nearlyNumbers().ifPresent(why -> {
                throw wrong(
                        raw.name(), why, "Mend or empty those values in the data, and bring it in again as numbers");
            });
        }
    }

    private static StudioException constant(RawColumn raw, int[] rows) {
        return wrong(
                raw.name(),
                "is always " + StudioException.quote(raw.text(rows[0])),
                "Name a column with at least two different values: there is nothing to learn");
    }

    private static StudioException wrong(String column, String what, String mend) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT, "The target " + StudioException.quote(column) + " " + what, mend);
    }
}
