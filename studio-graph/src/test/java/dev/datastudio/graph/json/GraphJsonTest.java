package dev.datastudio.graph.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading loses nothing, and takes nothing that is too large, too deep or of the wrong kind (G4). */
class GraphJsonTest {
    private static final String GREETING = """
            {"schemaVersion": 1, "name": "Greeting", "version": 2, "description": "Says hello.",
             "nodes": [{"id": "who", "type": "text.input", "typeVersion": 1, "position": {"x": 10, "y": -2.5},
                        "data": {"title": "Who", "config": {"name": "name"}}, "selected": true}],
             "edges": [{"id": "e1", "source": "who", "sourceHandle": null, "target": "gone", "targetHandle": "x"}],
             "viewport": {"zoom": 1.50}}
            """;

    @TempDir
    Path folder;

    @Test
    void readsTheKnownMembers() {
        SavedGraph graph = GraphJson.read(GREETING);

        assertEquals("Greeting", graph.name());
        assertEquals(2, graph.version());
        assertEquals("Says hello.", graph.description());
        assertEquals(Optional.empty(), graph.id());
        SavedNode node = graph.nodes().get(0);
        assertEquals(List.of("who", "text.input"), List.of(node.id(), node.type()));
        assertEquals(List.of(10.0, -2.5), List.of(node.x(), node.y()));
        assertEquals(Optional.of("Who"), node.title());
        assertEquals("name", node.config().text("name"));
        SavedEdge edge = graph.edges().get(0);
        assertEquals(List.of("who", "gone"), List.of(edge.source(), edge.target()));
        assertEquals(Optional.empty(), edge.sourceHandle());
        assertEquals(Optional.of("x"), edge.targetHandle());
    }

    @Test
    void writesWhatItReadWithUnknownMembersInTheirPlace() {
        String written = GraphJson.write(GraphJson.read(GREETING));

        assertEquals("""
                {
                  "schemaVersion": 1,
                  "name": "Greeting",
                  "version": 2,
                  "description": "Says hello.",
                  "nodes": [
                    {
                      "id": "who",
                      "type": "text.input",
                      "typeVersion": 1,
                      "position": { "x": 10, "y": -2.5 },
                      "data": { "title": "Who", "config": { "name": "name" } },
                      "selected": true
                    }
                  ],
                  "edges": [
                    { "id": "e1", "source": "who", "sourceHandle": null, "target": "gone", "targetHandle": "x" }
                  ],
                  "viewport": { "zoom": 1.50 }
                }
                """, written);
    }

    @Test
    void losesNothingOfRandomExtras() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, @Nullable Object> json = extras(random, 3);
            json.put("nodes", objects(random, Map.of("id", "a", "type", "t" + seed)));
            json.put("edges", objects(random, Map.of("source", "nowhere", "target", "a")));
            SavedGraph graph = SavedGraph.from(Values.of(json));

            SavedGraph again = GraphJson.read(GraphJson.write(graph));

            assertEquals(graph, again, "seed " + seed);
            assertEquals(graph.json().toJson(), again.json().toJson(), "seed " + seed);
        }
    }

    private static List<Object> objects(Random random, Map<String, Object> known) {
        List<Object> objects = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Map<String, @Nullable Object> object = extras(random, 2);
            object.putAll(known);
            objects.add(object);
        }
        return objects;
    }

    private static Map<String, @Nullable Object> extras(Random random, int depth) {
        Map<String, @Nullable Object> extras = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            extras.put("x" + text(random), value(random, depth));
        }
        return extras;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> new BigInteger(100, random).add(BigInteger.ONE.shiftLeft(70));
            case 4 ->
                new BigDecimal(new BigInteger(80, random), random.nextInt(40) - 20)
                        .setScale(3, java.math.RoundingMode.HALF_UP);
            case 5, 6 -> text(random);
            case 7 -> extras(random, depth - 1);
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        }
        return text.toString();
    }

    @Test
    void keepsALoneSurrogateThroughBytes() throws IOException {
        String json = "{\"nodes\":[],\"note\":\"a\\ud83db\"}";

        String written = GraphJson.write(GraphJson.read(json));
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);

        assertEquals(GraphJson.read(json), GraphJson.read(new ByteArrayInputStream(bytes)));
    }

    @Test
    void namesEveryMemberOfAWrongKind() {
        StudioException error = refused("""
                {"name": 5, "version": 0, "nodes": [7, {"id": 1, "position": {"x": "left"}, "data": []}],
                 "edges": {"a": 1}}
                """);

        assertEquals(ErrorCode.FILE_MALFORMED, error.code());
        assertEquals(
                "This is not the JSON of a graph: /name is the number '5', must be text; /version is the number '0', must"
                        + " be a whole number from 1; /edges is an object, must be a list; /nodes/0 is the number '7', must"
                        + " be an object; /nodes/1/id is the number '1', must be text; /nodes/1/position/x is the text"
                        + " 'left', must be a number; /nodes/1/data is a list of 0, must be an object",
                error.what());
    }

    @Test
    void wantsAListOfNodes() {
        assertEquals(
                "This is not the JSON of a graph: /nodes is null, must be a list",
                refused("{}").what());
        assertEquals("The graph is a list of 0, no graph", refused("[]").what());
        assertEquals(ErrorCode.FILE_EMPTY, refused(" ").code());
    }

    @Test
    void refusesANameTwiceInOneObject() {
        StudioException error = refused("{\"nodes\": [],\n \"nodes\": []}");

        assertEquals(ErrorCode.FILE_MALFORMED, error.code());
        assertTrue(error.what().startsWith("The graph is not JSON in line 2, column "), error.what());
        assertTrue(error.what().contains("Duplicate field 'nodes'"), error.what());
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String text : List.of(
                "{\"nodes\": [}",
                "{\"nodes\": []} x",
                "{'nodes': []}",
                "{\"nodes\": [], \"a\": NaN}",
                "{\"nodes\": [")) {
            assertEquals(ErrorCode.FILE_MALFORMED, refused(text).code(), text);
        }
    }

    @Test
    void refusesWhatIsTooDeep() {
        String deep = "{\"nodes\":[],\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        StudioException error = refused(deep);

        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
        assertTrue(error.mend().startsWith("Nest at most 100 levels"), error.mend());
    }

    @Test
    void refusesHugeTextsAndNumbers() {
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                refused("{\"nodes\":[],\"x\":\"" + "a".repeat(GraphJson.MAX_TEXT + 1) + "\"}")
                        .code());
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                refused("{\"nodes\":[],\"x\":" + "9".repeat(401) + "}").code());
        assertEquals(
                ErrorCode.FILE_MALFORMED,
                refused("{\"nodes\":[],\"x\":1e999999999}").code());
    }

    @Test
    void refusesTooManyNodesOrEdges() {
        String nodes = "{}" + ",{}".repeat(99_999);

        StudioException error = refused("{\"nodes\":[" + nodes + "]}");

        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
        assertEquals("The graph has 100000 nodes, more than 2000", error.what());
        assertEquals(
                "The graph has 100000 edges, more than 10000",
                refused("{\"nodes\":[],\"edges\":[" + nodes + "]}").what());
    }

    @Test
    void refusesTooManyBytesWithoutReadingOn() throws IOException {
        byte[] large = new byte[GraphJson.MAX_BYTES + 10];
        ByteArrayInputStream in = new ByteArrayInputStream(large);

        StudioException error = assertThrows(StudioException.class, () -> GraphJson.read(in));

        assertEquals("The graph is larger than 8388608 bytes", error.what());
        assertEquals(9, in.available());
    }

    @Test
    void namesTheFileThatIsNotThere() {
        Path missing = folder.resolve("gone.json");

        StudioException error = assertThrows(StudioException.class, () -> GraphJson.read(missing));

        assertEquals(ErrorCode.FILE_NOT_FOUND, error.code());
        assertEquals("File '" + missing + "' does not exist", error.what());
        assertEquals(
                ErrorCode.FILE_NOT_READABLE,
                assertThrows(StudioException.class, () -> GraphJson.read(folder))
                        .code());
    }

    @Test
    void readsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("greeting.json"), GREETING);

        assertEquals(GraphJson.read(GREETING), GraphJson.read(file));
    }

    @Test
    void buildsAGraphInJava() {
        SavedGraph graph = SavedGraph.named("Made")
                .plus(SavedNode.of("a", "text.input", 1)
                        .withConfig(Map.of("name", "x"))
                        .withTitle("In"))
                .plus(SavedNode.of("b", "text.output", 1).withPosition(200, 0))
                .plus(SavedEdge.between("a", "value", "b", "value"))
                .withHead("description", "by hand");

        assertEquals(graph, GraphJson.read(GraphJson.write(graph)));
        assertEquals(200, graph.node("b").orElseThrow().x());
        assertEquals(
                Optional.of("Out"),
                graph.with(graph.node("b").orElseThrow().withTitle("Out"))
                        .nodes()
                        .get(1)
                        .title());
        assertThrows(IllegalArgumentException.class, () -> graph.withHead("nodes", List.of()));
        assertThrows(StudioException.class, () -> graph.withHead("name", 3));
    }

    private static StudioException refused(String json) {
        return assertThrows(StudioException.class, () -> GraphJson.read(json));
    }
}
