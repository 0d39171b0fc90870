package dev.datastudio.graph.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.NodeContext;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a host program says of its node types, and what their schemas refuse (G2). */
class NodeTypeTest {
    /** Conditions ask nothing of it. */
    private static final NodeContext NO_CONTEXT = (NodeContext) Proxy.newProxyInstance(
            NodeContext.class.getClassLoader(), new Class<?>[] {NodeContext.class}, (proxy, method, given) -> {
                throw new AssertionError(method);
            });

    @Test
    void checksAConfigurationByItsSchema() {
        assertEquals(List.of(), rule("{\"type\":\"integer\"}", 3));
        assertEquals(List.of(), rule("{\"type\":\"integer\"}", 3.0));
        assertEquals(List.of("/x is the number '3.5'. Give a whole number."), rule("{\"type\":\"integer\"}", 3.5));
        assertEquals(List.of("/x is the number '3'. Give text or null."), rule("{\"type\":[\"string\",\"null\"]}", 3));
        assertEquals(List.of("/x is 11. Give at most 10."), rule("{\"minimum\":1,\"maximum\":10}", 11));
        assertEquals(List.of("/x is 0. Give at least 1."), rule("{\"minimum\":1,\"maximum\":10}", 0));
        assertEquals(List.of("/x is 0. Give more than 0."), rule("{\"exclusiveMinimum\":0}", 0));
        assertEquals(List.of("/x is 1. Give less than 1."), rule("{\"exclusiveMaximum\":1}", 1));
        assertEquals(List.of("/x has 1 characters. Give at least 2."), rule("{\"minLength\":2}", "😀"));
        assertEquals(List.of("/x has 3 characters. Give at most 2."), rule("{\"maxLength\":2}", "abc"));
        assertEquals(List.of("/x has 1 elements. Give at least 2."), rule("{\"minItems\":2}", List.of(1)));
        assertEquals(List.of("/x has 2 elements. Give at most 1."), rule("{\"maxItems\":1}", List.of(1, 2)));
        assertEquals(
                List.of("/x has an element twice. Give each element once."),
                rule("{\"uniqueItems\":true}", List.of(1, 1)));
        assertEquals(
                List.of("/x/1 is the text 'a'. Give a number."),
                rule("{\"items\":{\"type\":\"number\"}}", List.of(1, "a")));
        assertEquals(
                List.of("/x is the text 'gren'. Use one of [red, green]; 'green' is the nearest."),
                rule("{\"enum\":[\"red\",\"green\"]}", "gren"));
        assertEquals(List.of("/x is the number '2'. Use 1."), rule("{\"const\":1}", 2));
        assertEquals(List.of(), rule("{\"const\":1}", 1.0));
        assertEquals(List.of(), rule("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", null));
        assertEquals(
                List.of("/x is true. Give text."),
                rule("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", true));
        assertEquals(
                List.of("/x has no 'a'. Give 'a'.", "/x/b~1c is not known. Use one of [a]."),
                rule(
                        "{\"required\":[\"a\"],\"properties\":{\"a\":{}},\"additionalProperties\":false}",
                        Map.of("b/c", 1)));
        assertEquals(
                List.of("/x/k is the number '1'. Give text."),
                rule("{\"additionalProperties\":{\"type\":\"string\"}}", Map.of("k", 1)));
    }

    private static List<String> rule(String schema, @Nullable Object value) {
        NodeType type = NodeType.define("test.rule", 1)
                .config("{\"type\":\"object\",\"properties\":{\"x\":" + schema + "}}")
                .work(config -> (inputs, context) -> Values.none())
                .build();
        return type.problems(Values.of(Collections.singletonMap("x", value))).stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void refusesASchemaWithAWordItWouldNotHeed() {
        for (String schema : List.of(
                "{\"pattern\":\"a*\"}",
                "{\"properties\":{\"a\":{\"typ\":\"string\"}}}",
                "{\"type\":\"text\"}",
                "{\"required\":\"a\"}",
                "{\"minimum\":\"1\"}",
                "{\"items\":[]}",
                "[]")) {
            NodeType.Builder builder =
                    NodeType.define("test.schema", 1).config(schema).work(config -> (inputs, context) -> Values.none());
            assertThrows(IllegalArgumentException.class, builder::build, schema);
        }
    }

    @Test
    void refusesATypeThatIsNotWhole() {
        assertThrows(IllegalArgumentException.class, () -> NodeType.define("Upper", 1));
        assertThrows(IllegalArgumentException.class, () -> NodeType.define("upper", 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeType.define("upper", 1).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeType.define("upper", 2).migrate(2, config -> config));
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeType.define("upper", 1)
                        .inputs(Port.required("a", PortType.TEXT), Port.optional("a", PortType.TEXT)));
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeType.define("upper", 1).outputs(Port.many("a", PortType.TEXT)));
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeTypes.standard().with(NodeTypes.standard().all().get(0)));
        assertThrows(IllegalArgumentException.class, () -> Port.required("a b", PortType.TEXT));
    }

    @Test
    void listsTheStandardTypesWithTitleDescriptionAndSchema() {
        List<NodeType> types = NodeTypes.standard().all();

        assertEquals(
                List.of("text.input", "template", "condition", "map", "sub-graph", "text.output"),
                types.stream().map(NodeType::id).toList());
        assertTrue(types.stream()
                .noneMatch(type -> type.title().isEmpty()
                        || type.description().isEmpty()
                        || type.configSchema().isEmpty()));
    }

    @Test
    void tellsThePortsOfANodeAsItIsConfigured() {
        GraphCompiler compiler = GraphCompiler.of(NodeTypes.standard());

        assertEquals(
                List.of(Port.required("a", PortType.ANY), Port.required("b", PortType.ANY)),
                compiler.inputs(Graphs.template("t", "{{a}} {{ b }} {{a}} \\{{c}}")));
        assertEquals(
                List.of(Port.required("value", PortType.listOf(PortType.TEXT))),
                compiler.outputs(
                        SavedNode.of("i", "text.input", 1).withConfig(Map.of("name", "x", "format", "lines"))));
        assertEquals(List.of(), compiler.inputs(SavedNode.of("i", "no.such", 1)));
        assertEquals(List.of(Port.required("name", PortType.TEXT)), compiler.inputs(Graphs.greeting()));
        assertEquals(List.of(Port.optional("greeting", PortType.ANY)), compiler.outputs(Graphs.greeting()));
    }

    @Test
    void connectsPortsByTheirTypes() {
        PortType texts = PortType.listOf(PortType.TEXT);
        PortType numbers = PortType.listOf(PortType.NUMBER);

        assertTrue(PortType.ANY.connectsTo(texts));
        assertTrue(texts.connectsTo(PortType.ANY));
        assertTrue(PortType.NUMBER.connectsTo(PortType.TEXT));
        assertTrue(numbers.connectsTo(texts));
        assertFalse(texts.connectsTo(numbers));
        assertFalse(PortType.TEXT.connectsTo(PortType.NUMBER));
        assertFalse(texts.connectsTo(PortType.TEXT));
        assertEquals(List.of("1", "true"), texts.arrived(Arrays.asList(1L, true)));
        assertFalse(texts.takes(Collections.singletonList(null)));
        assertThrows(IllegalArgumentException.class, () -> PortType.NUMBER.arrived("1"));
        assertEquals("list<text>", texts.toString());
        assertEquals("a list of text", texts.described());
    }

    @Test
    void comparesByEachOperator() {
        assertTrue(holds("equals", "1.0", 1));
        assertTrue(holds("equals", "a", "a"));
        assertTrue(holds("notEquals", "a", "A"));
        assertTrue(holds("contains", List.of("a", "2"), 2));
        assertTrue(holds("contains", "haystack", "stack"));
        assertTrue(holds("startsWith", "haystack", "hay"));
        assertTrue(holds("endsWith", "haystack", "stack"));
        assertTrue(holds("greater", "10", "9"));
        assertFalse(holds("greater", "b", "c"));
        assertTrue(holds("less", 1, 2.5));
        assertTrue(holds("isEmpty", " ", "-"));
        assertTrue(holds("isEmpty", List.of(), "-"));
        assertFalse(holds("isEmpty", 0, "-"));
        assertThrows(StudioException.class, () -> holds("less", List.of(), 1));
    }

    private static boolean holds(String operator, Object value, Object right) {
        NodeType type = NodeTypes.standard().find("condition").orElseThrow();
        Values config = Values.of(Map.of("operator", operator, "right", right));
        assertEquals(List.of(), type.problems(config));
        try {
            return type.work(config).run(Values.of("value", value), NO_CONTEXT).has("true");
        } catch (StudioException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsValuesByNameAndKind() {
        Values values = Values.of(Map.of("t", "a", "n", 1, "b", true, "l", List.of(1), "o", Map.of("k", "v")));

        assertEquals("a", values.text("t"));
        assertEquals(1, values.number("n"));
        assertTrue(values.isTrue("b"));
        assertEquals(List.of(1L), values.list("l"));
        assertEquals("v", values.object("o").text("k"));
        assertEquals("x", values.text("none", "x"));
        assertEquals(
                "Value 'n' is the number '1'",
                assertThrows(StudioException.class, () -> values.text("n")).what());
        assertThrows(IllegalArgumentException.class, () -> Values.of("x", new Object()));
        assertThrows(IllegalArgumentException.class, () -> Values.of("x", Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Values.of("x", deep(101)));
        assertEquals(100, deepest(Values.of("x", deep(99))));
    }

    private static Object deep(int levels) {
        Object value = "end";
        for (int i = 0; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static int deepest(Values values) {
        return values.toJson().split("[\\[{]", -1).length - 1;
    }
}
