package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.testkit.model.ModelReply;
import dev.langchain4j.model.openai.OpenAiTokenCountEstimator;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page about agents: its examples are compiled and run, and its numbers counted (S2). */
@Timeout(120)
class AgentsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "agents.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern NAME = Pattern.compile("public class (\\w+)");
    private static final OpenAiTokenCountEstimator TOKENS = new OpenAiTokenCountEstimator("gpt-4o-mini");

    private final Desk desk = Desk.withModel();

    private static URLClassLoader classes;

    @BeforeAll
    static void compile(@TempDir Path folder) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"));
        for (MatchResult block : BLOCK.matcher(page()).results().toList()) {
            String code = block.group(1);
            MatchResult name = NAME.matcher(code).results().findFirst().orElseThrow();
            arguments.add(Files.writeString(folder.resolve(name.group(1) + ".java"), code)
                    .toString());
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int compiled = compiler.run(null, errors, errors, arguments.toArray(String[]::new));
        assertEquals(0, compiled, () -> errors.toString(StandardCharsets.UTF_8));
        classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, AgentsPageTest.class.getClassLoader());
    }

    @AfterAll
    static void forget() throws Exception {
        classes.close();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static String page() throws Exception {
        return Files.readString(PAGE).replace("\r", "");
    }

    private Object call(String type, String method, Object... arguments) throws Exception {
        Method found = Arrays.stream(classes.loadClass(type).getMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        return found.invoke(null, arguments);
    }

    @Test
    void anAgentOfTenLinesAnswersWithItsOwnTool() throws Exception {
        desk.server.inTurn(
                ModelReply.toolCall("price", "{\"product\":\"chair\"}"), ModelReply.text("A chair costs 49.50 euros."));

        AgentReply reply = (AgentReply) call("PriceAdvisor", "ask", desk.studio, "What does a chair cost?");

        assertEquals(Status.ANSWERED, reply.status());
        assertEquals("A chair costs 49.50 euros.", reply.text());
        assertEquals(List.of(), reply.figures().unsupported());
        assertEquals(
                List.of("price", "sql_query"),
                desk.server.requests().get(0).tools().stream().sorted().toList());
    }

    @Test
    void anOrganisationChangesAnAgent() throws Exception {
        AgentConfig changed = (AgentConfig) call("OurAnalyst", "change", desk.studio);

        assertEquals(1, changed.revision());
        assertEquals(
                6,
                Agents.of(desk.studio)
                        .configs()
                        .get("data_analyst")
                        .spec()
                        .limits()
                        .maxSteps());
    }

    @Test
    void aTaskIsAskedInAConversation() throws Exception {
        desk.server.inTurn(ModelReply.text("Hello."), ModelReply.pieces("None ", "yet."));
        Dataset orders = desk.orders();
        AgentReply before = desk.run(AgentTask.of("sql_expert", "Hello"));
        StringBuilder told = new StringBuilder();

        AgentReply reply = (AgentReply) call("Asking", "ask", desk.studio, orders, before, told);

        assertEquals("None yet.", reply.text());
        assertEquals("None yet.", told.toString());
        assertEquals("run-1", reply.run());
    }

    @Test
    void theToolsAndTheTokensOfInstructionsAreThoseOfTheAgents() throws Exception {
        String page = page();
        String right = page;
        for (AgentConfig config : Agents.of(desk.studio).configs().list()) {
            int tokens = TOKENS.estimateTokenCountInText(config.spec().instructions());
            String tools = String.join("`, `", config.spec().tools());
            right = right.replaceFirst(
                    "\\| `" + config.id() + "` \\| .* \\| \\d+ \\|",
                    "| `" + config.id() + "` | `" + tools + "` | " + tokens + " |");
        }
        right = right.replaceFirst("share take \\d+ tokens more", "share take " + tokensOfRules() + " tokens more");

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, right);
        }
        assertEquals(right, page, "Write the page anew with -Dgolden.update=true");
    }

    private int tokensOfRules() {
        desk.server.inTurn(ModelReply.text("Hello."));
        desk.run(AgentTask.of("sql_expert", "Hello"));
        String system = desk.server.requests().get(0).messages().get(0).text();
        return TOKENS.estimateTokenCountInText(system.substring(0, system.indexOf("You are an SQL expert")));
    }
}
