package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code studio graph}: saved graphs run, checked and drawn from the command line (G3, G4). */
class GraphCommandTest {
    private static final String EXAMPLE = "../examples/graphs/invitations.json";

    @TempDir
    Path folder;

    @Test
    void runsTheExampleAndPrintsItsOutput() {
        Cli.Run run = run("graph", "run", EXAMPLE, "--input", "guests=Ada\nBob");

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                "Dear Ada, you are invited to our summer party.\nDear Bob, you are invited to our summer party.\n",
                run.out());
    }

    @Test
    void knowsTheNodesOfTheStudioInItsWorkspace() throws IOException {
        Path graph = Files.writeString(folder.resolve("list.json"), """
                {"nodes": [
                  {"id": "a", "type": "text.input", "data": {"config": {"name": "a"}}},
                  {"id": "both", "type": "list", "data": {"config": {}}},
                  {"id": "out", "type": "text.output", "data": {"config": {"name": "list"}}}],
                 "edges": [
                  {"id": "e1", "source": "a", "sourceHandle": "value", "target": "both", "targetHandle": "items"},
                  {"id": "e2", "source": "both", "sourceHandle": "list", "target": "out", "targetHandle": "value"}]}
                """);
        String workspace = folder.resolve("workspace").toString();

        Cli.Run run = run("graph", "run", graph.toString(), "--workspace", workspace, "--quiet", "--input", "a=x");

        assertEquals("x\n", run.out(), run.err());
        assertEquals(
                0,
                run("graph", "check", graph.toString(), "--workspace", workspace)
                        .exitCode());
    }

    @Test
    void tellsTheProgressOfEachNodeOnStandardError() {
        List<String> lines = run("graph", "run", EXAMPLE, "--input", "guests=Ada")
                .err()
                .lines()
                .toList();

        assertEquals("queued   guests, event", lines.get(0));
        assertTrue(lines.contains("running  anybody (Nobody?)"), lines::toString);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("done     each\\.item\\[0]/letter  [0-9.]+ ms")),
                lines::toString);
        assertTrue(lines.get(lines.size() - 1).startsWith("finished 6 steps"), lines::toString);
    }

    @Test
    void tellsWhichNodeWasSkipped() {
        Cli.Run run = run("graph", "run", EXAMPLE, "--input", "guests=");

        assertEquals("Nobody is invited yet.\n", run.out());
        assertTrue(run.err().contains("\nskipped  each (Each guest)"), run.err());
    }

    @Test
    void printsTheOutputsAsJson() throws IOException {
        Path guests = Files.writeString(folder.resolve("guests.txt"), "Ada\n");

        Cli.Run run = run(
                "graph", "run", EXAMPLE, "--json", "--quiet", "--input=guests=@" + guests, "--input", "event=@@home");

        assertEquals("", run.err());
        assertEquals("finished", run.json().path("status").asText());
        assertEquals(
                "Dear Ada, you are invited to @home.",
                run.json().path("outputs").path("letters").get(0).asText());
    }

    @Test
    void namesInputsThatAreMissingUnknownOrTwice() {
        assertError(
                "Input 'guests' is not given. Add --input guests=VALUE; the graph takes [guests, event].",
                run("graph", "run", EXAMPLE));
        assertError(
                "The graph has no input 'guest'. Write NAME=VALUE with one of the names [guests, event].",
                run("graph", "run", EXAMPLE, "--input", "guest=a"));
        assertError(
                "Input 'guests' is given twice. Give it once.",
                run("graph", "run", EXAMPLE, "--input", "guests=a", "--input", "guests=b"));
        assertError(
                "--input 'guests' has no value. Write NAME=VALUE with one of the names [guests, event].",
                run("graph", "run", EXAMPLE, "--input", "guests"));
        Path gone = folder.resolve("gone.txt");
        assertError(
                "File '" + gone
                        + "' can't be read as text. Name a file in UTF-8 that you may read; for a text that begins"
                        + " with '@' write '@@'.",
                run("graph", "run", EXAMPLE, "--input", "guests=@" + gone));
    }

    @Test
    void refusesToRunAGraphWithProblems() throws IOException {
        Path broken = broken();

        Cli.Run run = run("graph", "run", broken.toString());
        Cli.Run json = run("graph", "run", broken.toString(), "--json");

        assertError(
                "Graph 'Broken' can't be built: (1) Node 'a' is of type 'tmplate', which is not registered"
                        + " (/nodes/0/type). Use one of [text.input, template, condition, map, sub-graph, text.output];"
                        + " 'template' is the nearest, or add the module that brings the type. (2) The edge's target 'b' is"
                        + " not a node of the graph (/edges/0/target). Connect it to a node, or remove it; 'a' is the"
                        + " nearest. Mend all of them and build again.",
                run);
        assertEquals(1, json.exitCode());
        assertEquals("GRAPH_INVALID", json.json().path("code").asText());
    }

    @Test
    void namesTheNodeThatFailed() throws IOException {
        Path graph = Files.writeString(folder.resolve("fails.json"), """
                {"nodes": [
                   {"id": "in", "type": "text.input", "data": {"config": {"name": "x", "format": "number"}}},
                   {"id": "out", "type": "text.output", "data": {"config": {"name": "y"}}}],
                 "edges": [{"source": "in", "target": "out"}]}
                """);

        Cli.Run run = run("graph", "run", graph.toString(), "--input", "x=abc", "--json");

        assertEquals(1, run.exitCode());
        assertEquals("in", run.json().path("node").asText());
        assertTrue(run.err().contains("failed   in"), run.err());
        assertEquals(
                "7\n", run("graph", "run", graph.toString(), "--input", "x=7").out());
    }

    @Test
    void findsANamedGraphBesideTheFile() throws IOException {
        Files.copy(Path.of(EXAMPLE), folder.resolve("invitations.json"));
        Path outer = Files.writeString(folder.resolve("outer.json"), outer("invitations"));

        Cli.Run run = run("graph", "run", outer.toString(), "--input", "g=Ada");
        Files.writeString(folder.resolve("outer.json"), outer("../invitations"));
        Cli.Run outside = run("graph", "check", outer.toString());

        assertEquals("Dear Ada, you are invited to our summer party.\n", run.out(), run.err());
        assertEquals(1, outside.exitCode());
        assertTrue(outside.out().contains("runs graph '../invitations', which is not there"), outside.out());
    }

    private static String outer(String id) {
        return """
                {"nodes": [
                   {"id": "in", "type": "text.input", "data": {"config": {"name": "g", "format": "lines"}}},
                   {"id": "s", "type": "sub-graph", "data": {"config": {"graphId": "%s"}}},
                   {"id": "out", "type": "text.output", "data": {"config": {"name": "y"}}}],
                 "edges": [
                   {"source": "in", "target": "s", "targetHandle": "guests"},
                   {"source": "s", "sourceHandle": "letters", "target": "out"}]}
                """.formatted(id);
    }

    @Test
    void checksAGraphWithoutRunningIt() throws IOException {
        Cli.Run right = run("graph", "check", EXAMPLE);
        Cli.Run wrong = run("graph", "check", broken().toString());
        Cli.Run json = run("graph", "check", broken().toString(), "--json");

        assertEquals("The graph can run: 6 nodes, 6 edges.\n", right.out());
        assertEquals(0, right.exitCode());
        assertEquals(1, wrong.exitCode());
        assertTrue(wrong.out().startsWith("error: Node 'a' is of type 'tmplate'"), wrong.out());
        assertTrue(wrong.out().endsWith("The graph can't run before its errors are mended.\n"), wrong.out());
        assertEquals(
                "EDGE_NODE_MISSING",
                json.json().path("problems").get(1).path("kind").asText());
    }

    @Test
    void drawsAGraphAlsoOneWithProblems() throws IOException {
        Path svg = folder.resolve("drawing.svg");

        Cli.Run mermaid = run("graph", "draw", broken().toString());
        Cli.Run file = run("graph", "draw", EXAMPLE, "--out", svg.toString());

        assertEquals("""
                flowchart LR
                    n0["a<br/>tmplate"]
                    n1[["b<br/>missing"]]
                    n0 --> n1
                """, mermaid.out());
        assertEquals("", file.out());
        assertTrue(Files.readString(svg).startsWith("<svg xmlns="), file.err());
        assertTrue(run("graph", "draw", EXAMPLE, "--svg").out().startsWith("<svg "));
        Path nowhere = folder.resolve("gone").resolve("x.svg");
        assertError(
                "The drawing can't be written to '" + nowhere
                        + "': NoSuchFileException. Name a file with --out in a folder"
                        + " that is there and that you may write to.",
                run("graph", "draw", EXAMPLE, "--out", nowhere.toString()));
    }

    @Test
    void saysHowItIsHeld() {
        assertError("Say what to do with the graph: run, check or draw. Try './studio help graph'.", run("graph"));
        assertError("Too few words: FILE is needed. Try './studio graph run --help'.", run("graph", "run"));
        assertError("File 'gone.json' does not exist. Name a graph saved as JSON.", run("graph", "check", "gone.json"));
        assertTrue(run("help", "graph").out().contains("check"));
    }

    private Path broken() throws IOException {
        return Files.writeString(folder.resolve("broken.json"), """
                {"name": "Broken", "nodes": [{"id": "a", "type": "tmplate"}],
                 "edges": [{"id": "e", "source": "a", "target": "b"}]}
                """);
    }

    private static Cli.Run run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.Progress.HIDDEN,
                Cancellation.none());
        int code = StudioCommand.run(terminal, words);
        return new Cli.Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void assertError(String message, Cli.Run run) {
        assertEquals("error: " + message, run.err().strip());
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
    }
}
