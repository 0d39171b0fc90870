package dev.datastudio.ml.explore;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.core.chart.ChartTable;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.ml.explore.internal.Sentences;
import dev.datastudio.ml.explore.internal.Tables;
import dev.datastudio.ml.registry.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration came to, in words, pictures and numbers. Immutable.
 *
 * @param sentences what was found, the most important first
 * @param notes what was noticed and done on the way, whole sentences
 * @param drawings what shows it
 * @param tables the numbers behind it
 * @param kept the new data set with what was found of each row, when a name for that was given
 * @param model the id of the model that tells the same of new rows, when a name for that was given
 */
public record Finding(
        List<String> sentences,
        List<String> notes,
        List<Drawing> drawings,
        List<Table> tables,
        Optional<DatasetId> kept,
        Optional<String> model) {
    public Finding {
        sentences = List.copyOf(sentences);
        notes = List.copyOf(notes);
        drawings = List.copyOf(drawings);
        tables = List.copyOf(tables);
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(model, "model");
    }

    /**
     * What was found, as it is told.
     *
     * @param dataset what was looked into
     */
    public static Finding of(Dataset dataset, Exploration found) {
        List<Drawing> drawings = new ArrayList<>();
        found.charts().forEach((name, chart) -> drawings.add(Drawing.of(name, chart)));
        return new Finding(
                Sentences.of(dataset, found),
                found.remarks(),
                drawings,
                Tables.of(found),
                found.kept().map(Dataset::id),
                found.model().map(TrainedModel::id));
    }

    /**
     * A table. Immutable.
     *
     * @param title what it holds
     * @param columns their titles
     * @param rows each as wide as the columns, of texts and numbers; null where there is no value
     */
    public record Table(String title, List<String> columns, List<List<@Nullable Object>> rows) {
        public Table {
            Objects.requireNonNull(title, "title");
            columns = List.copyOf(columns);
            rows = copied(rows);
        }
    }

    private static List<List<@Nullable Object>> copied(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> Collections.unmodifiableList(new ArrayList<@Nullable Object>(row)))
                .toList();
    }

    /**
     * A chart. Immutable.
     *
     * @param name what it is about
     * @param title what it shows
     * @param figure as Plotly draws it, JSON
     * @param columns of its numbers as a table
     * @param rows each as wide as the columns; null where there is no value
     */
    public record Drawing(
            String name, String title, String figure, List<String> columns, List<List<@Nullable Object>> rows) {
        public Drawing {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(figure, "figure");
            columns = List.copyOf(columns);
            rows = copied(rows);
        }

        private static Drawing of(String name, Chart chart) {
            ChartTable table = ChartTable.of(chart);
            return new Drawing(name, chart.text().title(), PlotlyJson.of(chart), table.columns(), table.rows());
        }
    }
}
