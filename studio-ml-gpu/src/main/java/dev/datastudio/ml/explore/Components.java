package dev.datastudio.ml.explore;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.registry.TrainedModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Directions in which rows differ most, each at a right angle to the ones before. Immutable.
 *
 * @param rows how many there were
 * @param features what the columns became, all brought to mean 0 and standard deviation 1
 * @param components the one that explains most first
 * @param warnings what was noticed, whole sentences
 * @param chart the loadings, a column a component
 * @param kept the rows with their score on each component, when a name for that was given
 * @param model tells the same of new rows, when a name for that was given
 */
public record Components(
        long rows,
        List<String> features,
        List<Component> components,
        List<String> warnings,
        Chart chart,
        Optional<Dataset> kept,
        Optional<TrainedModel> model)
        implements Exploration {
    public Components {
        features = List.copyOf(features);
        components = List.copyOf(components);
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
        return Map.of("components", chart);
    }

    /**
     * A direction. Immutable.
     *
     * @param number from 1
     * @param variance along it, of features of variance 1
     * @param share of the whole variance, 0 to 1
     * @param loadings how much each feature takes part, in their order: a vector of length 1 whose greatest part is
     *     positive
     */
    public record Component(int number, double variance, double share, List<Double> loadings) {
        public Component {
            loadings = List.copyOf(loadings);
        }
    }

    /** The share of the variance that all of them explain, 0 to 1. */
    public double explained() {
        return components.stream().mapToDouble(Component::share).sum();
    }
}
