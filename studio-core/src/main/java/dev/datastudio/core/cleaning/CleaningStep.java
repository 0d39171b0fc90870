package dev.datastudio.core.cleaning;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that cleaning does to the rows or columns of a data set. Immutable.
 *
 * <p>Columns are named as they are called when the step begins, letter case aside: after a rename by the new name. In
 * conditions and expressions they stand in the table {@value #TABLE}. Columns keep their order, new ones come last, rows
 * keep theirs.
 */
public sealed interface CleaningStep {
    /** What the rows are called in conditions and expressions. */
    String TABLE = "source";

    /** The column of that name in a condition or an expression. */
    static Expression.ColumnRef column(String name) {
        return new Expression.ColumnRef(TABLE, name);
    }

    /**
     * Reads the values of a column as another type. Blank texts become missing values whatever is said of misfits.
     *
     * <p>Texts become numbers without blanks around them, a currency sign or a per cent sign; truth values from true,
     * yes, y, t, on, 1 and their opposites, letter case aside. Numbers become whole numbers when they have no fraction,
     * and truth values when they are 1 or 0. Dates and times become each other; a date's time is midnight.
     *
     * @param to {@code INTEGER}, {@code DECIMAL}, {@code DATE}, {@code TIMESTAMP}, {@code TEXT} or {@code BOOLEAN}
     * @param format how texts are written. For numbers {@code 1,234.5}, which is usual, or {@code 1.234,5}. For dates
     *     and times in the letters of strptime, as in {@code %d.%m.%Y}; ISO 8601 is usual. Dates are written so when they
     *     become texts. Empty for what is usual
     * @param misfits what becomes of values that are not of the type
     */
    record ChangeType(String column, ColumnType to, String format, Misfits misfits) implements CleaningStep {
        /** @throws IllegalArgumentException if nothing can be changed to the type */
        public ChangeType {
            requireName(column, "column");
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(misfits, "misfits");
            if (to == ColumnType.TIME || to == ColumnType.OTHER) {
                throw new IllegalArgumentException(
                        "to must be INTEGER, DECIMAL, DATE, TIMESTAMP, TEXT or BOOLEAN, was " + to);
            }
        }
    }

    /** Gives each missing value of a column a value. */
    record FillMissing(String column, Filling with) implements CleaningStep {
        public FillMissing {
            requireName(column, "column");
            Objects.requireNonNull(with, "with");
        }
    }

    /**
     * Removes rows with missing values.
     *
     * @param columns which are looked at; empty for all
     * @param missing how many of them must be missing
     */
    record DropMissing(List<String> columns, Quantifier missing) implements CleaningStep {
        public DropMissing {
            columns = names(columns);
            Objects.requireNonNull(missing, "missing");
        }
    }

    /**
     * Removes all but one of the rows that are equal; missing values are equal to each other, letter case counts.
     *
     * @param keys the columns that must be equal; empty for all
     * @param keep which one stays, by the order of the rows
     */
    record DropDuplicates(List<String> keys, Keep keep) implements CleaningStep {
        public DropDuplicates {
            keys = names(keys);
            Objects.requireNonNull(keep, "keep");
        }
    }

    /**
     * Treats values outside fences computed from the column: by quartiles (type 7 of Hyndman and Fan, "Sample Quantiles
     * in Statistical Packages", 1996) or by mean and standard deviation of the sample.
     *
     * @param rule where the fences are
     * @param treatment what becomes of the values beyond
     */
    record TreatOutliers(String column, Detail.Outliers rule, Treatment treatment) implements CleaningStep {
        public TreatOutliers {
            requireName(column, "column");
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(treatment, "treatment");
        }
    }

    /** Calls a column something else. */
    record Rename(String column, String to) implements CleaningStep {
        public Rename {
            requireName(column, "column");
            requireName(to, "to");
        }
    }

    /** Removes columns; at least one stays. */
    record DropColumns(List<String> columns) implements CleaningStep {
        public DropColumns {
            columns = someNames(columns, "columns");
        }
    }

    /** Removes all columns but some. */
    record KeepColumns(List<String> columns) implements CleaningStep {
        public KeepColumns {
            columns = someNames(columns, "columns");
        }
    }

    /** Adds a column that is computed from the others of its row. */
    record Derive(String name, Expression value) implements CleaningStep {
        public Derive {
            requireName(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    /** Keeps the rows that fulfil a condition, which may not be relative to today. */
    record FilterRows(Condition condition) implements CleaningStep {
        public FilterRows {
            Objects.requireNonNull(condition, "condition");
        }
    }

    /**
     * Makes the writing of texts alike.
     *
     * @param columns of texts; empty for all columns of texts
     * @param changes made in this order
     */
    record CleanText(List<String> columns, List<TextChange> changes) implements CleaningStep {
        /** @throws IllegalArgumentException if there is no change */
        public CleanText {
            columns = names(columns);
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("changes must not be empty");
            }
        }
    }

    /** Gives some values of a column others in their place; of several replacements of one value the first is made. */
    record ReplaceValues(String column, List<Replacement> replacements) implements CleaningStep {
        /** @throws IllegalArgumentException if there is no replacement */
        public ReplaceValues {
            requireName(column, "column");
            replacements = List.copyOf(replacements);
            if (replacements.isEmpty()) {
                throw new IllegalArgumentException("replacements must not be empty");
            }
        }
    }

    /**
     * Adds columns with the parts of a text. Parts that are not there are missing; the last column takes all that is
     * left over, separators included. The column itself stays.
     *
     * @param separator the text between the parts, taken literally
     * @param into the new columns, two or more
     */
    record SplitColumn(String column, String separator, List<String> into) implements CleaningStep {
        /** @throws IllegalArgumentException if the separator is empty or there are fewer than two new columns */
        public SplitColumn {
            requireName(column, "column");
            into = someNames(into, "into");
            if (separator.isEmpty()) {
                throw new IllegalArgumentException("separator must not be empty");
            }
            if (into.size() < 2) {
                throw new IllegalArgumentException("into must name at least two columns, was " + into);
            }
        }
    }

    /**
     * Gives the spellings of a category one name. A value is one of the spellings when it is equal to it or to the name,
     * letter case and the number of blanks aside.
     */
    record StandardiseCategories(String column, List<Category> categories) implements CleaningStep {
        /** @throws IllegalArgumentException if there is no category */
        public StandardiseCategories {
            requireName(column, "column");
            categories = List.copyOf(categories);
            if (categories.isEmpty()) {
                throw new IllegalArgumentException("categories must not be empty");
            }
        }
    }

    /** What a missing value is given. */
    sealed interface Filling {
        /** The same value everywhere, of the column's type. */
        record Value(Constant value) implements Filling {}

        /** A statistic of the column's values. */
        record Statistic(Kind kind) implements Filling {}

        /** The value of the nearest row before that has one; rows before the first one stay as they are. */
        record Previous() implements Filling {}

        /** Which statistic. */
        enum Kind {
            /** Of numbers; a column of whole numbers becomes one of decimals when it has a fraction. */
            MEAN,
            /** As the mean. */
            MEDIAN,
            /** The most frequent value; of equally frequent ones the smallest. */
            MODE
        }
    }

    /**
     * A value and what stands in its place.
     *
     * @param from of the column's type
     * @param to of the column's type; empty for a missing value
     */
    record Replacement(Constant from, Optional<Constant> to) {}

    /**
     * A category and how else it is written.
     *
     * @param name how it is written from now on
     * @param spellings may be empty when only letter case and blanks differ
     */
    record Category(String name, List<String> spellings) {
        public Category {
            requireName(name, "name");
            spellings = List.copyOf(spellings);
        }
    }

    /** What becomes of a value that is not of the wanted type. */
    enum Misfits {
        /** It becomes a missing value. */
        MISSING,
        /** The whole cleaning is refused. */
        REFUSE
    }

    /** How many of some columns. */
    enum Quantifier {
        ANY,
        ALL
    }

    /** Which of equal rows. */
    enum Keep {
        FIRST,
        LAST
    }

    /** What becomes of an outlier. */
    enum Treatment {
        /** Its row is removed. */
        REMOVE,
        /** It becomes the fence it is beyond (winsorising); of whole numbers the nearest whole one within the fences. */
        CAP,
        /** It becomes a missing value. */
        MISSING
    }

    /** A change of the writing of a text. */
    enum TextChange {
        /** Without blanks, tabs and line breaks around it. */
        STRIP,
        /** Runs of blanks, tabs and line breaks become one blank. */
        COLLAPSE_BLANKS,
        LOWER_CASE,
        UPPER_CASE,
        /** A text without any character but blanks becomes a missing value. */
        BLANK_TO_MISSING
    }

    private static void requireName(String name, String parameter) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(parameter + " must not be blank");
        }
    }

    private static List<String> names(List<String> names) {
        names.forEach(name -> requireName(name, "a column"));
        return List.copyOf(names);
    }

    private static List<String> someNames(List<String> names, String parameter) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(parameter + " must not be empty");
        }
        return names(names);
    }
}
