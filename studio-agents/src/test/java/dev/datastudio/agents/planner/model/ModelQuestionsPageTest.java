package dev.datastudio.agents.planner.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.ModelPlanning;
import dev.datastudio.core.Studio;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The page that shows what a model is sent, with its tokens counted (A8). */
class ModelQuestionsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "model-questions.md");
    private static final Path ORDERS = Path.of("..", "examples", "data", "shop-orders.csv");
    private static final String QUESTION = "Which city in the West brought the most profit per sale?";

    @Test
    void showsWhatIsSentForAQuestion() throws IOException {
        PlanPrompt one = sent();
        PlanPrompt instructions = new PlanPrompt("", one.system(), "", one.tools(), List.of());
        PlanPrompt twenty = ModelPlanner.of(new NeverAsked(), "model")
                .prompt(PromptTables.office().request("Which kind of invoice has the greatest net price?"), List.of());

        String page = template()
                .replace("TOKENS_OF_TWENTY", number(PromptTables.tokens(twenty)))
                .replace("TOKENS_OF_ONE", number(PromptTables.tokens(one)))
                .replace("INSTRUCTION_TOKENS", number(PromptTables.tokens(instructions)))
                .replace("PROMPT", one.user());

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "Write the page anew with -Dgolden.update=true");
    }

    private static PlanPrompt sent() {
        AskOptions options =
                AskOptions.DEFAULT.withModel(ModelPlanning.builtInFirst(ModelPlanner.of(new NeverAsked(), "model")));
        Clock clock = Clock.fixed(Instant.parse("2024-02-15T12:00:00Z"), ZoneOffset.UTC);
        try (Studio studio = Studio.builder().temporary().clock(clock).build()) {
            return Analyst.of(studio).prompt(List.of(studio.datasets().importFile(ORDERS)), QUESTION, options);
        }
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String template() throws IOException {
        try (InputStream in = ModelQuestionsPageTest.class.getResourceAsStream("model-questions.md")) {
            return new String(Objects.requireNonNull(in, "model-questions.md").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Fails when it is asked, which writing a prompt must not do. */
    private static final class NeverAsked implements ChatModel {}
}
