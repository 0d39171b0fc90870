package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That no model keeps an agent busy for ever (R8). */
@Timeout(60)
class AgentLimitsTest {
    private static final AgentSpec SPEC =
            AgentSpec.of("counter", "Counter", "You count.").withLimits(AgentLimits.DEFAULT.withMaxSteps(4));

    private final Desk desk = Desk.withModel();
    private final AtomicInteger called = new AtomicInteger();

    @AfterEach
    void close() {
        desk.close();
    }

    record Step(int value) {}

    private Tool next() {
        return Tools.reading("next", "The next number", Step.class, (step, context) -> {
            called.incrementAndGet();
            if (step.value() < 0) {
                throw new IllegalArgumentException("value must be at least 0");
            }
            return ToolResult.of("It is " + (step.value() + 1));
        });
    }

    private AgentReply ask(AgentSpec spec) {
        desk.agents().define(spec, List.of(next()));
        return desk.run(AgentTask.of(spec.id(), "Count."));
    }

    private static ModelReply calling(int value) {
        return ModelReply.toolCall("next", "{\"value\":" + value + "}");
    }

    private static List<ToolStep> tools(AgentReply reply) {
        List<ToolStep> steps = new ArrayList<>();
        reply.steps().forEach(step -> {
            if (step instanceof ToolStep tool) {
                steps.add(tool);
            }
        });
        return steps;
    }

    @Test
    void atTheLastStepTheModelAnswersFromWhatWasFound() {
        desk.server.inTurn(calling(1), calling(2), calling(3), ModelReply.text("I got as far as 4."));

        AgentReply reply = ask(SPEC);

        assertEquals(Status.LIMIT_REACHED, reply.status());
        assertEquals("I got as far as 4.", reply.text());
        assertEquals(3, called.get());
        ModelRequest last = desk.server.requests().get(3);
        assertTrue(last.lastText().startsWith("No more tools can be called."), last::lastText);
        assertTrue(last.json().contains("\"tool_choice\":\"none\""), last::json);
    }

    @Test
    void aModelThatWantsMoreToolsAtTheLastStepGetsNoneAndWhatWasFoundIsShown() {
        desk.server.inTurn(calling(1), calling(2), calling(3), calling(4));

        AgentReply reply = ask(SPEC);

        assertEquals(Status.LIMIT_REACHED, reply.status());
        assertEquals(3, called.get());
        assertTrue(reply.text().startsWith("No answer was found within the limits of one run."), reply.text());
        assertTrue(reply.text().contains("It is 4"), reply.text());
    }

    @Test
    void aCallThatFailedIsNotCarriedOutAgain() {
        desk.server.inTurn(
                calling(-1), ModelReply.toolCall("next", " { \"value\" : -1 } "), ModelReply.text("It can't be."));

        AgentReply reply = ask(SPEC);

        assertEquals(1, called.get());
        assertEquals(Status.ANSWERED, reply.status());
        assertTrue(
                tools(reply).get(0).text().contains("value must be at least 0"),
                () -> tools(reply).toString());
        assertTrue(
                tools(reply).get(1).text().startsWith("This same call failed before"),
                () -> tools(reply).toString());
    }

    @Test
    void aModelThatRepeatsAFailingCallMustAnswer() {
        desk.server
                .when(request -> !request.lastText().startsWith("No more tools"))
                .reply(calling(-1));
        desk.server.when("No more tools").reply(ModelReply.text("I can't count below 0."));

        AgentReply reply = ask(SPEC.withLimits(AgentLimits.DEFAULT.withMaxSteps(40)));

        assertEquals(1, called.get());
        assertEquals(4, desk.server.requests().size());
        assertEquals(Status.LIMIT_REACHED, reply.status());
        assertEquals("I can't count below 0.", reply.text());
    }

    @Test
    void anUnknownToolAndWrongArgumentsAreSaidToTheModel() {
        desk.server.inTurn(
                ModelReply.toolCall("nxt", "{}").andToolCall("next", "{\"value\":\"one\"}"),
                calling(1),
                ModelReply.text("It is 2."));

        AgentReply reply = ask(SPEC);

        assertEquals(Status.ANSWERED, reply.status());
        assertTrue(
                tools(reply).get(0).text().contains("There is no tool 'nxt'"),
                () -> tools(reply).toString());
        assertTrue(
                tools(reply).get(1).text().contains("Give a whole number"),
                () -> tools(reply).toString());
        assertEquals(
                List.of(true, true, false),
                tools(reply).stream().map(ToolStep::isError).toList());
    }

    @Test
    void oneMessageGetsASoManyCallsAndNoMore() {
        ModelReply many = calling(0);
        for (int i = 1; i < 20; i++) {
            many = many.andToolCall("next", "{\"value\":" + i + "}");
        }
        desk.server.inTurn(many, ModelReply.text("Done."));

        AgentReply reply = ask(SPEC);

        assertEquals(16, called.get());
        assertEquals(20, tools(reply).size());
        assertTrue(
                tools(reply).get(19).text().contains("More than 16 calls at once"),
                () -> tools(reply).toString());
    }

    @Test
    void whenTheTokensAreUsedUpWhatWasFoundIsShown() {
        desk.server.inTurn(calling(1).usage(2_000, 10));

        AgentReply reply = ask(SPEC.withLimits(AgentLimits.DEFAULT.withMaxTokens(2_000)));

        assertEquals(Status.LIMIT_REACHED, reply.status());
        assertTrue(reply.text().contains("It is 2"), reply.text());
        assertEquals(ErrorCode.BUDGET_EXCEEDED, reply.problem().orElseThrow().code());
        assertEquals(1, desk.server.requests().size());
    }

    @Test
    void aModelThatSaysNothingIsAskedOnceMoreAndThenFails() {
        desk.server.inTurn(
                ModelReply.text(""), ModelReply.text("Here I am."), ModelReply.text(""), ModelReply.text(""));

        AgentReply mended = ask(SPEC);
        AgentReply silent = ask(SPEC);

        assertEquals("Here I am.", mended.text());
        assertEquals(2, mended.messages().size());
        assertEquals(Status.FAILED, silent.status());
        assertEquals(
                "The model 'Scripted' gave no answer, though it was asked again",
                silent.problem().orElseThrow().what());
    }
}
