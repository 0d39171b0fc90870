package dev.datastudio.core.dataset;

import dev.datastudio.api.dataset.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an import would give, before anything of it is kept. Immutable.
 *
 * @param columns in the order of the file
 * @param rows the first ones, each as wide as the columns: Boolean, Long, Double, BigDecimal, LocalDate, LocalDateTime,
 *     LocalTime, String or null
 * @param report how many rows would be stored, and which left out
 * @param warnings what was noticed or decided, whole sentences
 */
public record ImportPreview(
        List<Column> columns, List<List<@Nullable Object>> rows, ImportReport report, List<String> warnings) {
    public ImportPreview {
        columns = List.copyOf(columns);
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
        Objects.requireNonNull(report, "report");
        warnings = List.copyOf(warnings);
    }
}
