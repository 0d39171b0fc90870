package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models from the command line (P1). */
@Timeout(120)
class ModelsCommandTest {
    private static final String KEY = "sk-typed-in-1234";

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final InputStream input = System.in;

    @TempDir
    Path folder;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void open() {
        cli = new Cli(folder.resolve("workspace"));
    }

    @AfterEach
    void close() {
        System.setIn(input);
        server.close();
    }

    @Test
    void addsTriesUsesAndDeletesModels() {
        server.requireKey(KEY);
        server.when("ready").reply(ModelReply.text("ready"));
        System.setIn(new ByteArrayInputStream((KEY + "\n").getBytes(StandardCharsets.UTF_8)));

        Cli.Run added = cli.run(
                "models",
                "add",
                "Scripted",
                "--provider=openai",
                "--endpoint=" + server.baseUrl(),
                "--key-stdin",
                "--set",
                "temperature=0.2");
        Cli.Run local = cli.run("models", "add", "Local", "--provider=ollama", "--mine");
        Cli.Run tested = cli.run("models", "test", "scripted");
        Cli.Run listed = cli.run("models", "list");

        assertEquals("Added Scripted. Try it: ./studio models test\n", added.out(), added.err());
        assertEquals(0, local.exitCode(), local.err());
        assertTrue(tested.out().startsWith("Scripted answers: gpt-4o-mini, "), tested.out() + tested.err());
        assertTrue(
                listed.out().contains("* Local  ollama llama3.2 at http://localhost:11434, mine, no key\n"),
                listed.out());
        assertTrue(listed.out().contains("  Scripted  openai gpt-4o-mini at " + server.baseUrl()), listed.out());
        assertFalse((added.out() + added.err() + listed.out() + tested.out()).contains(KEY));
        assertEquals(
                "Deleted Local and its key.\n",
                cli.run("models", "delete", "local").out());
        assertEquals("Using Scripted.\n", cli.run("models", "use", "Scripted").out());
        assertEquals(
                0.2,
                cli.run("models", "list", "--json")
                        .json()
                        .path(0)
                        .path("configuration")
                        .path("temperature")
                        .asDouble());
    }

    @Test
    void tellsWhatIsWrong() {
        server.requireKey("another");
        System.setIn(new ByteArrayInputStream((KEY + "\n").getBytes(StandardCharsets.UTF_8)));
        cli.run("models", "add", "Wrong", "--provider=mistral", "--endpoint=" + server.baseUrl(), "--key-stdin");

        Cli.Run wrong = cli.run("models", "test");
        Cli.Run unset = cli.run("models", "add", "x", "--provider=openai", "--key-env=STUDIO_NO_SUCH_VARIABLE");
        Cli.Run nobody = cli.run("models", "add", "x", "--provider=gemini");

        assertEquals(1, wrong.exitCode());
        assertTrue(wrong.err().contains("Enter the key again"), wrong.err());
        assertFalse(wrong.err().contains(KEY), wrong.err());
        assertTrue(unset.err().startsWith("error: The variable 'STUDIO_NO_SUCH_VARIABLE' is not set."), unset.err());
        assertTrue(nobody.err().startsWith("error: There is no provider of models 'gemini'."), nobody.err());
    }
}
