package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportOptions.DateOrder;
import dev.datastudio.core.dataset.ImportOptions.DecimalMark;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every column of texts becomes, and what is said about it. Immutable.
 *
 * @param columns their names
 * @param conversions one for each column
 * @param sentences what is said about each column
 */
record Decision(List<String> columns, List<Conversion> conversions, List<List<String>> sentences) {
    private static final Pattern FAILED_COLUMN = Pattern.compile(Conversion.FAILED + "(\\d+)@");

    Decision {
        columns = List.copyOf(columns);
        conversions = List.copyOf(conversions);
        sentences = List.copyOf(sentences);
    }

    /** Decides by what was gathered of each column; columns that tell how they are written help those that don't. */
    static Decision of(List<String> columns, List<ColumnEvidence> evidence, ImportOptions options) {
        DecimalMark mark = leaningMark(evidence);
        DateOrder order = leaningOrder(evidence);
        List<Conversion> conversions = new ArrayList<>();
        List<List<String>> sentences = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Notes notes = new Notes(columns.get(i));
            conversions.add(evidence.get(i).conclude(options, mark, order, notes));
            sentences.add(notes.sentences());
        }
        return new Decision(columns, conversions, sentences);
    }

    /** What the columns that tell agree on; AUTO when none tells or they differ. */
    private static DecimalMark leaningMark(List<ColumnEvidence> columns) {
        List<DecimalMark> told = columns.stream()
                .map(ColumnEvidence::decimalMark)
                .filter(m -> m != DecimalMark.AUTO)
                .distinct()
                .toList();
        return told.size() == 1 ? told.get(0) : DecimalMark.AUTO;
    }

    private static DateOrder leaningOrder(List<ColumnEvidence> columns) {
        List<DateOrder> told = columns.stream()
                .map(ColumnEvidence::dateOrder)
                .filter(o -> o != DateOrder.AUTO)
                .distinct()
                .toList();
        return told.size() == 1 ? told.get(0) : DateOrder.AUTO;
    }

    /** Everything that is said. */
    List<String> warnings() {
        return sentences.stream().flatMap(List::stream).toList();
    }

    /** The column whose value failed a statement. */
    static OptionalInt failedColumn(SQLException failure) {
        Matcher failed = FAILED_COLUMN.matcher(String.valueOf(failure.getMessage()));
        return failed.find() ? OptionalInt.of(Integer.parseInt(failed.group(1))) : OptionalInt.empty();
    }

    /** The same with one column as text, whose values the database reads in another way than Java does. */
    Decision withoutRange(int index, ImportOptions options) {
        String column = columns.get(index);
        ColumnType type = conversions.get(index).type();
        if (wantedType(column, options) != null) {
            throw ColumnEvidence.refused(column, type, "");
        }
        return asText(index, "is kept as text because a value of it is out of range for type " + type);
    }

    /** The same with one column as text, for a reason. */
    Decision asText(int index, String predicate) {
        Notes notes = new Notes(columns.get(index));
        notes.say(predicate);
        List<Conversion> changed = new ArrayList<>(conversions);
        changed.set(index, Conversion.TEXT);
        List<List<String>> said = new ArrayList<>(sentences);
        said.set(index, notes.sentences());
        return new Decision(columns, changed, said);
    }

    /** The same with one more sentence about a column. */
    Decision saying(int index, String predicate) {
        Notes notes = new Notes(columns.get(index));
        notes.say(predicate);
        List<String> all = new ArrayList<>(sentences.get(index));
        all.addAll(notes.sentences());
        List<List<String>> said = new ArrayList<>(sentences);
        said.set(index, List.copyOf(all));
        return new Decision(columns, conversions, said);
    }

    /** The type that was asked for; null for none. */
    static @Nullable ColumnType wantedType(String column, ImportOptions options) {
        for (Map.Entry<String, ColumnType> entry : options.types().entrySet()) {
            if (entry.getKey().equalsIgnoreCase(column)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** Refuses types for columns that are not there. */
    static void requireKnownColumns(List<String> columns, ImportOptions options, String name) {
        for (String wanted : options.types().keySet()) {
            if (columns.stream().noneMatch(wanted::equalsIgnoreCase)) {
                throw new StudioException(
                        ErrorCode.UNKNOWN_COLUMN,
                        "Column " + StudioException.quote(wanted) + " is not in " + StudioException.quote(name),
                        "Use one of " + columns);
            }
        }
    }
}
