package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations with agents in a terminal (A11, A18). */
@Timeout(120)
class AgentTalkTest {
    private final ScriptedModelServer server = ScriptedModelServer.start();

    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void writeData() throws IOException {
        file = Files.writeString(folder.resolve("orders.csv"), "region,sales\nNorth,20\nSouth,45\nWest,65\n")
                .toString();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Cli cli() {
        return new Cli(folder.resolve("workspace"));
    }

    private void addModel() {
        Cli.Run added =
                cli().run("models", "add", "Own", "--provider=generic", "--model=m", "--endpoint=" + server.baseUrl());
        assertEquals(0, added.exitCode(), added.err());
    }

    private Cli.Run chat(String typed, String... words) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
        try {
            List<String> all = new ArrayList<>(List.of("chat"));
            all.addAll(Arrays.asList(words));
            return cli().run(all.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void anAnswerIsPrintedWithItsToolsAndTheNumbersToCheck() {
        addModel();
        server.inTurn(
                ModelReply.pieces("Let me ", "look.").andToolCall("get_dataset_info", "{\"source_id\":\"orders\"}"),
                ModelReply.pieces("There are ", "3 rows, 12 % more."),
                ModelReply.pieces("There are ", "3 rows\u001b[31m", ", 12 % more than before."));

        Cli.Run run = chat("How many rows?\nquit\n", file, "--agent=sql_expert", "--model=Own");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("Ask the SQL expert about [orders.csv]"), run.err());
        assertTrue(run.err().contains("· get_dataset_info {\"source_id\":\"orders\"}"), run.err());
        assertTrue(run.out().startsWith("Let me look.\nThere are 3 rows, 12 % more.\nThere are 3 rows"), run.out());
        assertTrue(run.out().contains("Check these numbers, which no tool returned: 12 %"), run.out());
        assertFalse(run.out().contains("\u001b"), run.out());
        assertTrue(run.err().contains("Go on later with: ./studio chat --conversation "), run.err());
    }

    @Test
    void aConversationGoesOnInAnotherProcess() {
        addModel();
        server.inTurn(ModelReply.text("Hello Ada."), ModelReply.text("You are Ada."), ModelReply.text("Ada, surely."));
        Cli.Run first = chat("I am Ada\n", "--agent=data_analyst", "--model=active");
        String id = first.err().replaceAll("(?s).*--conversation (\\S+).*", "$1");

        Cli.Run second = chat("Who am I?\n/retry\n", "--conversation", id, "--agent=data_analyst");

        assertEquals("You are Ada.\n\nAda, surely.\n\n", second.out());
        assertTrue(server.requests().get(1).json().contains("Hello Ada."));
        assertTrue(server.requests().get(2).json().contains("Who am I?"));
    }

    @Test
    void theOrchestratorSaysWhoAnswersAndWhy() {
        addModel();
        server.when(request -> request.tools().contains("route"))
                .reply(ModelReply.toolCall(
                        "route",
                        "{\"agents\":[{\"agent\":\"sql_expert\",\"task\":\"sum\"},{\"agent\":\"data_analyst\","
                                + "\"task\":\"look\"}],\"order\":\"in_turn\",\"why\":\"It has two parts.\"}"));
        server.when(request -> request.messages().get(0).text().contains("put the answers of several"))
                .reply(ModelReply.text("All in one."));
        server.when("sum").reply(ModelReply.text("First."));
        server.when("look").reply(ModelReply.text("Second."));

        Cli.Run run = chat("Total and outliers?\n", file, "--model=active");

        assertTrue(run.err().contains("· SQL expert, then Data analyst: It has two parts."), run.err());
        assertEquals("All in one.\n\n", run.out());
    }

    @Test
    void withoutAModelThePlannerAnswersAndMistakesEndNothing() {
        Cli.Run run =
                chat("total sales by region\n/agent nobody\n/nonsense\n/agent sql_expert\n", file, "--agent=auto");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("No language model is configured: the built-in planner answers"), run.err());
        assertTrue(run.out().contains("North"), run.out());
        assertTrue(run.err().contains("There is no agent 'nobody'"), run.err());
        assertTrue(run.err().contains("There is no '/nonsense'"), run.err());
        assertTrue(run.err().contains("From now on: SQL expert"), run.err());
    }

    @Test
    void whatIsMissingIsSaid() {
        assertTrue(chat("", "--no-images").err().contains("There is no file to ask about"));
        assertTrue(chat("", file, "--agent=wizard").err().contains("There is no agent 'wizard'"));
        assertTrue(chat("", file, "--model=Nobody").err().contains("Nobody"));
        assertTrue(chat("", "--conversation=c-1").err().contains("There is no conversation 'c-1'"));
    }
}
