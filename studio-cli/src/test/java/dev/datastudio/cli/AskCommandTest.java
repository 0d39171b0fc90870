package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on real files (D5, D7, D8, D12). */
class AskCommandTest {
    private static final String TWO_INTENTS = "Show distribution of Sales and plot monthly trend for Profit";

    @TempDir
    Path folder;

    private Cli cli() {
        return new Cli(folder.resolve("workspace"));
    }

    @Test
    void answersTwoIntentsWithPicturesSqlAndManifest() throws IOException {
        String file = OutsideData.require("data/superstore.csv").toString();
        Path out = folder.resolve("out");

        Cli.Run run = cli().run("ask", file, TWO_INTENTS, "--json", "--out", out.toString());

        assertEquals(0, run.exitCode(), run.err() + run.out());
        JsonNode answer = run.json();
        assertEquals("answered", answer.path("status").asText());
        assertEquals("built-in", answer.path("planner").asText());
        assertFalse(answer.path("cached").asBoolean());
        assertEquals(List.of("distribution", "trend"), texts(answer.path("steps"), "op"));
        assertTrue(
                answer.path("reading").asText().contains("Order Date"),
                answer.path("reading").asText());
        assertTrue(answer.path("steps").get(0).path("sql").asText().contains("SELECT"));
        assertTrue(ImageIO.read(out.resolve("dist_plots/sales.png").toFile()).getWidth() > 600);
        assertTrue(ImageIO.read(out.resolve("trend_plots/profit.png").toFile()).getWidth() > 600);
        assertTrue(Files.readString(out.resolve("results.json")).contains("sales_distribution"));
    }

    @Test
    void repeatsFromTheCacheInAnotherProcessLife() {
        String file = OutsideData.require("data/superstore.csv").toString();
        JsonNode first = cli().run("ask", file, TWO_INTENTS, "--json").json();

        JsonNode second = cli().run(
                        "ask", file, "  show Distribution of Sales and plot monthly trend for Profit? ", "--json")
                .json();

        assertTrue(second.path("cached").asBoolean());
        assertEquals(first.path("steps").toString(), second.path("steps").toString());
    }

    @Test
    void answersOverTwoFilesThatAreJoined() throws IOException {
        Path shops = Files.writeString(folder.resolve("shops.csv"), """
                shop_id,district
                1,Harbour
                2,Hill
                3,Hill
                4,Meadow
                """);
        Path receipts = Files.writeString(folder.resolve("receipts.csv"), """
                receipt_id,shop_id,price
                11,1,10.50
                12,1,4.50
                13,2,20
                14,3,2
                15,3,3
                16,4,7
                """);

        Cli.Run run = cli().run("ask", receipts.toString(), shops.toString(), "total price by district", "--json");

        assertEquals(0, run.exitCode(), run.err() + run.out());
        JsonNode step = run.json().path("steps").get(0);
        assertTrue(step.path("sql").asText().contains("JOIN"), step.path("sql").asText());
        Map<String, Double> totals = new TreeMap<>();
        step.path("rows")
                .forEach(row -> totals.put(row.get(0).asText(), row.get(1).asDouble()));
        assertEquals(Map.of("Harbour", 15.0, "Hill", 25.0, "Meadow", 7.0), totals);
        assertTrue(run.json().path("reading").asText().contains("joined"), run.out());
    }

    @Test
    void asksBackWhenTwoFilesCanBeJoinedInTwoWays() throws IOException {
        Path ports = Files.writeString(folder.resolve("ports.csv"), """
                port_id,coast
                1,East
                2,East
                3,West
                4,West
                """);
        Path voyages = Files.writeString(folder.resolve("voyages.csv"), """
                voyage_id,origin_port_id,target_port_id,freight
                11,1,3,10
                12,2,4,20
                13,3,1,30
                14,4,2,50
                15,1,2,60
                """);

        Cli.Run run = cli().run("ask", voyages.toString(), ports.toString(), "average freight by coast", "--json");

        assertEquals(2, run.exitCode(), run.out());
        assertEquals("ambiguous", run.json().path("status").asText(), run.out());
    }

    @Test
    void givesTheFilesOfAKeptAnswerToo() throws IOException {
        String file = OutsideData.require("data/superstore.csv").toString();
        cli().run("ask", file, TWO_INTENTS, "--json");
        Path out = folder.resolve("out");

        JsonNode second = cli().run("ask", file, TWO_INTENTS, "--json", "--out", out.toString())
                .json();

        assertTrue(second.path("cached").asBoolean());
        assertEquals(out.resolve("dist_plots/sales.png"), picture(second));
        assertTrue(Files.size(out.resolve("trend_plots/profit.png")) > 1000);
        assertTrue(Files.exists(out.resolve("results.json")));
    }

    @Test
    void drawsAgainWhatSomebodyDeleted() throws IOException {
        String file = OutsideData.require("data/titanic.csv").toString();
        JsonNode first = cli().run("ask", file, "average age by sex", "--json").json();
        Path picture = picture(first);
        Files.delete(picture);

        JsonNode second = cli().run("ask", file, "average age by sex", "--json").json();

        assertTrue(Files.exists(picture(second)));
    }

    @Test
    void choosesTheChartThatAPersonWouldChoose() {
        assertAnswer("data/titanic.csv", "average Age by Sex", "aggregate", "bar");
        assertAnswer("data/cars.csv", "top 5 Origin by mean Horsepower", "aggregate", "bar");
        assertAnswer("data/penguins.csv", "how many rows per species", "aggregate", "bar");
        assertAnswer("data/seattle_weather.csv", "trend of temp_max by month", "trend", "line");
    }

    private void assertAnswer(String path, String question, String op, String chart) {
        JsonNode answer = cli().run("ask", OutsideData.require(path).toString(), question, "--json")
                .json();
        assertEquals("answered", answer.path("status").asText(), answer.toString());
        JsonNode step = answer.path("steps").get(0);
        assertEquals(op, step.path("op").asText());
        assertEquals(chart, step.path("chart").asText());
        assertTrue(Files.exists(picture(answer)));
    }

    @Test
    void saysWhichCommandTrainsAndWhichExplores() throws IOException {
        Path file = Files.writeString(folder.resolve("visits.csv"), "city,visits\nGraz,1\nLinz,2\nWels,3\n");

        String training = cli().run("ask", file.toString(), "train a model that predicts visits")
                .out();
        String forecast = cli().run("ask", file.toString(), "forecast visits").out();

        assertTrue(training.contains("./studio train FILE COLUMN"), training);
        assertTrue(forecast.contains("./studio explore FILE"), forecast);
    }

    @Test
    void refusesWhatTheDataCannotSay() {
        String file = OutsideData.require("data/superstore.csv").toString();

        Cli.Run run = cli().run("ask", file, "How happy are the customers?", "--json");

        assertEquals(2, run.exitCode());
        JsonNode answer = run.json();
        assertTrue(List.of("not_understood", "cannot_answer")
                .contains(answer.path("status").asText()));
        assertTrue(strings(answer.path("unknownWords")).contains("happy"), answer.toString());
        List<String> suggestions = strings(answer.path("suggestions"));
        assertEquals(3, suggestions.size());
        for (String suggestion : suggestions) {
            Cli.Run asked = cli().run("ask", file, suggestion, "--json");
            assertEquals(0, asked.exitCode(), suggestion + ": " + asked.out());
        }
    }

    @Test
    void aChangedCellIsANewContent() throws IOException {
        Path file = folder.resolve("sales.csv");
        Files.writeString(file, "region,sales\nNorth,10\nSouth,20\n");
        assertEquals("15.0", mean(file));

        Files.writeString(file, "region,sales\nNorth,10\nSouth,30\n");

        assertEquals("20.0", mean(file));
        assertEquals("20.0", mean(file));
    }

    @Test
    void filesOfOneNameDoNotMix() throws IOException {
        Path one = Files.createDirectories(folder.resolve("a")).resolve("sales.csv");
        Path two = Files.createDirectories(folder.resolve("b")).resolve("sales.csv");
        Files.writeString(one, "region,sales\nNorth,10\nSouth,20\n");
        Files.writeString(two, "region,sales\nNorth,1\nSouth,2\n");

        assertEquals("15.0", mean(one));
        assertEquals("1.5", mean(two));
        assertEquals("15.0", mean(one));
    }

    @Test
    void cutsRowsButCountsThem() {
        String file = OutsideData.require("data/superstore.csv").toString();

        JsonNode cut = cli().run("ask", file, "total sales by city", "--json", "--rows", "5")
                .json();
        JsonNode whole = cli().run("ask", file, "total sales by city", "--json", "--rows", "0")
                .json();

        assertEquals(5, cut.path("steps").get(0).path("rows").size());
        int all = whole.path("steps").get(0).path("rows").size();
        assertTrue(all > 300, "cities: " + all);
        assertEquals(all, cut.path("steps").get(0).path("totalRows").asInt());
    }

    @Test
    void printsForPeople() {
        String file = OutsideData.require("data/penguins.csv").toString();

        Cli.Run run = cli().run("ask", file, "how many rows per species");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Adelie"), run.out());
        assertTrue(run.out().contains("152"), run.out());
        assertTrue(run.out().contains("picture: "), run.out());
        assertNotEquals("", run.out());
    }

    private String mean(Path file) {
        return cli().run("ask", file.toString(), "average sales", "--json")
                .json()
                .path("steps")
                .get(0)
                .path("value")
                .asText();
    }

    private static Path picture(JsonNode answer) {
        for (JsonNode artifact : answer.path("steps").get(0).path("artifacts")) {
            if (artifact.path("type").asText().equals("image")) {
                return Path.of(artifact.path("path").asText());
            }
        }
        throw new AssertionError("no picture in " + answer);
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.path(field).asText()));
        return texts;
    }

    private static List<String> strings(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
