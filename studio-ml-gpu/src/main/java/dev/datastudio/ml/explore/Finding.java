package dev.datastudio.ml.explore;

import dev.datastudio.api.dataset.DatasetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration in the background came to, in words and pictures. Immutable.
 *
 * @param sentences what was found, the most important first
 * @param notes what was noticed and done on the way, whole sentences
 * @param drawings what shows it
 * @param kept the new data set with what was found of each row, when a name for that was given
 */
public record Finding(List<String> sentences, List<String> notes, List<Drawing> drawings, Optional<DatasetId> kept) {
    public Finding {
        sentences = List.copyOf(sentences);
        notes = List.copyOf(notes);
        drawings = List.copyOf(drawings);
        Objects.requireNonNull(kept, "kept");
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
            rows = rows.stream()
                    .map(row -> Collections.unmodifiableList(new ArrayList<@Nullable Object>(row)))
                    .toList();
        }
    }
}
