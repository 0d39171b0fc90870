package dev.datastudio.agents.chat.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.agent.AgentReply.Problem;
import dev.datastudio.agents.chat.ChatTrace;
import dev.datastudio.agents.chat.ChatTrace.Asked;
import dev.datastudio.agents.chat.ChatTrace.Quote;
import dev.datastudio.agents.chat.ChatTrace.StatedFigure;
import dev.datastudio.agents.chat.ChatTrace.ToolUse;
import dev.datastudio.agents.chat.ChatTrace.Use;
import dev.datastudio.agents.chat.Routing;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.core.conversation.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link Details} wrote. Not thread-safe; one for each message. */
public final class TraceReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUERY_DOCUMENTS = "query_documents";

    /** How {@code query_documents} tells a quote; everything that it says of a document stands on one line. */
    private static final Pattern QUOTE = Pattern.compile(
            "^  source: (?<name>.+) \\((?<document>[^() ]+)\\)(?:, page (?<page>\\d{1,9}))?"
                    + ", characters (?<from>\\d{1,18})-(?<to>\\d{1,18}): \"(?<text>.*)\"$",
            Pattern.MULTILINE);

    private final List<ToolUse> tools = new ArrayList<>();
    private final Set<String> statements = new LinkedHashSet<>();
    private final List<String> answers = new ArrayList<>();
    private final Set<Quote> quotes = new LinkedHashSet<>();
    private final Set<String> models = new LinkedHashSet<>();
    private long tokensIn;
    private long tokensOut;
    private Optional<BigDecimal> cost = Optional.of(BigDecimal.ZERO);
    private long millis;

    private TraceReader() {}

    /** The trace of a message. */
    public static ChatTrace read(Message message) {
        return new TraceReader().trace(message, Details.read(message));
    }

    private ChatTrace trace(Message message, JsonNode detail) {
        JsonNode routing = detail.path("routing");
        boolean isTogether = routing.path("order").asText().equals(Routing.Order.TOGETHER.jsonName());
        for (JsonNode agent : detail.path("agents")) {
            long took = agent(agent);
            millis = isTogether ? Math.max(millis, took) : millis + took;
        }
        return new ChatTrace(
                detail.path("status").asText(),
                message.role() == Message.Role.USER ? Optional.of(asked(message, detail)) : Optional.empty(),
                texts(routing.path("choices"), "agent"),
                routing.path("by").asText(),
                routing.path("why").asText(),
                tools,
                List.copyOf(statements),
                texts(detail.path("artifacts"), ""),
                answers,
                List.copyOf(quotes),
                figures(detail.path("figures")),
                detail.path("figures_complete").asBoolean(true),
                new Use(List.copyOf(models), tokensIn, tokensOut, cost, millis),
                problem(detail.path("problem")));
    }

    private static Asked asked(Message message, JsonNode detail) {
        return new Asked(detail.path("agent").asText(), detail.path("model").asText(), Details.sources(message));
    }

    /** Takes what one agent did; gives how long it took. */
    private long agent(JsonNode agent) {
        JsonNode usage = agent.path("usage");
        tokensIn += usage.path("input_tokens").asLong();
        tokensOut += usage.path("output_tokens").asLong();
        cost = usage.path("cost").isNumber()
                ? cost.map(sum -> sum.add(usage.path("cost").decimalValue()))
                : Optional.empty();
        Optional.of(agent.path("model").asText())
                .filter(model -> !model.isEmpty())
                .ifPresent(models::add);
        long took = 0;
        for (JsonNode step : agent.path("steps")) {
            took += step.path("millis").asLong();
            step(agent.path("agent").asText(), step);
        }
        return took;
    }

    private void step(String agent, JsonNode step) {
        step.path("statements").forEach(statement -> statements.add(statement.asText()));
        if (step.path("answer").isObject()) {
            answers.add(step.path("answer").toString());
        }
        if (step.path("type").asText().equals("tool")) {
            ToolUse use = new ToolUse(
                    agent,
                    step.path("tool").asText(),
                    step.path("arguments").asText(),
                    step.path("text").asText(),
                    step.path("millis").asLong(),
                    step.path("error").asBoolean());
            tools.add(use);
            if (!use.isError()) {
                sql(use.arguments()).ifPresent(statements::add);
                quotes(use);
            }
        }
    }

    private static Optional<String> sql(String arguments) {
        try {
            JsonNode sql = JSON.readTree(arguments).path("sql");
            return sql.isTextual() ? Optional.of(sql.asText()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a model may write anything
        }
    }

    private void quotes(ToolUse use) {
        if (!use.name().equals(QUERY_DOCUMENTS)) {
            return;
        }
        Matcher found = QUOTE.matcher(use.result());
        while (found.find()) {
            quotes.add(new Quote(
                    found.group("document"),
                    found.group("name"),
                    found.group("page") == null ? 0 : Integer.parseInt(found.group("page")),
                    found.group("text"),
                    Long.parseLong(found.group("from")),
                    Long.parseLong(found.group("to"))));
        }
    }

    private static List<StatedFigure> figures(JsonNode figures) {
        List<StatedFigure> stated = new ArrayList<>();
        figures.forEach(figure -> stated.add(new StatedFigure(
                figure.path("text").asText(),
                figure.path("start").asInt(),
                figure.path("basis").asText())));
        return stated;
    }

    private static Optional<Problem> problem(JsonNode problem) {
        if (!problem.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                code(problem.path("code").asText()),
                problem.path("what").asText(),
                problem.path("mend").asText()));
    }

    /** A code of a later version is not known here. */
    private static ErrorCode code(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }

    private static List<String> texts(JsonNode array, String member) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add((member.isEmpty() ? each : each.path(member)).asText()));
        return texts;
    }
}
