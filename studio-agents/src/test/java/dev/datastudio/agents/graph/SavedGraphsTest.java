package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.GraphJson;
import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SavedGraphsTest {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller BEN = new Caller("acme", "ben");
    private static final Caller EVE = new Caller("other", "eve");

    private final Studio studio = Studio.inMemory();
    private final SavedGraphs graphs = SavedGraphs.of(studio).as(ANN);

    @AfterEach
    void close() {
        studio.close();
    }

    private static SavedGraph greeting(String text) {
        return SavedGraph.named("any").plus(SavedNode.of("greet", "template", 1).withConfig(Map.of("template", text)));
    }

    private static String text(SavedGraph graph) {
        return graph.node("greet").orElseThrow().config().text("template");
    }

    private static ErrorCode code(Executable work) {
        return assertThrows(StudioException.class, work).code();
    }

    @Test
    void keepsADraftForTheWholeOrganisationAndNobodyElse() {
        GraphDraft made = graphs.create("Greeting", greeting("Hi"));

        GraphDraft seen = SavedGraphs.of(studio).as(BEN).get(made.id());
        assertEquals("Greeting", seen.stored().name());
        assertEquals("Greeting", seen.graph().name());
        assertEquals("Hi", text(seen.graph()));
        assertEquals("ann", seen.stored().createdBy());
        assertEquals(1, seen.revision());
        SavedGraphs foreign = SavedGraphs.of(studio).as(EVE);
        assertEquals(List.of(), foreign.list(10, "").items());
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> foreign.get(made.id())));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> foreign.publish(made.id(), "")));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> foreign.duplicate(made.id())));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> foreign.versions(made.id())));
        assertFalse(foreign.delete(made.id()));
    }

    @Test
    void refusesToSaveOverWhatSomebodyElseSaved() {
        GraphDraft made = graphs.create("Greeting", greeting("Hi"));
        SavedGraphs.of(studio).as(BEN).save(made.id(), 1, "Greeting", "", greeting("Hello"));

        StudioException refused =
                assertThrows(StudioException.class, () -> graphs.save(made.id(), 1, "Greeting", "", greeting("Hey")));

        assertEquals(ErrorCode.ENTRY_CONFLICT, refused.code());
        assertTrue(refused.what().contains("'ben'"), refused.what());
        assertEquals("Hello", text(graphs.get(made.id()).graph()));
        assertEquals(2, graphs.get(made.id()).revision());
    }

    @Test
    void versionsNeverChangeAndCanBecomeTheDraftAgain() {
        GraphDraft made = graphs.create("Greeting", greeting("one"));
        GraphVersion first = graphs.publish(made.id(), "the first");
        graphs.save(made.id(), made.revision(), "Greeting", "", greeting("two"));
        GraphVersion second = graphs.publish(made.id(), "");

        assertEquals(
                List.of(2, 1),
                graphs.versions(made.id()).stream().map(GraphVersion::number).toList());
        assertEquals("the first", first.note());
        assertEquals("ann", second.createdBy());
        assertEquals("one", text(graphs.version(made.id(), 1).graph()));
        assertEquals(OptionalInt.of(2), graphs.get(made.id()).stored().publishedVersion());
        GraphDraft restored = graphs.restore(made.id(), 1);
        assertEquals("one", text(restored.graph()));
        assertEquals(3, restored.revision());
        assertEquals("two", text(graphs.version(made.id(), 2).graph()));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> graphs.version(made.id(), 3)));
    }

    @Test
    void publishingDoesNotGetInTheWayOfSomebodyWhoEdits() {
        GraphDraft made = graphs.create("Greeting", greeting("one"));

        graphs.publish(made.id(), "");

        assertEquals(
                2, graphs.save(made.id(), 1, "Greeting", "", greeting("two")).revision());
    }

    @Test
    void duplicatesAndDeletes() {
        GraphDraft made = graphs.create("Greeting", greeting("Hi"));
        graphs.publish(made.id(), "");

        GraphDraft copy = graphs.duplicate(made.id());

        assertNotEquals(made.id(), copy.id());
        assertEquals("Copy of Greeting", copy.stored().name());
        assertEquals(OptionalInt.empty(), copy.stored().publishedVersion());
        assertTrue(graphs.delete(made.id()));
        assertFalse(graphs.delete(made.id()));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> graphs.version(made.id(), 1)));
        assertEquals(1, graphs.list(10, "").items().size());
    }

    @Test
    void keepsAndExplainsWhatIsUnknownOrWrongInAnImportedGraph() {
        String hostile = """
                {"@class":"java.lang.ProcessBuilder","nodes":[
                  {"id":"a","type":"acme.unknown","data":{"config":{"@class":"javax.script.ScriptEngineManager",
                    "script":"Runtime.getRuntime().exec('touch /tmp/x')"}},"extra":[1,null]},
                  {"id":"b","type":"template","data":{"config":{"template":"{{x.getClass()}} ${7*7} #{7*7}"}}}],
                 "edges":[{"id":"e","source":"a","target":"nowhere","style":{"stroke":"red"}}]}
                """;

        GraphDraft imported = graphs.importGraph(hostile);

        assertEquals("Untitled graph", imported.stored().name());
        SavedGraph again = GraphJson.read(graphs.export(imported.id()));
        assertEquals(imported.graph(), again);
        SavedGraph given = GraphJson.read(hostile);
        assertEquals(given.nodes(), again.nodes());
        assertEquals(given.edges(), again.edges());
        assertEquals("java.lang.ProcessBuilder", again.json().text("@class"));
        List<GraphProblem.Kind> kinds =
                graphs.problems(again).stream().map(GraphProblem::kind).toList();
        assertTrue(kinds.contains(GraphProblem.Kind.NODE_TYPE_UNKNOWN), kinds::toString);
        assertTrue(kinds.contains(GraphProblem.Kind.EDGE_NODE_MISSING), kinds::toString);
        assertTrue(kinds.contains(GraphProblem.Kind.CONFIG_INVALID), kinds::toString);
    }

    @Test
    void refusesNamesThatAreNone() {
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> graphs.create(" ")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> graphs.create("a\u0007b")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> graphs.create("x".repeat(201))));
    }

    @Test
    void listsPageByPageTheLatestChangedFirst() {
        for (String name : List.of("a", "b", "c")) {
            graphs.create(name);
        }

        GraphPage<StoredGraph> first = graphs.list(2, "");
        GraphPage<StoredGraph> second = graphs.list(2, first.next());

        assertEquals(2, first.items().size());
        assertEquals(1, second.items().size());
        assertEquals("", second.next());
    }

    @Test
    void everyTemplateIsWithoutProblems() {
        for (GraphTemplate template : graphs.templates()) {
            GraphDraft made = graphs.fromTemplate(template.id());
            if (!template.id().equals("document-question")) { // its tool comes with studio-rag
                assertEquals(List.of(), graphs.problems(made.graph()), template.id());
            }
        }
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> graphs.fromTemplate("none")));
    }

    @Test
    void aGraphFindsAnotherOneOfItsOrganisationById() {
        GraphDraft inner = graphs.create("Inner", greeting("one"));
        SavedGraph outer = SavedGraph.named("Outer")
                .plus(SavedNode.of("sub", "sub-graph", 1).withConfig(Map.of("graphId", inner.id())));

        List<GraphProblem.Kind> own =
                graphs.problems(outer).stream().map(GraphProblem::kind).toList();
        List<GraphProblem.Kind> foreign = SavedGraphs.of(studio).as(EVE).problems(outer).stream()
                .map(GraphProblem::kind)
                .toList();

        assertFalse(own.contains(GraphProblem.Kind.SUBGRAPH_MISSING), own::toString);
        assertTrue(foreign.contains(GraphProblem.Kind.SUBGRAPH_MISSING), foreign::toString);
    }
}
