package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows A6, A27. */
class ExploreCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private String orders = "";

    @BeforeEach
    void bringData() throws IOException {
        cli = new Cli(folder.resolve("workspace"));
        StringBuilder csv = new StringBuilder("day,amount,units\n");
        LocalDate first = LocalDate.of(2024, 1, 1);
        IntStream.range(0, 90)
                .forEach(i -> csv.append(first.plusDays(i))
                        .append(',')
                        .append((i % 3 == 0 ? 500 : 50) + i * 7 % 10)
                        .append(',')
                        .append(i % 3 == 0 ? 9 : 2 + i % 2)
                        .append('\n'));
        Path file = folder.resolve("orders.csv");
        Files.writeString(file, csv);
        orders = file.toString();
    }

    @Test
    void groupsAreToldDrawnAndKeptForNewRows() {
        Path charts = folder.resolve("charts");

        Cli.Run run = cli.run(
                "explore",
                orders,
                "groups",
                "--columns",
                "amount,units",
                "--count",
                "2",
                "--keep-model",
                "kinds",
                "--keep-data",
                "grouped",
                "--out",
                charts.toString(),
                "--svg");
        Cli.Run predicted = cli.run("trained", "predict", "kinds", orders, "--name", "told", "--json");
        Cli.Run drift = cli.run("trained", "drift", "kinds", orders);
        Cli.Run card = cli.run("trained", "show", "kinds");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("Found 2 groups among 90 rows of 'orders.csv'"), run.out());
        assertTrue(run.out().contains("Group 1: 60 rows (66.7%): mean 'amount' 54.5"), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("units +\\| 2.5 +\\| 9 *")), run.out());
        assertTrue(run.out().contains("Data set: grouped, version 1, 90 rows"), run.out());
        assertTrue(run.out().contains("Model for new rows: kinds, version 1"), run.out());
        for (String name : List.of("groups.png", "groups.svg", "groups_profile.png", "groups_profile.plotly.json")) {
            assertTrue(Files.exists(charts.resolve(name)), name);
        }
        assertEquals(90, predicted.json().path("rows").asInt(), predicted.err());
        assertTrue(drift.out().startsWith("The rows look like those"), drift.out() + drift.err());
        assertTrue(card.out().contains("## What was found"), card.out());
    }

    @Test
    void eachKindIsToldAsJson() {
        JsonNode odd = cli.run("explore", orders, "unusual", "--percent", "10", "--shown", "3", "--json")
                .json();
        JsonNode ways = cli.run("explore", orders, "components", "--count", "1", "--json")
                .json();
        JsonNode next = cli.run(
                        "explore",
                        orders,
                        "forecast",
                        "--value",
                        "amount",
                        "--period",
                        "week",
                        "--horizon",
                        "3",
                        "--json")
                .json();
        Cli.Run kept = cli.run("explore", orders, "unusual");

        assertEquals(3, odd.at("/tables/0/rows").size(), odd::toString);
        assertEquals(1, ways.at("/tables/0/rows").size(), ways::toString);
        assertEquals(3, next.at("/tables/0/rows").size(), next::toString);
        assertEquals(0, next.path("charts").size(), next::toString);
        assertFalse(next.has("model") || next.has("data"), next::toString);
        String chart = kept.out()
                .lines()
                .filter(line -> line.startsWith("Chart: "))
                .findFirst()
                .orElseThrow();
        assertTrue(Files.exists(Path.of(chart.substring(7))), chart);
    }

    @Test
    void whatIsWrongIsSaid() {
        for (List<String> wrong : List.of(
                List.of("explore", orders, "magic"),
                List.of("explore", orders, "groups", "--count", "99"),
                List.of("explore", orders, "groups", "--horizon", "3"),
                List.of("explore", orders, "unusual", "--percent", "70"),
                List.of("explore", orders, "components", "--columns", "gone"),
                List.of("explore", orders, "forecast", "--period", "decade"),
                List.of("explore", orders, "forecast", "--keep-model", "next"),
                List.of("explore", orders, "groups", "--keep-data", "orders.csv"),
                List.of("explore", orders, "groups", "--out", orders))) {
            Cli.Run run = cli.run(wrong.toArray(String[]::new));

            assertEquals(1, run.exitCode(), wrong::toString);
            assertEquals("", run.out());
            assertTrue(run.err().startsWith("error: ") && !run.err().contains("Studio failed"), wrong + run.err());
        }
        assertEquals("[]", cli.run("trained", "--json").json().toString());
    }
}
