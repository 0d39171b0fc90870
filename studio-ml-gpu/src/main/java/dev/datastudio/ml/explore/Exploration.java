package dev.datastudio.ml.explore;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.registry.TrainedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found by an {@link ExploreSpec}, each kind of spec its own. */
public sealed interface Exploration permits Clusters, Components, Anomalies, Forecast {
    /** What was noticed and done on the way, whole sentences. */
    List<String> remarks();

    /** What shows it, by what each is about, the most telling first. */
    Map<String, Chart> charts();

    /** The new data set with what was found of each row, when a name for that was given. */
    Optional<Dataset> kept();

    /** Tells the same of new rows, when a name for that was given. Forecasts have none. */
    Optional<TrainedModel> model();
}
