package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The numbers of the parts that groups are cut into, which are aggregated in place of the rows. */
final class PartNumbers {
    private PartNumbers() {}

    /**
     * Puts the numbers of parts into a table expression, and what reads them in the place of what read the rows.
     *
     * @param selected the columns of the result, those of dimensions first; changed
     * @param measureColumns where the measures stand among them
     * @return what is grouped now; null when no measure has parts
     */
    static @Nullable Sql put(
            Step step, RowSource rows, Output output, List<Sql> selected, List<Integer> measureColumns) {
        List<Measure.Nested> nested = step.measures().stream()
                .filter(Measure.Nested.class::isInstance)
                .map(Measure.Nested.class::cast)
                .toList();
        if (nested.isEmpty()) {
            return null;
        }
        List<Sql> names = output.names();
        int dimensions = measureColumns.get(0);
        List<Sql> columns = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            columns.add(Sql.of(selected.get(i), " AS ", names.get(i)));
        }
        for (Dimension part : nested.get(0).within()) {
            Sql name = output.spare("part " + (columns.size() + 1));
            columns.add(Sql.of(rows.expressions().of(part), " AS ", name));
        }
        List<Sql> keys = IntStream.rangeClosed(1, columns.size())
                .mapToObj(i -> Sql.of(String.valueOf(i)))
                .toList();
        for (int i = 0; i < nested.size(); i++) {
            Measure.Aggregated of = nested.get(i).of();
            Sql value = output.spare("value " + (i + 1));
            columns.add(Sql.of(rows.expressions().of((Measure) of), " AS ", value));
            Sql over = rows.dialect()
                    .aggregate(
                            nested.get(i).aggregate(), value, 0, rows.schema().type(of));
            selected.set(measureColumns.get(i), over);
        }
        Sql statement = Sql.of("SELECT ", Sql.join(",\n  ", columns), rows.tail(), "\nGROUP BY ", Sql.join(", ", keys));
        Sql parts = rows.with("parts", statement);
        for (int i = 0; i < dimensions; i++) {
            selected.set(i, names.get(i));
        }
        return Sql.of("\nFROM ", parts);
    }
}
