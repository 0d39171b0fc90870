package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Groups, components, unusual rows and forecasts over HTTP (A27). */
class ExplorationsTest {
    private final AppServer server = AppServer.shared();
    private final Person owner = server.newPerson();
    private String explorations = "";

    @BeforeEach
    void bringData() {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder csv = new StringBuilder("day,amount,units\n");
        LocalDate first = LocalDate.of(2024, 1, 1);
        IntStream.range(0, 120)
                .forEach(i -> csv.append(first.plusDays(i))
                        .append(',')
                        .append((i % 2 == 0 ? 500 : 50) + random.nextInt(10))
                        .append(',')
                        .append(i % 2 == 0 ? 9 : 2 + i % 3)
                        .append('\n'));
        explorations = "/api/v1/datasets/" + Belongings.dataset(owner, "orders.csv", csv.toString()) + "/explorations";
    }

    private JsonNode explored(String order) {
        String job = Belongings.id(owner.post(explorations, order));
        owner.get("/api/v1/jobs/" + job + "/events").is(200);
        return owner.get("/api/v1/jobs/" + job + "/exploration").is(200).json();
    }

    @Test
    void eachKindIsFoundAndDrawn() {
        for (List<String> each : List.of(
                List.of(
                        "{'kind':'groups','columns':['amount','units'],'count':2,'keepAs':'orders in groups','keepModelAs':'kinds'}",
                        "Found 2 groups among 120 rows",
                        "2"),
                List.of(
                        "{'kind':'components','columns':['amount','units'],'keepModelAs':'ways'}",
                        "of the variance of 120 rows",
                        "1"),
                List.of("{'kind':'unusual','share':0.05,'keepModelAs':'odd'}", "Judged 120 rows", "1"),
                List.of("{'kind':'forecast','value':'amount','period':'week','horizon':4}", "Forecast of the ", "1"))) {
            JsonNode found = explored(each.get(0)).path("found");

            assertTrue(found.path("sentences").path(0).asString().contains(each.get(1)), found::toString);
            assertEquals(Integer.parseInt(each.get(2)), found.path("charts").size(), found::toString);
            assertTrue(found.path("charts").path(0).path("figure").path("data").isArray(), found::toString);
            assertFalse(found.path("charts").path(0).path("rows").isEmpty(), found::toString);
            assertFalse(found.path("tables").path(0).path("rows").isEmpty(), found::toString);
            assertEquals(
                    each.get(0).contains("keepModelAs"), found.path("modelId").isString(), found::toString);
            if (found.path("modelId").isString()) {
                JsonNode card = owner.get("/api/v1/trained-models/"
                                + found.path("modelId").asString())
                        .is(200)
                        .json();
                assertEquals("explored", card.path("model").path("source").asString());
                assertFalse(card.path("found").isEmpty(), card::toString);
                server.newPerson()
                        .get("/api/v1/trained-models/" + found.path("modelId").asString())
                        .is(404);
            }
            if (each.get(0).contains("keepAs")) {
                String kept = found.path("datasetId").asString();
                assertEquals(
                        120,
                        owner.get("/api/v1/datasets/" + kept)
                                .is(200)
                                .json()
                                .path("rows")
                                .asInt());
            }
        }
    }

    @Test
    void whatIsWrongIsAProblemToMend() {
        for (String[] wrong : new String[][] {
            {"{}", "INVALID_ARGUMENT"},
            {"{'kind':'magic'}", "INVALID_ARGUMENT"},
            {"{'kind':'groups','count':99}", "INVALID_ARGUMENT"},
            {"{'kind':'groups','columns':['size']}", "UNKNOWN_COLUMN"},
            {"{'kind':'unusual','share':0.9}", "INVALID_ARGUMENT"},
            {"{'kind':'groups','keepAs':'orders.csv'}", "INVALID_ARGUMENT"},
            {"{'kind':'groups','keepModelAs':'" + "x".repeat(201) + "'}", "INVALID_ARGUMENT"},
            {"{'kind':'forecast','value':'amount','keepModelAs':'next'}", "INVALID_ARGUMENT"},
            {"{'kind':'forecast','value':'amount','period':'decade'}", "INVALID_ARGUMENT"}
        }) {
            JsonNode problem = owner.post(explorations, wrong[0]).is(400).json();

            assertEquals(wrong[1], problem.path("code").asString(), () -> wrong[0] + problem);
        }
    }
}
