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
 * Groups of alike rows. Immutable.
 *
 * @param rows how many there were
 * @param columns that rows were compared by
 * @param clusters the largest first
 * @param silhouette how well rows lie in their groups, -1 to 1, on at most 2,000 rows: from 0.7 on clearly, below 0.25
 *     there is no structure to speak of (Kaufman and Rousseeuw, Finding Groups in Data, 1990)
 * @param inertia the sum of squared distances of the rows to the centre of their group, in features of one size
 * @param tried the silhouette of each number of groups that was tried; empty when the number was asked for
 * @param warnings what was noticed, whole sentences
 * @param map the rows on the two directions in which they differ most, a colour a group
 * @param profile how far each group is from all rows in what sets the groups apart
 * @param kept the rows with the number of their group, when a name for that was given
 * @param model tells the same of new rows, when a name for that was given
 */
public record Clusters(
        long rows,
        List<String> columns,
        List<Cluster> clusters,
        double silhouette,
        double inertia,
        Map<Integer, Double> tried,
        List<String> warnings,
        Chart map,
        Chart profile,
        Optional<Dataset> kept,
        Optional<TrainedModel> model)
        implements Exploration {
    public Clusters {
        columns = List.copyOf(columns);
        clusters = List.copyOf(clusters);
        tried = Collections.unmodifiableMap(new LinkedHashMap<>(tried));
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(map, "map");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(model, "model");
    }

    @Override
    public List<String> remarks() {
        return warnings;
    }

    @Override
    public Map<String, Chart> charts() {
        Map<String, Chart> charts = new LinkedHashMap<>();
        charts.put("groups", map);
        charts.put("groups profile", profile);
        return charts;
    }

    /**
     * A group. Immutable.
     *
     * @param number from 1, by size
     * @param rows how many it has
     * @param share of all rows, 0 to 1
     * @param centre the mean of each column of numbers, in its own unit, without rows that have none; columns of words
     *     are not there
     * @param mostFrequent the most frequent value of each column of words, and its share of the group's rows
     * @param apart what sets it apart from all rows, at most five columns, the greatest difference first; those of less than
     *     a tenth of a standard deviation set nothing apart
     */
    public record Cluster(
            int number,
            long rows,
            double share,
            Map<String, Double> centre,
            Map<String, Frequent> mostFrequent,
            List<Difference> apart) {
        public Cluster {
            centre = Collections.unmodifiableMap(new LinkedHashMap<>(centre));
            mostFrequent = Collections.unmodifiableMap(new LinkedHashMap<>(mostFrequent));
            apart = List.copyOf(apart);
        }
    }

    /**
     * A value and how often it stands.
     *
     * @param share 0 to 1
     */
    public record Frequent(String value, double share) {}

    /**
     * How far a group is from all rows in something.
     *
     * @param column what
     * @param value of a column of words, whose shares are compared; empty for the mean of a column of numbers
     * @param here the mean, or the share of the value, in the group
     * @param all the same of all rows
     * @param standardized the difference in standard deviations of all rows; negative when the group has less
     */
    public record Difference(String column, String value, double here, double all, double standardized) {}
}
