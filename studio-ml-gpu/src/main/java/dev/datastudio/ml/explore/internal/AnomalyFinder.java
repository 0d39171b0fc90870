package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ScatterChart.Group;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.explore.Anomalies;
import dev.datastudio.ml.explore.Anomalies.Anomaly;
import dev.datastudio.ml.explore.Anomalies.Reason;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.prepare.internal.Encoder;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.model.Course;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Scores rows by an isolation forest and says what makes the strangest strange. Not thread-safe. */
public final class AnomalyFinder {
    private static final int MOST_REASONS = 3;
    /** A column that changes the score by less is no reason. */
    private static final double LEAST_REASON = 0.01;
    /** Scores of rows that are like all others lie near 0.5; none below this stands out. */
    private static final double STANDS_OUT = 0.6;

    private final Inquiry inquiry;
    private final Dataset dataset;
    private final AnomalySpec spec;
    private final Course course;
    private final Space space;
    private final List<String> warnings;

    public AnomalyFinder(Inquiry inquiry, AnomalySpec spec) {
        this.inquiry = inquiry;
        this.dataset = inquiry.dataset();
        this.spec = spec;
        this.course = inquiry.course();
        this.space = Space.read(inquiry, spec.columns(), Space.Use.SPLITS);
        this.warnings = new ArrayList<>(space.warnings());
    }

    /** Does it; what goes wrong is told as in {@link dev.datastudio.ml.explore.Explore#anomalies}. */
    public Anomalies find() {
        Matrix points = space.points();
        IsolationForest forest = IsolationForest.fit(points, spec.trees(), spec.sampleRows(), spec.seed(), course);
        double[] scores = forest.scores(points, course);
        double[] sorted = Arrays.stream(scores).sorted().toArray();
        int wanted = Math.max(1, (int) Math.round(spec.share() * sorted.length));
        double threshold = sorted[sorted.length - wanted];
        long unusual = Arrays.stream(scores).filter(score -> score >= threshold).count();
        double most = sorted[sorted.length - 1];
        if (most < STANDS_OUT) {
            warnings.add(String.format(
                    Locale.ROOT, "The greatest score is %.2f: no row stands out clearly from the others.", most));
        }
        if (unusual > 2L * wanted) {
            warnings.add(unusual + " rows share the greatest scores, more than the " + wanted + " that were expected.");
        }
        int[] strangest = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -scores[row])
                        .thenComparing(row -> row))
                .limit(spec.shown())
                .mapToInt(Integer::intValue)
                .toArray();
        Map<String, Double> weights = new HashMap<>();
        List<Anomaly> told = new ArrayList<>();
        double[] typical = typical(points);
        Map<String, String> usual = new HashMap<>();
        space.columns()
                .forEach(name -> usual.put(name, Summary.usual(space.table().column(name))));
        for (int row : strangest) {
            List<Reason> reasons = reasons(forest, row, scores[row], typical, usual);
            reasons.forEach(reason -> weights.merge(reason.column(), reason.weight(), Double::sum));
            told.add(new Anomaly(row + 1L, scores[row], values(row), reasons));
        }
        KeptRows.Found found = new KeptRows.Found(
                List.of(RowColumn.of("anomaly score", ColumnType.DECIMAL), RowColumn.of("unusual", ColumnType.BOOLEAN)),
                some -> Arrays.stream(forest.scores(some, course))
                        .mapToObj(score -> List.<Object>of(score, score >= threshold))
                        .toList());
        Keeping keeping = Keeping.of(
                inquiry,
                space,
                found,
                Kind.ANOMALIES,
                new Keeping.Parts(
                        "isolation_forest",
                        spec,
                        Task.ANOMALY_DETECTION,
                        forest.model(threshold),
                        List.of("usual", "unusual"),
                        Evaluation.of(
                                points.rows(),
                                List.of(
                                        Metric.of("unusual_share", (double) unusual / points.rows()),
                                        Metric.of("threshold", threshold)),
                                List.of()),
                        Sentences.usual(space.columns(), usual),
                        warnings));
        return new Anomalies(
                points.rows(),
                space.columns(),
                threshold,
                unusual,
                told,
                warnings,
                chart(scores, threshold, weights),
                keeping.rows(),
                keeping.model());
    }

    private Map<String, String> values(int row) {
        Map<String, String> values = new LinkedHashMap<>();
        space.names()
                .forEach(name -> values.put(name, space.table().column(name).text(row)));
        space.columns()
                .forEach(name -> values.put(name, Summary.value(space.table().column(name), row)));
        return values;
    }

    /** How much the score falls when a column has its usual value instead, one column after the other. */
    private List<Reason> reasons(
            IsolationForest forest, int row, double score, double[] typical, Map<String, String> usual) {
        List<Reason> reasons = new ArrayList<>();
        int at = 0;
        for (Encoder encoder : space.preparation().encoders()) {
            double[] changed = space.points().row(row);
            int width = encoder.names().size();
            System.arraycopy(typical, at, changed, at, width);
            at += width;
            double other = forest.scores(new Matrix(changed, 1, changed.length), course)[0];
            if (score - other >= LEAST_REASON) {
                reasons.add(new Reason(
                        encoder.column(),
                        Summary.value(space.table().column(encoder.column()), row),
                        usual.getOrDefault(encoder.column(), ""),
                        score - other));
            }
        }
        reasons.sort(
                Comparator.comparingDouble((Reason reason) -> -reason.weight()).thenComparing(Reason::column));
        return reasons.subList(0, Math.min(MOST_REASONS, reasons.size()));
    }

    /** The middle of each feature. */
    private static double[] typical(Matrix points) {
        return IntStream.range(0, points.columns())
                .mapToDouble(f -> IntStream.range(0, points.rows())
                        .mapToDouble(row -> points.at(row, f))
                        .sorted()
                        .skip(points.rows() / 2)
                        .findFirst()
                        .orElse(0))
                .toArray();
    }

    private Chart chart(double[] scores, double threshold, Map<String, Double> weights) {
        List<String> numbers = space.columns().stream()
                .filter(name -> space.table().column(name) instanceof RawColumn.Numbers column
                        && column.type().isNumeric())
                .sorted(Comparator.comparingDouble((String name) -> -weights.getOrDefault(name, 0.0))
                        .thenComparing(name -> name))
                .limit(2)
                .toList();
        String share = Summary.number(spec.share() * 100) + "%";
        ChartText text = ChartText.of("Unusual rows of " + dataset.name());
        if (numbers.size() < 2) {
            return Charts.histogram(
                    text.withSubtitle(String.format(
                            Locale.ROOT, "The greatest %s of the scores begin at %.2f", share, threshold)),
                    Axis.of("Anomaly score", ValueFormat.number()),
                    scores);
        }
        double[] x = ((RawColumn.Numbers) space.table().column(numbers.get(0))).values();
        double[] y = ((RawColumn.Numbers) space.table().column(numbers.get(1))).values();
        Set<Integer> drawn = new HashSet<>();
        for (int row : Summary.sample(scores.length, Charts.MAX_POINTS, spec.seed())) {
            drawn.add(row);
        }
        List<Chart.Point> usual = new ArrayList<>();
        List<Chart.Point> unusual = new ArrayList<>();
        for (int row = 0; row < scores.length; row++) {
            boolean isUnusual = scores[row] >= threshold;
            if (!Double.isNaN(x[row]) && !Double.isNaN(y[row]) && (isUnusual || drawn.contains(row))) {
                (isUnusual ? unusual : usual).add(new Chart.Point(x[row], y[row]));
            }
        }
        text = text.withSubtitle("The " + share + " with the greatest scores, on the columns that tell most");
        if (drawn.size() < scores.length) {
            text = text.withNote("Showing " + (usual.size() + unusual.size()) + " of " + scores.length + " rows");
        }
        return new ScatterChart(
                text,
                axis(numbers.get(0)),
                axis(numbers.get(1)),
                List.of(new Group("Usual", usual), new Group("Unusual", unusual)),
                List.of());
    }

    private Axis axis(String column) {
        return Axis.of(column, ValueFormat.number(dataset.column(column).unit()));
    }
}
