package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows A3, A6, A25. */
class TrainCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private String items = "";

    @BeforeEach
    void bringData() throws IOException {
        cli = new Cli(folder.resolve("workspace"));
        StringBuilder csv = new StringBuilder("size,age,price\n");
        IntStream.range(0, 200)
                .forEach(i -> csv.append(i * 37 % 101)
                        .append(',')
                        .append(i * 13 % 17)
                        .append(',')
                        .append(3 * (i * 37 % 101) + i * 13 % 17)
                        .append('\n'));
        Path file = folder.resolve("items.csv");
        Files.writeString(file, csv);
        items = file.toString();
    }

    @Test
    void trainsListsShowsPredictsAndDeletes() {
        Cli.Run none = cli.run("trained");
        Cli.Run trained = cli.run(
                "train", items, "price", "--algorithm", "xg_boost", "--set", "rounds=30", "--name", "prices", "--json");
        Cli.Run list = cli.run("trained");
        Cli.Run shown = cli.run("trained", "show", "prices");
        Cli.Run predicted = cli.run("trained", "predict", "prices", items, "--name", "priced", "--json");
        Cli.Run deleted = cli.run("trained", "delete", "prices");
        Cli.Run after = cli.run("trained", "list", "--json");

        assertTrue(none.out().startsWith("There are no trained models yet"), none.out());
        assertEquals(0, trained.exitCode(), trained.err());
        JsonNode json = trained.json();
        assertEquals(30, json.at("/spec/algorithm/rounds").asInt());
        assertTrue(
                json.at("/metrics/0/value").asDouble()
                        > json.at("/metrics/0/baseline").asDouble() + 0.5,
                trained.out());
        assertTrue(list.out().contains("prices, version 1: price by xg_boost, r2 0."), list.out());
        assertTrue(shown.out().contains("price"), shown.out());
        assertEquals(200, predicted.json().path("rows").asInt(), predicted.err());
        assertEquals("Deleted prices, version 1.\n", deleted.out());
        assertEquals(0, after.json().size());
    }

    @Test
    void questionsComparesAndTakesAwayModels() throws IOException {
        Path later = folder.resolve("later.csv");
        StringBuilder csv = new StringBuilder("size,age\n");
        IntStream.range(0, 150)
                .forEach(i -> csv.append(500 + i).append(',').append(i % 17).append('\n'));
        Files.writeString(later, csv);
        Path onnx = folder.resolve("out/prices.onnx");
        Cli.Run trained = cli.run("train", items, "price", "--algorithm", "decision_tree", "--name", "prices");
        cli.run("train", items, "price", "--algorithm", "nearest_neighbours", "--features", "age", "--name", "ages");

        Cli.Run why = cli.run("trained", "explain", "prices", "size=90", "age=");
        Cli.Run whyJson = cli.run("trained", "explain", "prices", "size=90", "--json");
        Cli.Run drift = cli.run("trained", "drift", "prices", later.toString());
        Cli.Run beside = cli.run("trained", "compare", "prices", "ages");
        Cli.Run card = cli.run("trained", "card", "prices");
        Cli.Run written = cli.run("trained", "onnx", "prices", "--out", onnx.toString());
        Cli.Run again = cli.run("trained", "onnx", "prices", "--out", onnx.toString());
        Cli.Run refused = cli.run("trained", "onnx", "ages", "--out", onnx.toString(), "--replace");

        assertTrue(trained.out().contains("| missing numbers | median | "), trained.out());
        assertTrue(why.out().startsWith("price: "), why.out() + why.err());
        assertTrue(why.out().contains("not known") && why.out().contains("++++++++++++++++++++"), why.out());
        JsonNode json = whyJson.json();
        assertEquals("size", json.at("/contributions/0/column").asText());
        assertEquals(
                json.path("value").asDouble(),
                json.path("base").asDouble()
                        + json.at("/contributions/0/amount").asDouble()
                        + json.at("/contributions/1/amount").asDouble(),
                1e-9);
        assertTrue(
                drift.out().lines().anyMatch(line -> line.matches("size .* different .*100.0% outside.*")),
                drift.out());
        assertTrue(beside.out().contains("prices") && beside.out().contains("95 in 100 between"), beside.out());
        assertTrue(beside.out().indexOf("prices") < beside.out().indexOf("ages"), beside.out());
        assertTrue(beside.out().lines().anyMatch(line -> line.matches("metric .*\\| +baseline")), beside.out());
        assertTrue(beside.out().lines().anyMatch(line -> line.matches("R² .*\\| +-?0\\.\\d+")), beside.out());
        assertTrue(card.out().startsWith("# prices, version 1"), card.out());
        assertTrue(card.out().contains("\\{"), card.out());
        assertTrue(trained.out().contains("decision tree {maxDepth="), trained.out());
        assertEquals(0, written.exitCode(), written.err());
        assertTrue(new String(Files.readAllBytes(onnx), StandardCharsets.ISO_8859_1).contains("TreeEnsembleRegressor"));
        assertTrue(again.err().contains("--replace"), again.err());
        assertTrue(refused.err().contains("not exportable"), refused.err());
    }

    @Test
    void learnsWithoutATargetAndMakesRows() {
        Cli.Run maker = cli.run(
                "train", items, "--algorithm", "generative_network", "--set", "epochs=1", "--name", "maker", "--json");
        Cli.Run usual = cli.run("train", items, "--algorithm", "autoencoder", "--set", "epochs=1", "--name", "usual");
        Cli.Run made = cli.run("trained", "generate", "maker", "--rows", "30", "--name", "made", "--json");
        Cli.Run told = cli.run("trained", "generate", "maker", "--rows", "3", "--seed", "7");

        assertEquals("generation", maker.json().at("/spec/task").asText(), maker.err());
        assertTrue(usual.out().contains("usual"), usual.err());
        assertEquals(30, made.json().path("rows").asInt(), made.err());
        assertTrue(
                told.out()
                        .startsWith(
                                "rows made by maker, version 1: 3 rows that the model made, none of them real, as the"),
                told.out() + told.err());
        for (List<String> wrong : List.of(
                List.of("train", items),
                List.of("train", items, "--algorithm", "xg_boost"),
                List.of("train", items, "price", "--algorithm", "autoencoder"),
                List.of("train", items, "--best", "2s"),
                List.of("trained", "generate", "maker", "--rows", "0"),
                List.of("trained", "generate", "maker", "--rows", "10000000"),
                List.of("trained", "generate", "usual"))) {
            Cli.Run run = cli.run(wrong.toArray(String[]::new));

            assertEquals(1, run.exitCode(), wrong::toString);
            assertTrue(run.err().startsWith("error: ") && !run.err().contains("Studio failed"), wrong + run.err());
        }
    }

    @Test
    void looksForTheBest() {
        Cli.Run run = cli.run("train", items, "price", "--best", "2s", "--json");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.json().path("tries").size() > 1, run.out());
    }

    @Test
    void whatIsWrongIsSaid() {
        for (List<String> wrong : List.of(
                List.of("train", items, "prise"),
                List.of("train", items, "price", "--algorithm", "magic"),
                List.of("train", items, "price", "--set", "trees=many"),
                List.of("train", items, "price", "--prepare", "texts=aloud"),
                List.of("train", items, "price", "--best", "soon"),
                List.of("train", items, "price", "--best", "1m", "--algorithm", "xg_boost"),
                List.of("trained", "show"),
                List.of("trained", "show", "nothing"),
                List.of("trained", "compare", "one"),
                List.of("trained", "explain", "nothing", "size=1"),
                List.of("trained", "onnx"),
                List.of("trained", "frame"))) {
            Cli.Run run = cli.run(wrong.toArray(String[]::new));

            assertEquals(1, run.exitCode(), wrong::toString);
            assertTrue(run.err().startsWith("error: ") && !run.err().contains("Studio failed"), wrong + run.err());
        }
        assertEquals(Duration.ofSeconds(90), TrainCommand.duration("90s"));
        assertEquals(Duration.ofMinutes(2), TrainCommand.duration("2m"));
        assertThrows(StudioException.class, () -> TrainCommand.duration("0s"));
    }
}
