package dev.datastudio.ml;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.explore.Anomalies;
import dev.datastudio.ml.explore.Anomalies.Anomaly;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.Clusters;
import dev.datastudio.ml.explore.Clusters.Cluster;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.Components;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row A27: groups, components and unusual rows. */
class ExploreTest {
    private static Studio studio;
    private static Dataset customers;
    private static Dataset plain;

    @BeforeAll
    static void open() {
        studio = Studio.inMemory();
        customers = customers();
        plain = studio.datasets()
                .importMaps(
                        "plain",
                        IntStream.range(0, 60)
                                .mapToObj(i -> Map.of(
                                        "a",
                                        i % 7,
                                        "b",
                                        i % 7 * 2.0 + i % 5,
                                        "c",
                                        i * i % 11,
                                        "d",
                                        -(i % 7) + i % 3 * 0.5))
                                .toList());
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    /** 300 who buy little, 200 who buy much and 100 who return what they buy; 20 do not tell their age. */
    private static Dataset customers() {
        Random random = new Random(5);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int kind = i < 300 ? 0 : i < 500 ? 1 : 2;
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("customer_id", "C-" + (10_000 + i));
            row.put("spent", new double[] {120, 900, 500}[kind] + 40 * random.nextGaussian());
            row.put("orders", new int[] {2, 20, 9}[kind] + random.nextInt(3));
            row.put("returned", new double[] {0.02, 0.05, 0.6}[kind] + 0.02 * random.nextGaussian());
            row.put("plan", kind == 2 || random.nextInt(10) == 0 ? "trial" : "paid");
            row.put("age", i % 30 == 0 ? null : 40 + 8 * random.nextGaussian());
            row.put("kind", "kind " + kind);
            rows.add(row);
        }
        java.util.Collections.shuffle(rows, random);
        return studio.datasets().importMaps("customers", rows);
    }

    @Test
    void findsTheGroupsThatAreThere() {
        ClusterSpec spec = ClusterSpec.DEFAULT.by("spent", "orders", "returned", "plan", "age");

        Clusters found =
                Explore.of(studio).clusters(customers, spec, ExploreOptions.DEFAULT.keepingAs("customers in groups"));

        assertEquals(
                List.of(300L, 200L, 100L),
                found.clusters().stream().map(Cluster::rows).toList());
        assertEquals(9, found.tried().size());
        assertEquals(3, best(found.tried()));
        assertEquals(120, requireNonNull(found.clusters().get(0).centre().get("spent")), 8);
        assertEquals(21, requireNonNull(found.clusters().get(1).centre().get("orders")), 0.3);
        assertEquals("returned", found.clusters().get(2).apart().get(0).column());
        assertTrue(found.clusters().get(2).apart().get(0).standardized() > 2);
        var plan = requireNonNull(found.clusters().get(2).mostFrequent().get("plan"));
        assertEquals("trial", plan.value());
        assertEquals(1, plan.share(), 0);
        assertTrue(found.silhouette() > 0.35, found::toString);
        assertEquals("scatter", found.map().kind());
        assertEquals("heatmap", found.profile().kind());
        Dataset kept = found.kept().orElseThrow();
        assertEquals(
                List.of(List.of(1L, "kind 0", 300L), List.of(2L, "kind 1", 200L), List.of(3L, "kind 2", 100L)),
                studio.query(
                                List.of(kept),
                                "SELECT cluster, kind, count(*) FROM " + kept.table() + " GROUP BY 1, 2 ORDER BY 1, 2")
                        .rows());
    }

    private static int best(Map<Integer, Double> tried) {
        return tried.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Test
    void theSameSpecGivesTheSameGroups() {
        ClusterSpec spec = ClusterSpec.DEFAULT.by("spent", "age", "plan").into(5);

        Clusters first = Explore.of(studio).clusters(customers, spec);
        Clusters second = Explore.of(studio).clusters(customers, spec);

        assertEquals(first, second);
        assertEquals(5, first.clusters().size());
        assertEquals(Map.of(), first.tried());
    }

    /** Numbers of scikit-learn 1.2.1: StandardScaler, KMeans(4, n_init=50), silhouette_score. */
    @Test
    void groupsAreAsGoodAsThoseOfScikitLearn() {
        Clusters found = Explore.of(studio).clusters(plain, new ClusterSpec(List.of("a", "b", "c", "d"), 4, 50, 1));

        assertEquals(59.631002245606226, found.inertia(), 1e-6);
        assertEquals(0.37710884103811754, found.silhouette(), 1e-6);
    }

    /** Numbers of scikit-learn 1.2.1: StandardScaler, PCA. */
    @Test
    void componentsAreThoseOfScikitLearn() {
        Components found = Explore.of(studio)
                .components(
                        plain,
                        ComponentSpec.DEFAULT.of("a", "b", "c", "d").keeping(4),
                        ExploreOptions.DEFAULT.keepingAs("plain with components"));

        double[][] loadings = {
            {0.5823298798, 0.5709725481, 0.0149814119, -0.5784961692},
            {-0.0144464946, 0.0125389074, 0.9995356401, 0.0237187424},
            {-0.2782417087, 0.808764916, -0.0264468069, 0.5174760173},
            {0.7637177237, -0.1404721883, -0.0021512429, 0.6300779118}
        };
        double[] variances = {2.9467911021, 1.0171725269, 0.0852155079, 0.0186174732};
        double[] shares = {0.7244194793, 0.2500549129, 0.0209488123, 0.0045767955};
        for (int k = 0; k < 4; k++) {
            assertEquals(variances[k], found.components().get(k).variance(), 1e-9);
            assertEquals(shares[k], found.components().get(k).share(), 1e-9);
            for (int f = 0; f < 4; f++) {
                assertEquals(
                        loadings[k][f], found.components().get(k).loadings().get(f), 1e-9);
            }
        }
        Dataset kept = found.kept().orElseThrow();
        List<Object> first = studio.query(
                        List.of(kept),
                        "SELECT \"component 1\", \"component 2\", \"component 3\", \"component 4\" FROM " + kept.table()
                                + " WHERE a = 0 AND b = 0 AND c = 0 AND d = 0")
                .rows()
                .get(0);
        double[] scores = {-2.6036827706, -1.3659715184, -0.4396846255, -0.1097112031};
        for (int k = 0; k < 4; k++) {
            assertEquals(scores[k], (double) first.get(k), 1e-9);
        }
    }

    @Test
    void asManyComponentsAsExplainNineTenths() {
        Components found = Explore.of(studio).components(plain, ComponentSpec.DEFAULT);

        assertEquals(
                List.of("a", "b", "c", "d"), found.features().stream().sorted().toList());
        assertEquals(2, found.components().size());
        assertTrue(found.explained() > 0.9, found::toString);
    }

    @Test
    void unusualRowsAreFoundWithTheirReasons() {
        Random random = new Random(11);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("order_id", "O-" + (5_000 + i));
            row.put("price", 50 + 5 * random.nextGaussian());
            row.put("quantity", 1 + random.nextInt(5));
            row.put("country", List.of("DE", "FR", "IT").get(random.nextInt(3)));
            rows.add(row);
        }
        rows.get(123).put("price", 900.0);
        rows.get(456).put("quantity", 400);
        rows.get(789).put("country", "Atlantis");
        rows.get(789).put("price", 5.0);
        Dataset orders = studio.datasets().importMaps("orders", rows);
        // Each tree sees all rows: one that is in few samples alone can hide behind the next greatest value.
        AnomalySpec spec = new AnomalySpec(List.of(), 0.005, 100, 1_000, 3, 42);

        Anomalies found =
                Explore.of(studio).anomalies(orders, spec, ExploreOptions.DEFAULT.keepingAs("orders with scores"));

        assertEquals(
                java.util.Set.of(124L, 457L, 790L),
                new java.util.HashSet<>(
                        found.strangest().stream().map(Anomaly::row).toList()));
        for (Anomaly each : found.strangest()) {
            assertTrue(each.score() > 0.6 && each.score() < 1, each::toString);
            assertEquals("O-" + (4_999 + each.row()), each.values().get("order_id"));
            String reason = each.reasons().get(0).column();
            assertEquals(each.row() == 457 ? "quantity" : "price", reason, each::toString);
        }
        Anomaly first = found.strangest().stream()
                .filter(each -> each.row() == 124)
                .findFirst()
                .orElseThrow();
        assertEquals("900", first.reasons().get(0).value());
        assertTrue(first.reasons().get(0).usual().matches("4\\d.* to 5\\d.*, in the middle .*"), first::toString);
        assertEquals(5, found.unusual());
        Dataset kept = found.kept().orElseThrow();
        assertEquals(
                List.of(List.of(5L, 3L)),
                studio.query(
                                List.of(kept),
                                "SELECT count(*), count(*) FILTER (price > 800 OR quantity > 300 OR country = 'Atlantis') FROM "
                                        + kept.table() + " WHERE unusual AND \"anomaly score\" >= " + found.threshold())
                        .rows());
        Anomalies again = Explore.of(studio).anomalies(orders, spec);
        assertEquals(found.strangest(), again.strangest());
        assertEquals(found.threshold(), again.threshold());
    }

    @ParameterizedTest
    @ValueSource(strings = {"clusters", "components", "anomalies"})
    void aCancelledExplorationLeavesNothing(String what) {
        Cancellation cancellation = Cancellation.create();
        ExploreOptions options = ExploreOptions.DEFAULT
                .keepingAs("cancelled " + what)
                .stoppedBy(cancellation)
                .telling(progress -> cancellation.cancel());

        StudioException error = assertThrows(StudioException.class, () -> explore(what, customers, List.of(), options));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertFalse(studio.datasets().find("cancelled " + what).isPresent());
    }

    private static Object explore(String what, Dataset dataset, List<String> columns, ExploreOptions options) {
        Explore explore = Explore.of(studio);
        return switch (what) {
            case "clusters" -> explore.clusters(dataset, ClusterSpec.DEFAULT.by(columns), options);
            case "components" -> explore.components(dataset, ComponentSpec.DEFAULT.of(columns), options);
            default -> explore.anomalies(dataset, AnomalySpec.DEFAULT.by(columns), options);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"clusters", "components", "anomalies"})
    void whatCantBeExploredIsNamed(String what) {
        Dataset few = studio.datasets()
                .importMaps(
                        "few",
                        IntStream.range(0, 19)
                                .mapToObj(i -> Map.of("x", i, "y", i * i))
                                .toList());
        Dataset same = studio.datasets()
                .importMaps(
                        "same",
                        IntStream.range(0, 50)
                                .mapToObj(i -> Map.of("x", 1, "y", "a"))
                                .toList());

        assertEquals(
                "The data set 'few' has only 19 rows",
                refused(what, few, List.of()).what());
        assertEquals(
                ErrorCode.UNKNOWN_COLUMN,
                refused(what, customers, List.of("gone")).code());
        StudioException nothing = refused(what, same, List.of());
        assertEquals(ErrorCode.INVALID_ARGUMENT, nothing.code());
        assertTrue(nothing.what().contains("'x' has one value only"), nothing::what);
    }

    private static StudioException refused(String what, Dataset dataset, List<String> columns) {
        return assertThrows(StudioException.class, () -> explore(what, dataset, columns, ExploreOptions.DEFAULT));
    }

    @Test
    void moreGroupsThanDifferentRowsAreRefused() {
        Dataset two = studio.datasets()
                .importMaps(
                        "two",
                        IntStream.range(0, 50)
                                .mapToObj(i -> Map.of("x", i % 2, "y", i % 2))
                                .toList());

        assertEquals(
                "There are only 2 different rows in [x]",
                assertThrows(
                                StudioException.class,
                                () -> Explore.of(studio)
                                        .clusters(
                                                two, ClusterSpec.DEFAULT.by("x").into(3)))
                        .what());
        assertEquals(
                2,
                Explore.of(studio).clusters(two, ClusterSpec.DEFAULT).clusters().size());
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertEquals(
                "The parameter clusters must be between 2 and 50, was '1'",
                assertThrows(StudioException.class, () -> ClusterSpec.DEFAULT.into(1))
                        .what());
        assertEquals(
                "The parameter share must be between 0.0001 and 0.5, was '0.7'",
                assertThrows(StudioException.class, () -> AnomalySpec.DEFAULT.expecting(0.7))
                        .what());
        assertEquals(
                "The parameter components must be between 0 and 50, was '51'",
                assertThrows(StudioException.class, () -> ComponentSpec.DEFAULT.keeping(51))
                        .what());
    }

    @Test
    void missingInfiniteAndWideColumnsAreTold() {
        Dataset odd = studio.datasets()
                .importMaps(
                        "odd",
                        IntStream.range(0, 400)
                                .mapToObj(i -> {
                                    Map<String, @Nullable Object> row = new HashMap<>();
                                    row.put("x", i % 13);
                                    row.put("y", i % 5 == 0 ? null : (i * 7) % 17);
                                    row.put("gone", null);
                                    row.put("city", "city " + i % 350);
                                    return row;
                                })
                                .toList());

        Clusters clusters = Explore.of(studio).clusters(odd, ClusterSpec.DEFAULT);

        assertEquals(List.of("x", "y"), clusters.columns().stream().sorted().toList());
        assertTrue(
                clusters.warnings().stream().anyMatch(each -> each.contains("'city' has 350 different values")),
                clusters.warnings()::toString);
        assertTrue(
                clusters.warnings().stream().noneMatch(each -> each.contains("training")),
                clusters.warnings()::toString);
        assertEquals(400, Explore.of(studio).anomalies(odd, AnomalySpec.DEFAULT).rows());
    }
}
