package dev.datastudio.ml.explore;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.registry.TrainedModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Unusual rows. Immutable.
 *
 * @param rows how many were judged
 * @param columns that they were judged by
 * @param threshold the score from which on a row is called unusual, 0 to 1
 * @param unusual how many rows reach it
 * @param strangest the ones with the greatest scores, the strangest first
 * @param warnings what was noticed, whole sentences
 * @param chart where the strangest rows lie among the others
 * @param kept all rows with their score, when a name for that was given
 * @param model tells the same of new rows, when a name for that was given
 */
public record Anomalies(
        long rows,
        List<String> columns,
        double threshold,
        long unusual,
        List<Anomaly> strangest,
        List<String> warnings,
        Chart chart,
        Optional<Dataset> kept,
        Optional<TrainedModel> model)
        implements Exploration {
    public Anomalies {
        columns = List.copyOf(columns);
        strangest = List.copyOf(strangest);
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(chart, "chart");
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(model, "model");
    }

    @Override
    public List<String> remarks() {
        return warnings;
    }

    @Override
    public Map<String, Chart> charts() {
        return Map.of("unusual rows", chart);
    }

    /**
     * A row. Immutable.
     *
     * @param row its place in the data set, from 1
     * @param score 0 to 1: near 0.5 for rows like most, towards 1 for rows that differ
     * @param values as people write them, of the columns that name rows and of those that were looked at; empty texts
     *     for missing ones
     * @param reasons the columns that make it strange, the strongest first; empty when no single column does
     */
    public record Anomaly(long row, double score, Map<String, String> values, List<Reason> reasons) {
        public Anomaly {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A column that makes a row strange.
     *
     * @param value of the row, as people write it; empty when it is missing
     * @param usual what is usual there, in words: {@code 12 to 480, mostly 54}
     * @param weight how much the score falls when the usual value stands there instead, above 0
     */
    public record Reason(String column, String value, String usual, double weight) {}
}
