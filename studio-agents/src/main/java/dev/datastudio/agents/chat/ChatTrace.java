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
 * @param asked how a question was asked; empty for an answer
 * @param status how the answer ended, {@code ANSWERED}, {@code STOPPED} and so on in small letters; empty for a question
 * @param agents who answered, by their ids
 * @param by who chose them: the request, a model or the rules; empty for a question
 * @param why they were chosen, for people; empty for a question
 * @param tools what was called, in order
 * @param statements the SQL that was run
 * @param artifacts keys of files that were made
 * @param answers JSON of what the built-in planner answered, as {@link dev.datastudio.agents.ask.AnswerJson} writes it, with
 *     the first rows of each result and without paths
 * @param quotes words of documents that tools answered with
 * @param figures the numbers of the answer, and what they rest on
 * @param isChecked whether the whole answer was read for its numbers
 * @param models the names of the configurations of the models that answered
 * @param inputTokens how many were read
 * @param outputTokens how many were written
 * @param cost of the tokens in US dollars; empty when it is not known
 * @param millis how long models, tools and the planner took together
 * @param problem why there is no answer, or not the whole one; empty when nothing is missing
 */
public record ChatTrace(
        Optional<Asked> asked,
        String status,
        List<String> agents,
        String by,
        String why,
        List<ToolUse> tools,
        List<String> statements,
        List<String> artifacts,
        List<String> answers,
        List<Quote> quotes,
        List<StatedFigure> figures,
        boolean isChecked,
        List<String> models,
        long inputTokens,
        long outputTokens,
        Optional<BigDecimal> cost,
        long millis,
        Optional<Problem> problem) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SQL = "sql";

    public ChatTrace {
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(status, "status");
        agents = List.copyOf(agents);
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(why, "why");
        tools = List.copyOf(tools);
        statements = List.copyOf(statements);
        artifacts = List.copyOf(artifacts);
        answers = List.copyOf(answers);
        quotes = List.copyOf(quotes);
        figures = List.copyOf(figures);
        models = List.copyOf(models);
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * How a question was asked. Immutable.
     *
     * @param agent who was to answer, or {@code auto}
     * @param model the name of a configuration; empty for the usual one
     * @param sources the ids of the data sets and databases that it is about
     * @param documents whether it is about the documents too
     */
    public record Asked(String agent, String model, List<String> sources, boolean documents) {
        public Asked {
            sources = List.copyOf(sources);
        }
    }

    /**
     * Words of a document. Immutable.
     *
     * @param document its id
     * @param name of the document, for people
     * @param page from 1; 0 when its format has none
     * @param text the words, on one line
     * @param from where they begin in the text of the document
     * @param to where they end there, exclusive
     */
    public record Quote(String document, String name, int page, String text, long from, long to) {}

    /**
     * A number that an answer states. Immutable.
     *
     * @param text as it stands there
     * @param start where it begins in the answer
     * @param basis {@code stated}, {@code derived}, {@code asked}, {@code customary} or {@code unsupported}
     */
    public record StatedFigure(String text, int start, String basis) {}

    /**
     * Why there is no answer, or not the whole one. Immutable.
     *
     * @param code what went wrong, the name of an {@link ErrorCode}
     * @param what in one sentence
     * @param mend what to do now
     */
    public record Problem(String code, String what, String mend) {}

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
        List<String> answers = new ArrayList<>();
        Set<String> statements = new LinkedHashSet<>();
        Set<String> models = new LinkedHashSet<>();
        Optional<BigDecimal> cost = Optional.of(BigDecimal.ZERO);
        long input = 0;
        long output = 0;
        long millis = 0;
        for (JsonNode agent : detail.path("agents")) {
            JsonNode usage = agent.path("usage");
            input += usage.path("input_tokens").asLong();
            output += usage.path("output_tokens").asLong();
            cost = usage.path("cost").isNumber()
                    ? cost.map(sum -> sum.add(usage.path("cost").decimalValue()))
                    : Optional.empty();
            if (!agent.path("model").asText().isEmpty()) {
                models.add(agent.path("model").asText());
            }
            for (JsonNode step : agent.path("steps")) {
                millis += step.path("millis").asLong();
                collect(agent.path("agent").asText(), step, tools, statements);
                Optional.of(step.path("answer"))
                        .filter(JsonNode::isObject)
                        .ifPresent(answer -> answers.add(answer.toString()));
            }
        }
        return new ChatTrace(
                asked(message, detail),
                detail.path("status").asText(),
                texts(detail.path("routing").path("choices"), "agent"),
                detail.path("routing").path("by").asText(),
                detail.path("routing").path("why").asText(),
                tools,
                List.copyOf(statements),
                texts(detail.path("artifacts"), ""),
                answers,
                Quotes.of(tools),
                figures(detail.path("figures")),
                detail.path("figures_complete").asBoolean(true),
                List.copyOf(models),
                input,
                output,
                cost,
                millis,
                problem(detail.path("problem")));
    }

    private static Optional<Asked> asked(Message message, JsonNode detail) {
        return message.role() == Message.Role.USER
                ? Optional.of(new Asked(
                        detail.path("agent").asText(ChatRequest.AUTO),
                        detail.path("model").asText(),
                        texts(detail.path("sources"), ""),
                        detail.path("documents").asBoolean()))
                : Optional.empty();
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

    private static List<StatedFigure> figures(JsonNode figures) {
        List<StatedFigure> stated = new ArrayList<>();
        for (JsonNode figure : figures) {
            stated.add(new StatedFigure(
                    figure.path("text").asText(),
                    figure.path("start").asInt(),
                    figure.path("basis").asText()));
        }
        return stated;
    }

    private static Optional<Problem> problem(JsonNode problem) {
        return problem.isObject()
                ? Optional.of(new Problem(
                        problem.path("code").asText(),
                        problem.path("what").asText(),
                        problem.path("mend").asText()))
                : Optional.empty();
    }

    private static List<String> texts(JsonNode array, String member) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add((member.isEmpty() ? each : each.path(member)).asText()));
        return texts;
    }
}
