package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.ScatterChart.Group;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.Clusters;
import dev.datastudio.ml.explore.Clusters.Cluster;
import dev.datastudio.ml.explore.Clusters.Difference;
import dev.datastudio.ml.explore.Clusters.Frequent;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Grouped;
import dev.datastudio.ml.train.internal.model.Course;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Finds groups of alike rows and says what they are like. Not thread-safe. */
public final class Grouping {
    private static final int MOST_TRIED = 10;
    private static final int TRIED_ROWS = 10_000;
    private static final int TRIED_RESTARTS = 3;
    private static final int JUDGED_ROWS = 2_000;
    private static final double NO_STRUCTURE = 0.25;
    private static final int MOST_APART = 5;
    /** So many standard deviations at least. */
    private static final double APART = 0.1;

    private static final int MOST_DRAWN = 12;

    private final Inquiry inquiry;
    private final Dataset dataset;
    private final ClusterSpec spec;
    private final Course course;
    private final Space space;
    private final List<String> warnings;
    private final Map<Integer, Double> tried = new LinkedHashMap<>();
    /** All of them, of each group. */
    private final List<List<Difference>> differences = new ArrayList<>();

    public Grouping(Inquiry inquiry, ClusterSpec spec) {
        this.inquiry = inquiry;
        this.dataset = inquiry.dataset();
        this.spec = spec;
        this.course = inquiry.course();
        this.space = Space.read(inquiry, spec.columns(), Space.Use.GROUPS);
        this.warnings = new ArrayList<>(space.warnings());
    }

    /** Does it; what goes wrong is told as in {@link dev.datastudio.ml.explore.Explore#clusters}. */
    public Clusters find() {
        Matrix points = space.points();
        int different = different(points);
        if (different < Math.max(2, spec.clusters())) {
            throw Checks.wrong(
                    "There are only " + different + " different rows in " + space.columns(),
                    different < 2 ? "Compare the rows by other columns" : "Ask for at most " + different + " groups");
        }
        int count = spec.clusters() == 0 ? chosen(points, Math.min(MOST_TRIED, different)) : spec.clusters();
        KMeans.Fit fit = bySize(new KMeans(points, course).fit(count, spec.restarts(), spec.seed()));
        int[] judged = Summary.sample(points.rows(), JUDGED_ROWS, spec.seed());
        double silhouette = new Silhouette(points.rows(judged), course)
                .of(IntStream.of(judged).map(row -> fit.labels()[row]).toArray(), fit.centres().length);
        if (silhouette < NO_STRUCTURE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The silhouette is %.2f: the rows hardly form groups, which are cut out of one cloud.",
                    silhouette));
        }
        List<Cluster> clusters = clusters(fit);
        Grouped model = new Grouped(fit.centres());
        KeptRows.Found found = new KeptRows.Found(
                List.of(RowColumn.of("cluster", ColumnType.INTEGER)),
                some -> IntStream.of(model.nearest(some))
                        .mapToObj(label -> List.<Object>of(label + 1))
                        .toList());
        Keeping keeping = Keeping.of(
                inquiry,
                space,
                found,
                Kind.CLUSTERS,
                new Keeping.Parts(
                        "k_means",
                        spec,
                        Task.CLUSTERING,
                        model,
                        clusters.stream().map(each -> "group " + each.number()).toList(),
                        Evaluation.of(
                                points.rows(),
                                List.of(Metric.of("silhouette", silhouette), Metric.of("inertia", fit.inertia())),
                                List.of()),
                        Sentences.groups(clusters),
                        warnings));
        return new Clusters(
                points.rows(),
                space.columns(),
                clusters,
                silhouette,
                fit.inertia(),
                tried,
                warnings,
                map(points, fit),
                profile(clusters),
                keeping.rows(),
                keeping.model());
    }

    /** How many different points there are, counted no further than needed. */
    private int different(Matrix points) {
        int enough = Math.max(MOST_TRIED, spec.clusters());
        Set<List<Double>> seen = new HashSet<>();
        for (int row = 0; row < points.rows() && seen.size() < enough; row++) {
            seen.add(Arrays.stream(points.row(row)).boxed().toList());
        }
        return seen.size();
    }

    private int chosen(Matrix points, int most) {
        Matrix some = points.rows(Summary.sample(points.rows(), TRIED_ROWS, spec.seed() + 1));
        int[] judged = Summary.sample(some.rows(), JUDGED_ROWS, spec.seed() + 2);
        Silhouette silhouette = new Silhouette(some.rows(judged), course);
        KMeans means = new KMeans(some, course);
        int best = 2;
        for (int count = 2; count <= most; count++) {
            course.at("trying numbers of groups", count - 1, most - 1, "numbers");
            KMeans.Fit fit = means.fit(count, Math.min(TRIED_RESTARTS, spec.restarts()), spec.seed());
            double score = silhouette.of(
                    IntStream.of(judged).map(row -> fit.labels()[row]).toArray(), fit.centres().length);
            tried.put(count, score);
            best = score > tried.getOrDefault(best, -1.0) ? count : best;
        }
        return best;
    }

    private static KMeans.Fit bySize(KMeans.Fit fit) {
        int[] counts = new int[fit.centres().length];
        for (int label : fit.labels()) {
            counts[label]++;
        }
        int[] order = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer k) -> -counts[k]).thenComparing(k -> k))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] places = new int[order.length];
        double[][] centres = new double[order.length][];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i;
            centres[i] = fit.centres()[order[i]];
        }
        return new KMeans.Fit(
                centres, IntStream.of(fit.labels()).map(label -> places[label]).toArray(), fit.inertia());
    }

    private List<Cluster> clusters(KMeans.Fit fit) {
        List<Cluster> clusters = new ArrayList<>();
        int all = fit.labels().length;
        for (int k = 0; k < fit.centres().length; k++) {
            int each = k;
            int[] rows = IntStream.range(0, all)
                    .filter(row -> fit.labels()[row] == each)
                    .toArray();
            Map<String, Double> centre = new LinkedHashMap<>();
            Map<String, Frequent> frequent = new LinkedHashMap<>();
            List<Difference> found = new ArrayList<>();
            for (String name : space.columns()) {
                RawColumn column = space.table().column(name);
                if (column instanceof RawColumn.Words words) {
                    words(words, rows, frequent, found);
                } else {
                    number((RawColumn.Numbers) column, rows, centre, found);
                }
            }
            found.sort(Comparator.comparingDouble((Difference one) -> -Math.abs(one.standardized()))
                    .thenComparing(Difference::column)
                    .thenComparing(Difference::value));
            differences.add(found);
            clusters.add(new Cluster(k + 1, rows.length, (double) rows.length / all, centre, frequent, apart(found)));
        }
        return clusters;
    }

    private static List<Difference> apart(List<Difference> sorted) {
        return greatest(sorted).stream()
                .filter(each -> Math.abs(each.standardized()) >= APART)
                .toList();
    }

    /** One a column: the shares of its other values follow from it. */
    private static List<Difference> greatest(List<Difference> sorted) {
        Map<String, Difference> greatest = new LinkedHashMap<>();
        sorted.forEach(each -> greatest.putIfAbsent(each.column(), each));
        return greatest.values().stream().limit(MOST_APART).toList();
    }

    private static void number(
            RawColumn.Numbers column, int[] rows, Map<String, Double> centre, List<Difference> found) {
        double all = mean(Arrays.stream(column.values()));
        double variance = mean(Arrays.stream(column.values()).map(value -> (value - all) * (value - all)));
        double here = mean(IntStream.of(rows).mapToDouble(row -> column.values()[row]));
        if (!Double.isNaN(here)) {
            centre.put(column.name(), here);
            found.add(new Difference(column.name(), "", here, all, (here - all) / Math.sqrt(variance)));
        }
    }

    /** Without missing values; NaN when there are no others. */
    private static double mean(DoubleStream values) {
        return values.filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }

    private static void words(
            RawColumn.Words column, int[] rows, Map<String, Frequent> frequent, List<Difference> found) {
        int[] all = Summary.counts(column, IntStream.range(0, column.rows()).toArray());
        int[] here = Summary.counts(column, rows);
        int best = Summary.mostFrequent(here);
        if (here[best] > 0) {
            frequent.put(column.name(), new Frequent(column.values().get(best), (double) here[best] / rows.length));
        }
        for (int code = 0; code < all.length; code++) {
            double share = (double) all[code] / column.rows();
            if (share < 1) {
                double inside = (double) here[code] / rows.length;
                found.add(new Difference(
                        column.name(),
                        column.values().get(code),
                        inside,
                        share,
                        (inside - share) / Math.sqrt(share * (1 - share))));
            }
        }
    }

    private Chart map(Matrix points, KMeans.Fit fit) {
        ChartText text = ChartText.of("Groups of " + dataset.name());
        int[] drawn = Summary.sample(points.rows(), Charts.MAX_POINTS, spec.seed() + 3);
        Matrix scores;
        double[] shares;
        if (points.columns() > Directions.MOST_FEATURES || points.columns() < 2) {
            scores = points.rows(drawn);
            shares = new double[0];
        } else {
            Directions directions = Directions.of(points, course);
            scores = directions.scores(points.rows(drawn), 2);
            shares = Arrays.stream(directions.variances(), 0, 2)
                    .map(variance -> variance / directions.total())
                    .toArray();
            text = text.withSubtitle("On the two directions in which the rows differ most");
        }
        List<Group> groups = new ArrayList<>();
        for (int k = 0; k < fit.centres().length; k++) {
            List<Chart.Point> inside = new ArrayList<>();
            for (int i = 0; i < drawn.length; i++) {
                if (fit.labels()[drawn[i]] == k) {
                    inside.add(new Chart.Point(scores.at(i, 0), scores.columns() > 1 ? scores.at(i, 1) : 0));
                }
            }
            groups.add(new Group("Group " + (k + 1), inside));
        }
        return Charts.scatter(
                drawn.length < points.rows()
                        ? text.withNote("Showing " + drawn.length + " of " + points.rows() + " rows")
                        : text,
                Axis.of(direction(1, shares), ValueFormat.number()),
                Axis.of(direction(2, shares), ValueFormat.number()),
                groups);
    }

    private static String direction(int number, double[] shares) {
        return shares.length < number
                ? "Feature " + number
                : String.format(Locale.ROOT, "Component %d, %.0f%% of the variance", number, shares[number - 1] * 100);
    }

    private Chart profile(List<Cluster> clusters) {
        Set<Key> keys = new LinkedHashSet<>();
        for (int place = 0; place < MOST_APART; place++) {
            for (List<Difference> each : differences) {
                List<Difference> greatest = greatest(each);
                if (place < greatest.size() && keys.size() < MOST_DRAWN) {
                    keys.add(new Key(
                            greatest.get(place).column(), greatest.get(place).value()));
                }
            }
        }
        List<List<Double>> values = keys.stream().map(this::differences).toList();
        ChartText text = ChartText.of("What sets the groups apart")
                .withSubtitle("Difference from all rows, in standard deviations");
        return new HeatmapChart(
                text,
                "",
                "",
                Axis.of("Difference", ValueFormat.number()),
                clusters.stream()
                        .map(cluster -> String.format(
                                Locale.ROOT, "Group %d (%.0f%%)", cluster.number(), cluster.share() * 100))
                        .toList(),
                keys.stream().map(Key::label).toList(),
                values,
                HeatmapChart.Shading.DIVERGING);
    }

    /** What a line of the profile is about. */
    private record Key(String column, String value) {
        String label() {
            return value.isEmpty() ? column : column + " = " + value;
        }
    }

    /** Of each group. */
    private List<Double> differences(Key key) {
        return differences.stream()
                .map(found -> found.stream()
                        .filter(each -> each.column().equals(key.column())
                                && each.value().equals(key.value()))
                        .findFirst()
                        .map(each -> Summary.rounded(each.standardized()))
                        .orElse(Double.NaN))
                .toList();
    }
}
