package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.explore.Anomalies;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.Clusters;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ExploreSpecJson;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.tool.internal.ModelText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows A6, A27: groups, directions and isolation forests as models of new rows. */
class ExploredModelsTest {
    @TempDir
    Path folder;

    private record Customer(
            double spent,
            int orders,
            String plan,
            LocalDate since,
            @Nullable Double age) {}

    private static Dataset customers(Studio studio) {
        SplittableRandom random = new SplittableRandom(11);
        return studio.datasets()
                .importRecords("customers", IntStream.range(0, 300).mapToObj(i -> {
                    int kind = i % 3;
                    return new Customer(
                            100 * kind + random.nextDouble(20),
                            5 + 20 * (2 - kind) + random.nextInt(4),
                            kind == 2 ? "gold" : "basic",
                            LocalDate.of(2020, 1, 1).plusDays(random.nextInt(600)),
                            i % 10 == 0 ? null : random.nextDouble(20, 70));
                }));
    }

    private static ExploreOptions keeping(String name) {
        return ExploreOptions.DEFAULT.keepingAs(name + " rows").keepingModel(name);
    }

    private static TrainedModel explored(Studio studio, Dataset customers, ExploreSpec spec, ExploreOptions options) {
        Explore explore = Explore.of(studio);
        if (spec instanceof ClusterSpec clusters) {
            return explore.clusters(customers, clusters, options).model().orElseThrow();
        }
        return spec instanceof ComponentSpec components
                ? explore.components(customers, components, options).model().orElseThrow()
                : explore.anomalies(customers, (AnomalySpec) spec, options)
                        .model()
                        .orElseThrow();
    }

    private static final List<ExploreSpec> SPECS = List.of(
            ClusterSpec.DEFAULT.by("spent", "orders", "plan").into(3),
            ComponentSpec.DEFAULT.of("spent", "orders", "age").keeping(2),
            AnomalySpec.DEFAULT.by("spent", "orders", "plan", "since").expecting(0.05));

    private static Map<String, Object> row(@Nullable Double spent, int orders, String plan) {
        Map<String, Object> row = new HashMap<>();
        row.put("spent", spent);
        row.put("orders", orders);
        row.put("plan", plan);
        row.put("since", "2021-03-04");
        row.put("age", null);
        return row;
    }

    @Test
    void newRowsAreToldWhatTheRowsThatWereLookedAtAreTold() {
        try (Studio studio = Studio.inMemory()) {
            Dataset customers = customers(studio);
            TrainedModel groups = explored(studio, customers, SPECS.get(0), keeping("groups"));
            TrainedModel places = explored(studio, customers, SPECS.get(1), keeping("places"));
            TrainedModel odd = explored(studio, customers, SPECS.get(2), keeping("odd"));
            Models models = Models.of(studio);

            Dataset told = models.predict(groups.id(), customers, "told groups");
            assertEquals(
                    List.of(List.of(300L)),
                    studio.query(
                                    List.of(
                                            told,
                                            studio.datasets()
                                                    .find("groups rows")
                                                    .orElseThrow()),
                                    "SELECT count(*) FROM told_groups t JOIN groups_rows r USING (spent, orders, since)"
                                            + " WHERE t.\"group\" = 'group ' || r.cluster AND t.distance >= 0")
                            .rows());
            Dataset lain = models.predict(places.id(), customers, "told places");
            assertEquals(
                    List.of(List.of(300L)),
                    studio.query(
                                    List.of(
                                            lain,
                                            studio.datasets()
                                                    .find("places rows")
                                                    .orElseThrow()),
                                    "SELECT count(*) FROM told_places t JOIN places_rows r USING (spent, orders, since)"
                                            + " WHERE abs(t.\"component 1\" - r.\"component 1\") < 1e-12"
                                            + " AND abs(t.\"component 2\" - r.\"component 2\") < 1e-12")
                            .rows());
            Dataset judged = models.predict(odd.id(), customers, "told odd");
            assertEquals(
                    List.of(List.of(300L)),
                    studio.query(
                                    List.of(
                                            judged,
                                            studio.datasets().find("odd rows").orElseThrow()),
                                    "SELECT count(*) FROM told_odd t JOIN odd_rows r USING (spent, orders, since)"
                                            + " WHERE abs(t.\"anomaly score\" - r.\"anomaly score\") < 1e-12"
                                            + " AND (t.predicted = 'unusual') = r.unusual")
                            .rows());
        }
    }

    @Test
    void aRowIsToldItsGroupItsPlaceOrItsScore() {
        try (Studio studio = Studio.inMemory()) {
            Dataset customers = customers(studio);
            Models models = Models.of(studio);
            List<TrainedModel> all = SPECS.stream()
                    .map(spec -> explored(studio, customers, spec, ExploreOptions.DEFAULT.keepingModel("kept")))
                    .toList();

            String group =
                    models.predict(all.get(0).id(), row(205.0, 7, "gold")).label();
            Prediction near = models.predict(all.get(0).id(), row(210.0, 6, "gold"));
            Prediction far = models.predict(all.get(0).id(), row(5_000.0, 6, "gold"));
            assertEquals(group, near.label());
            assertEquals(Map.of("distance", near.value()), near.numbers());
            assertTrue(far.value() > 10 * near.value(), far::toString);
            assertFalse(group.equals(
                    models.predict(all.get(0).id(), row(5.0, 46, "basic")).label()));

            Prediction place = models.predict(all.get(1).id(), row(100.0, 25, "basic"));
            assertEquals("", place.label());
            assertEquals(
                    List.of("component 1", "component 2"),
                    List.copyOf(place.numbers().keySet()));

            Map<String, String> strangest = Explore.of(studio)
                    .anomalies(customers, (AnomalySpec) SPECS.get(2))
                    .strangest()
                    .get(0)
                    .values();
            Map<String, Object> odd = row(0.0, 0, "");
            strangest.forEach((name, value) -> odd.put(
                    name, name.equals("spent") || name.equals("orders") ? (Object) Double.valueOf(value) : value));
            Prediction unusual = models.predict(all.get(2).id(), odd);
            Prediction usual = models.predict(all.get(2).id(), row(110.0, 26, "basic"));
            assertEquals("unusual", unusual.label());
            assertEquals("usual", usual.label());
            double score = Objects.requireNonNull(unusual.numbers().get("anomaly score"));
            assertTrue(score > usual.value(), unusual::toString);
            assertEquals(
                    Task.CLUSTERING + " " + Task.PROJECTION + " " + Task.ANOMALY_DETECTION,
                    all.get(0).task() + " " + all.get(1).task() + " "
                            + all.get(2).task());
            assertEquals(3, all.get(2).version());
        }
    }

    @Test
    void theyAreTheSameAfterOpeningAndAgainByTheirSpec() {
        List<Map<String, Object>> rows = List.of(row(3.0, 40, "basic"), row(null, 7, "gold"), row(150.0, 26, "tin"));
        List<TrainedModel> kept;
        List<List<Prediction>> before;
        try (Studio studio = Studio.open(folder)) {
            Dataset customers = customers(studio);
            kept = SPECS.stream()
                    .map(spec -> explored(studio, customers, spec, ExploreOptions.DEFAULT.keepingModel("kept")))
                    .toList();
            before = kept.stream()
                    .map(each -> Models.of(studio).predict(each.id(), rows))
                    .toList();
        }
        try (Studio studio = Studio.open(folder)) {
            Dataset customers = studio.datasets().find("customers").orElseThrow();
            for (int i = 0; i < kept.size(); i++) {
                TrainedModel model = Models.of(studio).get(kept.get(i).id());
                assertEquals(kept.get(i), model);
                assertEquals(before.get(i), Models.of(studio).predict(model.id(), rows));
                String spec = ((ModelSource.Explored) model.source()).spec();
                assertEquals(SPECS.get(i), ExploreSpecJson.parse(spec));
                TrainedModel again = explored(
                        studio, customers, ExploreSpecJson.parse(spec), ExploreOptions.DEFAULT.keepingModel("again"));
                assertEquals(before.get(i), Models.of(studio).predict(again.id(), rows));
            }
        }
    }

    @Test
    void theyAreDescribedAsWhatTheyAre() {
        try (Studio studio = Studio.inMemory()) {
            Dataset customers = customers(studio);
            Clusters found = Explore.of(studio)
                    .clusters(customers, (ClusterSpec) SPECS.get(0), ExploreOptions.DEFAULT.keepingModel("groups"));
            TrainedModel model = found.model().orElseThrow();

            assertEquals(
                    found.silhouette(), model.evaluation().metric("silhouette").value());
            assertTrue(model.evaluation().baseline().isEmpty());
            String about = String.join("\n", ModelText.summary(model));
            assertTrue(about.contains("tells which of 3 groups a row belongs to by k-means"), about);
            assertTrue(about.contains("silhouette") && !about.contains("baseline"), about);
            String card = ModelCard.of(model);
            assertTrue(card.contains("which of 3 groups") && card.contains("\"clusters\":3"), card);
            assertTrue(card.contains("## What was found\n\n- Group 1: 100 rows \\(33.3%\\): mean 'orders' "), card);
            assertFalse(card.contains("-0.0 standard deviations"), card);
            assertEquals(
                    3, Models.of(studio).drift(model.id(), customers).columns().size());
            for (org.junit.jupiter.api.function.Executable none : List.<org.junit.jupiter.api.function.Executable>of(
                    () -> Models.of(studio).exportOnnx(model.id()),
                    () -> Models.of(studio).explain(model.id(), row(1.0, 1, "gold")),
                    () -> Models.of(studio)
                            .compare(List.of(
                                    model.id(),
                                    explored(
                                                    studio,
                                                    customers,
                                                    SPECS.get(1),
                                                    ExploreOptions.DEFAULT.keepingModel("places"))
                                            .id())),
                    () -> Models.of(studio).predict(model.id(), Map.of("spent", 1)),
                    () -> Explore.of(studio)
                            .forecast(customers, ForecastSpec.ofRows(), ExploreOptions.DEFAULT.keepingModel("next")))) {
                assertEquals(
                        ErrorCode.INVALID_ARGUMENT,
                        assertThrows(StudioException.class, none).code());
            }
        }
    }

    /** Entries of before did not say what was found. */
    @Test
    void oneOfBeforeIsStillRead() throws IOException {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = explored(studio, customers(studio), SPECS.get(0), keeping("groups"));
            EntryKey key = new EntryKey(studio.caller().tenant(), "trained-model", model.id());
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode entry = (ObjectNode)
                    mapper.readTree(studio.metadata().find(key).orElseThrow().body());
            assertEquals(
                    3, ((ObjectNode) entry.required("source")).remove("found").size());
            studio.metadata()
                    .apply(EntryChange.put(
                            key,
                            entry.toString(),
                            Map.of("user_id", studio.caller().user())));

            TrainedModel before = Models.of(studio).get(model.id());

            assertEquals(List.of(), ((ModelSource.Explored) before.source()).found());
            assertFalse(ModelCard.of(before).contains("What was found"));
            assertEquals(
                    Models.of(studio).predict(model.id(), row(3.0, 40, "basic")),
                    Models.of(studio).predict(before.id(), row(3.0, 40, "basic")));
        }
    }

    @Test
    void nothingIsKeptWithoutANameOrAfterACancel() {
        try (Studio studio = Studio.inMemory()) {
            Dataset customers = customers(studio);
            Anomalies found = Explore.of(studio).anomalies(customers, AnomalySpec.DEFAULT);
            Cancellation cancelled = Cancellation.create();
            cancelled.cancel();
            ExploreOptions options = keeping("groups").stoppedBy(cancelled);

            assertTrue(found.model().isEmpty());
            assertThrows(StudioException.class, () -> explored(studio, customers, SPECS.get(0), options));
            assertTrue(studio.datasets().find("groups rows").isEmpty());
            assertThrows(
                    StudioException.class,
                    () -> explored(studio, customers, SPECS.get(0), keeping("x").keepingAs("customers")));
            assertEquals(1, studio.datasets().find("customers").orElseThrow().version());
            assertEquals(List.of(), Models.of(studio).list());
            TrainedModel own = explored(studio, customers, SPECS.get(0), keeping("groups"));
            Models others = Models.of(studio).as(new Caller("rivals", "eve"));
            assertThrows(StudioException.class, () -> others.predict(own.id(), row(1.0, 1, "gold")));
        }
    }
}
