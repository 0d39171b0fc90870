package dev.datastudio.agents.vocabulary;

import dev.datastudio.agents.vocabulary.internal.FormulaReader;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import java.util.List;

/** What taught words mean. Immutable. */
public sealed interface Meaning {
    /** The most values of a group. */
    int MAX_VALUES = 500;

    /** The most characters of a formula, a column's name or a value. */
    int MAX_TEXT = 500;

    /** The columns that must be there, letter case aside. */
    List<String> columns();

    /** A column under another name: "turnover" is Sales. */
    record OfColumn(String column) implements Meaning {
        /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if it is blank or too long */
        public OfColumn {
            column = text("The column", column);
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** Values of a column: "the coast" is West or East. */
    record OfValues(String column, List<String> values) implements Meaning {
        /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if a text or their number is out of range */
        public OfValues {
            column = text("The column", column);
            values = values.stream().map(v -> text("A value", v)).distinct().toList();
            if (values.isEmpty() || values.size() > MAX_VALUES) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There are " + values.size() + " values",
                        "Give 1 to " + MAX_VALUES);
            }
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * A number computed for each group: "revenue" is {@code sum(price * quantity)}, "margin" is
     * {@code sum(profit) / sum(sales)}.
     *
     * @param formula an aggregate, or one divided by another. Aggregates are count, sum, mean (avg), median, min, max,
     *     stddev and variance; within them stand columns, numbers, + - * / and brackets. A column whose name is more
     *     than letters, digits and _ stands in double quotes.
     */
    record OfMeasure(String formula) implements Meaning {
        /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT}, saying where, if it is no such formula */
        public OfMeasure {
            formula = text("The formula", formula);
            FormulaReader.read(formula, "t");
        }

        /** The measure over a table. */
        public Measure over(String table) {
            return FormulaReader.read(formula, table);
        }

        @Override
        public List<String> columns() {
            return over("t").columns().stream().map(Expression.ColumnRef::name).toList();
        }
    }

    private static String text(String what, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_TEXT) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    what + " has " + stripped.length() + " characters",
                    "Give 1 to " + MAX_TEXT);
        }
        return stripped;
    }
}
