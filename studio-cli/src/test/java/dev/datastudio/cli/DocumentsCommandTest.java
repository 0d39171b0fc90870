package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents from the command line (A9, G9). */
@Timeout(240)
class DocumentsCommandTest {
    private static final String BRIDGE = """
            # The Lind bridge

            The bridge was opened in 1932 by the mayor of Harrow. It is 400 m long and carries two lanes.

            ## Upkeep

            It is painted every seven years. The last painting cost 90,000 crowns.
            """;

    @TempDir
    Path folder;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void open() {
        cli = new Cli(folder.resolve("workspace"));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void addsListsFindsAsksAndDeletes() throws IOException {
        Cli.Run added = cli.run("documents", "add", file("bridge.md", BRIDGE));
        assertEquals(0, added.exitCode(), added.err());
        assertTrue(added.out().startsWith("added      bridge.md  1 passage, English  (id "), added.out());

        Cli.Run again = cli.run("documents", "add", folder.resolve("bridge.md").toString());
        assertTrue(again.out().startsWith("unchanged  bridge.md  "), again.out());

        String list = cli.run("documents", "list").out();
        assertTrue(list.matches("(?s)name .*\\nbridge\\.md +\\| ready +\\| +\\| +1 \\| .*"), list);

        Cli.Run found = cli.run("documents", "search", "painting", "--limit=1");
        assertEquals(0, found.exitCode(), found.err());
        assertTrue(found.out().startsWith("1. bridge.md   score "), found.out());
        assertTrue(found.out().contains("The last painting cost 90,000 crowns."), found.out());

        Cli.Run answer = cli.run("documents", "ask", "When was the bridge opened?");
        assertEquals(0, answer.exitCode(), answer.err());
        assertTrue(
                answer.out().contains("\nThe bridge was opened in 1932 by the mayor of Harrow. [1]\n"), answer.out());
        assertTrue(
                answer.out().contains("\n[1] bridge.md: \"The bridge was opened in 1932 by the mayor of Harrow.\""),
                answer.out());

        Cli.Run deleted = cli.run("documents", "delete", "bridge.md");
        assertEquals("Deleted bridge.md and all that was made of it.\n", deleted.out());
        assertEquals(
                "There are no documents yet. Add some: ./studio documents add report.pdf\n",
                cli.run("documents", "list").out());
    }

    @Test
    void tellsWhyEachFileWasNotReadAndGoesOn() throws IOException {
        String empty = file("empty.txt", "");
        Cli.Run unread = cli.run("documents", "add", empty, file("bridge.md", BRIDGE));
        assertEquals(2, unread.exitCode());
        assertTrue(
                unread.out().matches("(?s)not read   empty\\.txt  empty  \\(id \\w+\\)\n   The file 'empty.txt' .*"),
                unread.out());
        assertTrue(unread.out().contains("\nadded      bridge.md  "), unread.out());
        assertTrue(unread.out().endsWith("2 files: 1 added, 1 not read.\n"), unread.out());

        Cli.Run missing = cli.run("documents", "add", folder.resolve("none.pdf").toString(), "--json");
        assertEquals(1, missing.exitCode());
        assertEquals(
                "FILE_NOT_FOUND",
                missing.json().get(0).path("failure").path("reason").asText());

        Cli.Run retried = cli.run("documents", "retry", "empty.txt");
        assertEquals(2, retried.exitCode(), retried.err());
        assertTrue(retried.out().startsWith("not read   empty.txt  empty  (id "), retried.out());
        assertTrue(cli.run("documents", "list").out().contains("not read: empty"));
    }

    @Test
    void printsJsonForPrograms() throws IOException {
        JsonNode added = cli.run("documents", "add", file("bridge.md", BRIDGE), "--shared", "--json")
                .json()
                .get(0);
        assertEquals("done", added.path("state").asText());
        assertTrue(added.path("shared").asBoolean());
        assertFalse(added.path("known").asBoolean());
        assertEquals(
                added.path("id"),
                cli.run("documents", "list", "--json").json().get(0).path("id"));

        JsonNode passage = cli.run("documents", "search", "painting", "--json")
                .json()
                .path("passages")
                .get(0);
        JsonNode mark = passage.path("highlights").get(0);
        assertEquals(
                "painted",
                passage.path("text")
                        .asText()
                        .substring(mark.get(0).asInt(), mark.get(1).asInt()));
        assertTrue(passage.path("scores").path("words").asDouble() > 0);

        JsonNode answer =
                cli.run("documents", "ask", "How long is the bridge?", "--json").json();
        assertEquals("answered", answer.path("status").asText());
        JsonNode citation = answer.path("statements").get(0).path("citations").get(0);
        assertEquals(added.path("id"), citation.path("document"));
        assertEquals(
                citation.path("quote").asText().length(),
                citation.path("to").asInt() - citation.path("from").asInt());

        JsonNode deleted = cli.run("documents", "delete", added.path("id").asText(), "--json")
                .json();
        assertEquals(added.path("id"), deleted.path("deleted"));
    }

    @Test
    void saysThatTheDocumentsHoldNoAnswer() throws IOException {
        assertEquals(2, cli.run("documents", "ask", "Who painted it?").exitCode());
        cli.run("documents", "add", file("bridge.md", BRIDGE));

        Cli.Run none = cli.run("documents", "ask", "Which penguins breed on Dream island?");

        assertEquals(2, none.exitCode(), none.out());
        assertEquals("", none.err());
    }

    @Test
    void keepsWhatADocumentSaysFromTheTerminal() throws IOException {
        cli.run("documents", "add", file("evil.txt", "The bridge \u001b[2J\u001b]0;owned\u0007 was painted green.\n"));

        assertFalse(cli.run("documents", "search", "bridge").out().contains("\u001b"));
        assertFalse(cli.run("documents", "ask", "What was painted?").out().contains("\u001b"));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertError("error: There is no document 'x' of yours. List the documents with", "delete", "x");
        assertError("error: --limit is 0. Give a number from 1 to 50", "search", "x", "--limit=0");
        assertError("error: The question is empty. ", "search", " ");
        assertError("error: Too few words: ", "add");
        assertError("error: Say what to do with documents: add, list, search, ask, delete or retry");
    }

    private void assertError(String message, String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "documents";
        System.arraycopy(words, 0, all, 1, words.length);
        Cli.Run run = words.length == 0 ? Cli.runAsTyped(all) : cli.run(all);
        assertTrue(run.err().startsWith(message), run.err());
        assertEquals(1, run.exitCode());
    }
}
