package dev.datastudio.agents.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.conversation.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a message of a conversation came about, in short: read from {@link Message#detail()}. Immutable. Texts and arguments
 * of tools are data of anybody: show them as text.
 *
 * @param status how the answer ended, such as {@code answered} or {@code stopped}; empty for a question
 * @param agents who answered, by their ids
 * @param why they were chosen, for people; empty for a question
 * @param sources the ids of the data sets and databases that a question was about
 * @param tools what was called, in order
 * @param statements the SQL that was run
 * @param artifacts keys of files that were made
 * @param unsupported numbers of the answer that nothing states
 * @param tokens how many were read and written
 * @param cost of the tokens in US dollars; empty when it is not known
 * @param problem why there is no answer, or not the whole one: what happened and what mends it; empty when nothing is
 *     missing
 */
public record ChatTrace(
        String status,
        List<String> agents,
        String why,
        List<String> sources,
        List<ToolUse> tools,
        List<String> statements,
        List<String> artifacts,
        List<String> unsupported,
        long tokens,
        Optional<BigDecimal> cost,
        String problem) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SQL = "sql";

    public ChatTrace {
        Objects.requireNonNull(status, "status");
        agents = List.copyOf(agents);
        Objects.requireNonNull(why, "why");
        sources = List.copyOf(sources);
        tools = List.copyOf(tools);
        statements = List.copyOf(statements);
        artifacts = List.copyOf(artifacts);
        unsupported = List.copyOf(unsupported);
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * A call of a tool. Immutable.
     *
     * @param agent who called it
     * @param name of the tool, as the model wrote it
     * @param arguments JSON text, as the model wrote it
     * @param result what it gave, as the model read it
     * @param millis how long it took
     * @param isError whether it did not do what it was asked to
     */
    public record ToolUse(String agent, String name, String arguments, String result, long millis, boolean isError) {}

    /**
     * The trace of a message.
     *
     * @throws StudioException {@link ErrorCode#WORKSPACE_DAMAGED} when it can't be read
     */
    public static ChatTrace of(Message message) {
        JsonNode detail = read(message);
        List<ToolUse> tools = new ArrayList<>();
        Set<String> statements = new LinkedHashSet<>();
        long tokens = 0;
        Optional<BigDecimal> cost = Optional.of(BigDecimal.ZERO);
        for (JsonNode agent : detail.path("agents")) {
            JsonNode usage = agent.path("usage");
            tokens += usage.path("input_tokens").asLong()
                    + usage.path("output_tokens").asLong();
            cost = usage.path("cost").isNumber()
                    ? cost.map(sum -> sum.add(usage.path("cost").decimalValue()))
                    : Optional.empty();
            for (JsonNode step : agent.path("steps")) {
                collect(agent.path("agent").asText(), step, tools, statements);
            }
        }
        return new ChatTrace(
                detail.path("status").asText(),
                texts(detail.path("routing").path("choices"), "agent"),
                detail.path("routing").path("why").asText(),
                texts(detail.path("sources"), ""),
                tools,
                List.copyOf(statements),
                texts(detail.path("artifacts"), ""),
                unsupported(detail.path("figures")),
                tokens,
                cost,
                problem(detail.path("problem")));
    }

    private static JsonNode read(Message message) {
        try {
            return JSON.readTree(message.detail().isBlank() ? "{}" : message.detail());
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "Message " + message.number() + " can't be read from the workspace",
                    "Begin another conversation, or restore a backup",
                    e);
        }
    }

    private static void collect(String agent, JsonNode step, List<ToolUse> tools, Set<String> statements) {
        step.path("statements").forEach(statement -> statements.add(statement.asText()));
        if (!step.path("type").asText().equals("tool")) {
            return;
        }
        String arguments = step.path("arguments").asText();
        boolean isError = step.path("error").asBoolean();
        tools.add(new ToolUse(
                agent,
                step.path("tool").asText(),
                arguments,
                step.path("text").asText(),
                step.path("millis").asLong(),
                isError));
        if (!isError) {
            sql(arguments).ifPresent(statements::add);
        }
    }

    private static Optional<String> sql(String arguments) {
        try {
            JsonNode sql = JSON.readTree(arguments).path(SQL);
            return sql.isTextual() ? Optional.of(sql.asText()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a model may write anything
        }
    }

    private static List<String> unsupported(JsonNode figures) {
        List<String> unsupported = new ArrayList<>();
        for (JsonNode figure : figures) {
            if (figure.path("basis").asText().equals("unsupported")) {
                unsupported.add(figure.path("text").asText());
            }
        }
        return unsupported;
    }

    private static String problem(JsonNode problem) {
        return problem.isObject()
                ? problem.path("what").asText() + ". " + problem.path("mend").asText() + "."
                : "";
    }

    private static List<String> texts(JsonNode array, String member) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add((member.isEmpty() ? each : each.path(member)).asText()));
        return texts;
    }
}
