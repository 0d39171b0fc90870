package dev.datastudio.graph.draw;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What the drawings hold, and that no name can break them (G1). Set {@code studio.drawings} to a folder to see them. */
class GraphDrawingTest {
    private static final NodeFunction NOTHING = (view, context) -> Update.none();
    private static final String HOSTILE =
            "a\"] --> b{{x}} <img src=x onerror=alert(1)> &amp; #quot; `**b**` \u202e\n%%{init}%%";

    record Nothing() {}

    @Test
    void drawsAGraphAsMermaid() {
        assertEquals("""
                flowchart TD
                    n0(["START"])
                    n1["plan"]
                    n2["query"]
                    n3["chart"]
                    n4["check"]
                    n5(["END"])
                    n0 --> n1
                    n1 ==>|"for each"| n2
                    n2 --> n4
                    n1 --> n3
                    n3 --> n4
                    n4 -.->|"then"| n5
                    n4 -.->|"otherwise"| n1
                """, GraphDrawing.mermaid(report()));
    }

    @Test
    void drawsASavedGraphAsMermaid() {
        assertEquals("""
                flowchart LR
                    n0["Score<br/>text.input"]
                    n1["check<br/>condition"]
                    n2["good<br/>template"]
                    n3["poor<br/>template"]
                    n4[["gone<br/>missing"]]
                    n0 --> n1
                    n1 -.->|"true"| n2
                    n1 -.->|"false"| n3
                    n3 --> n4
                """, GraphDrawing.mermaid(judging().plus(SavedEdge.between("poor", "text", "gone", "value"))));
    }

    @Test
    void letsNoNameBreakOutOfMermaid() {
        SavedGraph graph = SavedGraph.named("x")
                .plus(SavedNode.of("a", "t", 1).withTitle(HOSTILE))
                .plus(SavedNode.of("b", "t", 1).withTitle("1. first"))
                .plus(SavedNode.of("c", "t", 1).withTitle("- second"));

        assertEquals("""
                flowchart LR
                    n0["a#34;#93; --#62; b#123;#123;x#125;#125; #60;img src=x onerror=alert(1)#62; #38;amp#59; \
                #35;quot#59; #96;#42;#42;b#42;#42;#96;   #37;#37;#123;init#125;#37;#37;<br/>t"]
                    n1["1#46; first<br/>t"]
                    n2["#45; second<br/>t"]
                """, GraphDrawing.mermaid(graph));
    }

    @Test
    void writesWellFormedSvgOfAnyName() throws Exception {
        SavedGraph graph = SavedGraph.named(HOSTILE)
                .plus(SavedNode.of("a", HOSTILE, 1).withTitle(HOSTILE + "\ud800\ufffe"))
                .plus(SavedNode.of("b", "t", 1))
                .plus(SavedEdge.between("a", "x<y", "b", "v"))
                .plus(SavedEdge.between("a", "\"&'", "b", "v"));

        String svg = GraphDrawing.svg(graph);
        Document document = parsed(svg);

        assertFalse(svg.contains("<img"), svg);
        assertEquals(0, document.getElementsByTagName("script").getLength());
        assertTrue(
                document.getElementsByTagName("title").item(0).getTextContent().startsWith("a\"] --> b{{x}} <img"));
        assertEquals(List.of("x<y", "\"&'"), texts(document, "label"));
    }

    @Test
    void drawsEachNodeOfAGraphOnceWithoutOverlap() throws Exception {
        Document document = parsed(drawn("report", GraphDrawing.svg(report())));

        assertEquals(List.of("plan", "query", "chart", "check"), texts(document, "title"));
        assertEquals(List.of("START", "END"), texts(document, "pilltext"));
        assertEquals(List.of("for each", "then", "otherwise"), texts(document, "label"));
        assertNoOverlap(document);
    }

    @Test
    void drawsSavedGraphsWhereTheEditorPutThem() throws Exception {
        Document document = parsed(drawn("judging", GraphDrawing.svg(judging())));

        List<Element> boxes = boxes(document);
        assertEquals(
                List.of("0", "240", "480", "480"),
                boxes.stream().map(box -> box.getAttribute("x")).toList());
        assertEquals(
                List.of("0", "0", "-80", "80"),
                boxes.stream().map(box -> box.getAttribute("y")).toList());
    }

    @Test
    void laysOutASavedGraphWhoseNodesWouldCoverEachOther() throws Exception {
        SavedGraph graph = SavedGraph.named("pile");
        for (SavedNode node : judging().nodes()) {
            graph = graph.plus(node.withPosition(0, 0));
        }
        for (SavedEdge edge : judging().edges()) {
            graph = graph.plus(edge);
        }

        assertNoOverlap(parsed(drawn("pile", GraphDrawing.svg(graph))));
    }

    @Test
    void keepsEveryBoxOfALargeGraphApart() throws Exception {
        GraphBuilder<Nothing, Nothing> builder =
                Graph.define("large", 1).input(Nothing.class).output(Nothing.class);
        for (int i = 0; i < 40; i++) {
            builder.node("node-" + i, NOTHING);
        }
        builder.edge(START, "node-0");
        for (int i = 1; i < 40; i++) {
            builder.edge("node-" + (i - 1) / 3, "node-" + i);
        }
        for (int i = 13; i < 40; i++) {
            builder.edge("node-" + i, END);
        }
        builder.when("node-39", Route.on(v -> true).then("node-2").otherwise(END));

        assertNoOverlap(parsed(drawn("large", GraphDrawing.svg(builder.build()))));
    }

    @Test
    void drawsLoopsInASavedGraphAndAnEmptyOne() throws Exception {
        SavedGraph loop = judging()
                .plus(SavedEdge.between("poor", "text", "check", "value"))
                .plus(SavedEdge.between("good", "text", "good", "score"));

        assertEquals(
                10,
                parsed(drawn("loop", GraphDrawing.svg(loop)))
                        .getElementsByTagName("path")
                        .getLength());
        assertEquals(
                0,
                parsed(GraphDrawing.svg(SavedGraph.named("")))
                        .getElementsByTagName("path")
                        .getLength());
    }

    @Test
    void drawsALongChainWithManyLongEdges() throws Exception {
        List<SavedNode> nodes = new ArrayList<>();
        SavedGraph graph = SavedGraph.named("long");
        for (int i = 0; i < 1_000; i++) {
            nodes.add(SavedNode.of("n" + i, "t", 1));
        }
        graph = graph.withNodes(nodes);
        for (int i = 1; i < 300; i++) {
            graph = graph.plus(SavedEdge.between("n" + (i - 1), "a", "n" + i, "b"))
                    .plus(SavedEdge.between("n0", "a", "n" + i, "b"));
        }

        parsed(GraphDrawing.svg(graph));
    }

    private static Graph<Nothing, Nothing> report() {
        return Graph.define("report", 1)
                .input(Nothing.class)
                .output(Nothing.class)
                .node("plan", NOTHING)
                .node("query", NOTHING)
                .node("chart", NOTHING)
                .node("check", NOTHING)
                .edge(START, "plan")
                .fanOut("plan", view -> List.of(1), "query")
                .edge("query", "check")
                .edge("plan", "chart")
                .edge("chart", "check")
                .when("check", Route.on(view -> true).then(END).otherwise("plan"))
                .build();
    }

    private static SavedGraph judging() {
        return SavedGraph.named("Judging")
                .plus(SavedNode.of("score", "text.input", 1).withTitle("Score"))
                .plus(SavedNode.of("check", "condition", 1).withPosition(240, 0))
                .plus(SavedNode.of("good", "template", 1)
                        .withConfig(Map.of("template", "good"))
                        .withPosition(480, -80))
                .plus(SavedNode.of("poor", "template", 1).withPosition(480, 80))
                .plus(SavedEdge.between("score", "value", "check", "value"))
                .plus(SavedEdge.between("check", "true", "good", "score"))
                .plus(SavedEdge.between("check", "false", "poor", "score"));
    }

    private static String drawn(String name, String svg) throws IOException {
        String folder = System.getProperty("studio.drawings");
        if (folder != null) {
            Files.writeString(Path.of(folder, name + ".svg"), svg);
        }
        return svg;
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document document, String style) {
        return elements(document, "text").stream()
                .filter(text -> text.getAttribute("class").equals(style))
                .map(Element::getTextContent)
                .toList();
    }

    private static List<Element> boxes(Document document) {
        return elements(document, "rect").stream()
                .filter(box -> !box.getAttribute("class").equals("bg"))
                .toList();
    }

    private static List<Element> elements(Document document, String name) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < document.getElementsByTagName(name).getLength(); i++) {
            elements.add((Element) document.getElementsByTagName(name).item(i));
        }
        return elements;
    }

    private static void assertNoOverlap(Document document) {
        List<Element> boxes = boxes(document);
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertFalse(overlap(boxes.get(i), boxes.get(j)), "boxes " + i + " and " + j + " overlap");
            }
        }
    }

    private static boolean overlap(Element a, Element b) {
        return number(a, "x") < number(b, "x") + number(b, "width")
                && number(b, "x") < number(a, "x") + number(a, "width")
                && number(a, "y") < number(b, "y") + number(b, "height")
                && number(b, "y") < number(a, "y") + number(a, "height");
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }
}
