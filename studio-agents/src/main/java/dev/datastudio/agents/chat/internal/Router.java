package dev.datastudio.agents.chat.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.chat.Routing;
import dev.datastudio.agents.chat.Routing.By;
import dev.datastudio.agents.chat.Routing.Choice;
import dev.datastudio.agents.chat.Routing.Order;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has the model choose who answers. What it chooses is checked against the agents there are, and given back once when it
 * can't be used; after that, and when the model fails, {@link RoutingRules} choose.
 */
final class Router {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PromptFile ROUTE = PromptFile.load("chat/route");
    private static final int MOST_AGENTS = 3;
    private static final int MAX_EARLIER = 2_000;
    private static final int MAX_QUESTION = 20_000;
    private static final int MAX_WHY = 300;
    private static final int MAX_DESCRIPTION = 400;

    private final List<AgentSpec> agents;
    private final RoutingRules.About about;

    Router(List<AgentConfig> agents, RoutingRules.About about) {
        this.agents = agents.stream().map(AgentConfig::spec).toList();
        this.about = about;
    }

    Routing byRules(String question, String before) {
        return RoutingRules.choose(question, about, ids(), before);
    }

    private Set<String> ids() {
        return agents.stream().map(AgentSpec::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @throws StudioException CANCELLED */
    Routing byModel(Asking model, String question, Recollection memory) {
        List<ChatMessage> messages =
                new ArrayList<>(List.of(SystemMessage.from(ROUTE.text()), UserMessage.from(asked(question, memory))));
        String problem = "";
        for (int attempt = 0; attempt < 2; attempt++) {
            AiMessage answer;
            try {
                answer = model.ask(request(messages));
            } catch (StudioException e) {
                if (e.code() == ErrorCode.CANCELLED) {
                    throw e;
                }
                return byRules(question, "The model could not choose: " + ChatText.line(e.what(), MAX_WHY) + ".");
            }
            try {
                return read(answer, question);
            } catch (UnusableChoice e) {
                problem = e.problem;
                giveBack(messages, answer, problem);
            }
        }
        return byRules(question, "The model's choice could not be used: " + problem + ".");
    }

    private ChatRequest request(List<ChatMessage> messages) {
        return ChatRequest.builder()
                .messages(List.copyOf(messages))
                .toolSpecifications(tool())
                .toolChoice(ToolChoice.REQUIRED)
                .temperature(0.0)
                .build();
    }

    private ToolSpecification tool() {
        JsonObjectSchema choice = JsonObjectSchema.builder()
                .addProperty(
                        "agent",
                        JsonEnumSchema.builder().enumValues(List.copyOf(ids())).build())
                .addProperty(
                        "task",
                        JsonStringSchema.builder()
                                .description("its part of the question")
                                .build())
                .required("agent", "task")
                .additionalProperties(false)
                .build();
        return ToolSpecification.builder()
                .name("route")
                .description("Says which agents answer the question")
                .parameters(JsonObjectSchema.builder()
                        .addProperty(
                                "agents",
                                JsonArraySchema.builder().items(choice).build())
                        .addProperty(
                                "order",
                                JsonEnumSchema.builder()
                                        .enumValues(Order.TOGETHER.jsonName(), Order.IN_TURN.jsonName())
                                        .build())
                        .addProperty(
                                "why",
                                JsonStringSchema.builder()
                                        .description("one short sentence")
                                        .build())
                        .required("agents", "order", "why")
                        .additionalProperties(false)
                        .build())
                .build();
    }

    private String asked(String question, Recollection memory) {
        StringBuilder text = new StringBuilder("Agents:\n");
        for (AgentSpec spec : agents) {
            text.append("- ")
                    .append(spec.id())
                    .append(": ")
                    .append(ChatText.line(spec.description(), MAX_DESCRIPTION))
                    .append('\n');
        }
        text.append("The question is about ")
                .append(about.hasDatabase() ? "a database" : about.hasSources() ? "data sets" : "no data set")
                .append(about.hasDocuments() ? "; documents can be searched" : "")
                .append(about.isOfDocuments() ? ", and the user chose to ask them too: any agent can.\n" : ".\n");
        String earlier = earlier(memory);
        if (!earlier.isBlank()) {
            text.append("Said before:\n")
                    .append(ChatText.marked("earlier_messages", earlier))
                    .append('\n');
        }
        return text.append("The question:\n")
                .append(ChatText.marked("user_question", ChatText.cut(question, MAX_QUESTION)))
                .toString();
    }

    private static String earlier(Recollection memory) {
        int count = memory.messages().size();
        return memory.messages().subList(Math.max(0, count - 2), count).stream()
                .map(message -> message.role().name().toLowerCase(Locale.ROOT) + ": "
                        + ChatText.cut(message.text(), MAX_EARLIER / 2))
                .collect(Collectors.joining("\n"));
    }

    /** What is wrong with a choice, as the end of a sentence. */
    private static final class UnusableChoice extends Exception {
        private static final long serialVersionUID = 1;

        private final String problem;

        UnusableChoice(String problem) {
            super(problem);
            this.problem = problem;
        }
    }

    private Routing read(AiMessage answer, String question) throws UnusableChoice {
        if (answer.toolExecutionRequests().size() != 1) {
            throw new UnusableChoice(
                    "it called " + answer.toolExecutionRequests().size() + " tools and not one");
        }
        ToolExecutionRequest call = answer.toolExecutionRequests().get(0);
        if (!call.name().equals("route")) {
            throw new UnusableChoice("it called " + ChatText.line(call.name(), 64) + " and not route");
        }
        JsonNode choice = parse(call.arguments());
        List<Choice> choices = new ArrayList<>();
        for (JsonNode each : choice.path("agents")) {
            choices.add(choice(each, question));
        }
        long different = choices.stream().map(Choice::agent).distinct().count();
        if (choices.isEmpty() || choices.size() > MOST_AGENTS || different < choices.size()) {
            throw new UnusableChoice(
                    "it named " + choices.size() + " agents, where 1 to " + MOST_AGENTS + " different ones are wanted");
        }
        Order order = choice.path("order").asText().equals(Order.IN_TURN.jsonName()) ? Order.IN_TURN : Order.TOGETHER;
        String why = ChatText.line(choice.path("why").asText(), MAX_WHY);
        return new Routing(choices, order, By.MODEL, why.isEmpty() ? "The model gave no reason." : why);
    }

    private static JsonNode parse(String arguments) throws UnusableChoice {
        try {
            return JSON.readTree(arguments);
        } catch (JsonProcessingException e) {
            throw new UnusableChoice("its arguments are no JSON");
        }
    }

    private Choice choice(JsonNode each, String question) throws UnusableChoice {
        String agent = each.path("agent").asText();
        if (!ids().contains(agent)) {
            throw new UnusableChoice("there is no agent '" + ChatText.line(agent, 64) + "', only " + ids());
        }
        String task = ChatText.clean(each.path("task").asText()).strip();
        return new Choice(agent, task.isEmpty() ? question : ChatText.cut(task, MAX_QUESTION));
    }

    /** Every call of a tool must be answered, also those that were one too many. */
    private static void giveBack(List<ChatMessage> messages, AiMessage answer, String problem) {
        String words = "That can't be used: " + problem + ". Call route once, mended.";
        if (!answer.hasToolExecutionRequests()) {
            String text = answer.text();
            messages.add(AiMessage.from(text == null || text.isBlank() ? "(nothing)" : text));
            messages.add(UserMessage.from(words));
            return;
        }
        messages.add(answer);
        for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
            messages.add(ToolExecutionResultMessage.from(call, words));
        }
    }
}
