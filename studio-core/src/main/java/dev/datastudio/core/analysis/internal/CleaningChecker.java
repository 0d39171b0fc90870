package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import java.util.ArrayList;
import java.util.List;

/** Checks how rows are prepared. Not thread-safe; one for each preparation. */
final class CleaningChecker {
    private static final int LONGEST_NAME = 200;

    private final Schema schema;
    private final List<String> tables;
    private final Problems problems;
    private final ExpressionChecker expressions;

    /** @param schema with the columns that were derived before */
    CleaningChecker(Schema schema, List<String> tables, Problems problems) {
        this.schema = schema;
        this.tables = tables;
        this.problems = problems;
        this.expressions = new ExpressionChecker(schema, tables, problems);
    }

    Cleaning check(Cleaning cleaning, String at) {
        if (cleaning instanceof Cleaning.WithoutMissing missing) {
            List<ColumnRef> columns = new ArrayList<>();
            for (ColumnRef ref : missing.columns()) {
                columns.add(expressions.check(ref, at + ".columns[" + columns.size() + "]"));
            }
            return new Cleaning.WithoutMissing(columns);
        } else if (cleaning instanceof Cleaning.WithoutOutliers outliers) {
            return new Cleaning.WithoutOutliers(number(outliers.column(), at), outliers.rule());
        } else if (cleaning instanceof Cleaning.OnlyOutliers outliers) {
            return new Cleaning.OnlyOutliers(number(outliers.column(), at), outliers.rule());
        } else if (cleaning instanceof Cleaning.Filled filled) {
            return filled(filled, at);
        } else if (cleaning instanceof Cleaning.Derived derived) {
            return derived(derived, at);
        }
        return cleaning;
    }

    private ColumnRef number(ColumnRef ref, String at) {
        ColumnRef column = expressions.check(ref, at + ".column");
        expressions.requireNumber(column, at + ".column", "Outliers are of numbers");
        return column;
    }

    private Cleaning filled(Cleaning.Filled filled, String at) {
        ColumnRef column = expressions.check(filled.column(), at + ".of");
        Expression with = expressions.check(filled.with(), at + ".with");
        if (!(with instanceof Constant) && !(with instanceof Expression.Overall)) {
            problems.add(
                    at + ".with",
                    "Missing values are filled with a value of single rows",
                    "Give a constant or 'overall'");
        } else if (with instanceof Constant constant) {
            with = new ConditionChecker(expressions, problems).fitConstant(constant, column, at + ".with");
        } else if (expressions.isKnown(with)
                && expressions.isKnown(column)
                && !Constants.comparable(schema.type(with), schema.type(column))) {
            problems.add(
                    at + ".with",
                    quote(Words.of(with)) + " is " + Words.lower(schema.type(with)) + ", but " + quote(column.name())
                            + " is " + Words.lower(schema.type(column)),
                    "Fill the column with a value of its own type");
        }
        return new Cleaning.Filled(column, with);
    }

    private Cleaning derived(Cleaning.Derived derived, String at) {
        Expression value = expressions.checkDerived(derived.value(), at + ".as");
        String name = derived.column().name();
        ColumnRef column = new ColumnRef(tables.get(0), name);
        boolean taken = tables.stream()
                .anyMatch(t -> schema.findColumn(new ColumnRef(t, name)).isPresent());
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            problems.add(
                    at + ".derive",
                    "The name of a new column has " + name.length() + " characters",
                    "Give it 1 to " + LONGEST_NAME + ", not only blanks");
        } else if (taken) {
            problems.add(at + ".derive", "There is a column " + quote(name) + " already", "Give it another name");
        }
        if (expressions.isKnown(value) && schema.type(value) == ColumnType.OTHER) {
            problems.add(at + ".as", "The values of " + quote(name) + " are of no known type", "Derive it otherwise");
        }
        return new Cleaning.Derived(name.isBlank() ? new ColumnRef(tables.get(0), "?") : column, value);
    }
}
