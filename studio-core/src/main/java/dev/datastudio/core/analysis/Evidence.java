package dev.datastudio.core.analysis;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.core.chart.ValueSummary;
import dev.datastudio.core.statistics.TestResult;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was asked of the data beyond a step's rows, for its reading and its chart. Immutable. */
public sealed interface Evidence {
    /** Nothing more. */
    record None() implements Evidence {}

    /**
     * A hypothesis test over the rows behind the result.
     *
     * @param picture a result whose chart shows those rows; null when none fits
     */
    record Tested(TestResult result, @Nullable StepResult picture) implements Evidence {
        public Tested {
            Objects.requireNonNull(result, "result");
        }
    }

    /** The spread of the values that fell into bins. */
    record Summary(ValueSummary values) implements Evidence {
        public Summary {
            Objects.requireNonNull(values, "values");
        }
    }

    /**
     * Values beyond the whiskers.
     *
     * @param values for each row of the result, rising; a sample of them when there are many
     */
    record Outliers(List<List<Double>> values) implements Evidence {
        public Outliers {
            values = values.stream().map(List::copyOf).toList();
        }
    }

    /**
     * The rows behind a correlation or a line.
     *
     * @param points those that were looked at, in the order of the rows
     * @param rows how many there are
     */
    record Points(List<Chart.Point> points, long rows) implements Evidence {
        public Points {
            points = List.copyOf(points);
        }
    }
}
