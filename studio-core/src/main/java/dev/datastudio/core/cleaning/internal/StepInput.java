package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.cleaning.CleaningStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rows that a step reads. Immutable.
 *
 * @param table what they are called in SQL
 * @param columns in order, without the row number
 * @param row the column of row numbers, a name that no column has
 * @param dataset the data set that is cleaned
 */
record StepInput(Fragment table, List<InputColumn> columns, Fragment row, Dataset dataset) {
    private static final int MAX_NAME = 200;

    StepInput {
        columns = List.copyOf(columns);
    }

    Optional<InputColumn> find(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    InputColumn column(String name) {
        return find(name)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.UNKNOWN_COLUMN,
                        "There is no column " + quote(name),
                        "Use one of " + columns.stream().map(InputColumn::name).toList()));
    }

    /** The columns of those names, each once; all that fit when there is no name. */
    List<InputColumn> columns(List<String> names, Predicate<InputColumn> fits) {
        if (names.isEmpty()) {
            return columns.stream().filter(fits).toList();
        }
        Set<InputColumn> found = new LinkedHashSet<>();
        names.forEach(name -> found.add(column(name)));
        return List.copyOf(found);
    }

    InputColumn numbers(String name) {
        InputColumn column = column(name);
        if (!column.type().isNumeric()) {
            throw wrongType(column, "numbers", "Change its type first, or use a column of numbers");
        }
        return column;
    }

    InputColumn texts(String name) {
        InputColumn column = column(name);
        if (column.type() != ColumnType.TEXT) {
            throw wrongType(column, "texts", "Use a column of texts");
        }
        return column;
    }

    static StudioException wrongType(InputColumn column, String wanted, String mend) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "Column " + quote(column.name()) + " is not of " + wanted + " but of type " + column.typeWord(),
                mend);
    }

    /** A name for a new column. */
    String fresh(String name, List<String> others) {
        boolean control = name.chars().anyMatch(Character::isISOControl);
        if (control || name.length() > MAX_NAME || !name.equals(name.strip())) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "The name " + quote(name) + " can't be that of a column",
                    "Use 1 to " + MAX_NAME + " characters without blanks around them and control characters");
        }
        if (find(name).isPresent() || others.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "There is a column " + quote(name) + " already",
                    "Use another name, or drop or rename that column before");
        }
        return name;
    }

    /** The rows as plans see them. */
    Dataset asTable() {
        return new Dataset(
                dataset.id(),
                dataset.owner(),
                dataset.name(),
                dataset.version(),
                dataset.origin(),
                CleaningStep.TABLE,
                dataset.contentHash(),
                dataset.rowCount(),
                columns.stream().map(InputColumn::asColumn).toList(),
                List.of(),
                dataset.importedAt(),
                dataset.upload());
    }

    /** The columns as they are, some of them with other values. */
    List<StepSql.Output> outputs(List<StepSql.Output> changed) {
        List<StepSql.Output> outputs = new ArrayList<>();
        for (InputColumn column : columns) {
            outputs.add(changed.stream()
                    .filter(o -> o.name().equals(column.name()))
                    .findFirst()
                    .orElseGet(() -> new StepSql.Output(column.name(), column.sql())));
        }
        return outputs;
    }
}
