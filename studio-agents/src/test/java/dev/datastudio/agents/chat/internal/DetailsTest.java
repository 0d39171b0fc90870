package dev.datastudio.agents.chat.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.CheckStep;
import dev.datastudio.agents.agent.AgentStep.ModelStep;
import dev.datastudio.agents.agent.AgentStep.PlannerStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.chat.ChatContext;
import dev.datastudio.agents.chat.ChatContext.Enriched;
import dev.datastudio.agents.chat.ChatReply;
import dev.datastudio.agents.chat.ChatReply.MemoryUse;
import dev.datastudio.agents.chat.ChatRequest;
import dev.datastudio.agents.chat.Routing;
import dev.datastudio.agents.chat.internal.Details.EarlierCall;
import dev.datastudio.agents.figure.FigureReport;
import dev.datastudio.core.conversation.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DetailsTest {
    private static Message message(Message.Role role, String text, String detail) {
        return new Message(2, 1, role, text, detail, Instant.EPOCH);
    }

    @Test
    void everyKindOfStepIsKept() {
        Duration took = Duration.ofMillis(3);
        List<AgentStep> steps = List.of(
                new ModelStep(1, "m", "Look", List.of("c1"), 5, 6, took),
                new ToolStep("c1", "sql_query", "{\"a\":1}", "42", false, List.of("k"), took),
                new PlannerStep(
                        Answer.builder("a", AnswerStatus.AMBIGUOUS)
                                .alternatives(List.of(new Answer.Alternative("by month", "Sales by month")))
                                .build(),
                        took),
                new CheckStep(2, List.of("7"), took));
        assertEquals(
                Set.copyOf(Arrays.asList(AgentStep.class.getPermittedSubclasses())),
                steps.stream().map(Object::getClass).collect(Collectors.toSet()));
        AgentReply agent = new AgentReply(
                "r",
                "sql_expert",
                Status.ANSWERED,
                "42",
                List.of(),
                steps,
                FigureReport.NONE,
                "m",
                AgentReply.Usage.NONE,
                Optional.empty());
        Routing routing = new Routing(
                List.of(new Routing.Choice("sql_expert", "q")), Routing.Order.TOGETHER, Routing.By.RULES, "why");

        String detail = Details.answer(new ChatReply(
                "c",
                1,
                2,
                Status.ANSWERED,
                "42",
                routing,
                List.of(agent),
                FigureReport.NONE,
                MemoryUse.NOTHING,
                Optional.empty()));

        for (String type : List.of("model", "tool", "planner", "check")) {
            assertTrue(detail.contains("\"type\":\"" + type + "\""), detail);
        }
        assertTrue(detail.contains("\"question\":\"Sales by month\""), detail);
        assertEquals(
                List.of(new EarlierCall("c1", "sql_query", "{\"a\":1}", "42")),
                Details.calls(message(Message.Role.ASSISTANT, "42", detail)));
    }

    @Test
    void aQuestionIsReadAsItWasAsked() {
        ChatRequest request = new ChatRequest(
                "Why?",
                "c",
                "sql_expert",
                "m",
                new ChatContext(List.of("s"), true, "i", "p", new Enriched("1", "2", "3", "4", "5", "6")));

        assertEquals(request, Details.question("c", message(Message.Role.USER, "Why?", Details.question(request))));
        assertEquals(ChatRequest.of("Why?").in("c"), Details.question("c", message(Message.Role.USER, "Why?", "{}")));
        assertEquals(ChatRequest.of("Why?").in("c"), Details.question("c", message(Message.Role.USER, "Why?", "")));
    }
}
