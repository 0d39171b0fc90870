package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.chat.ChatEvent.ApprovalAsked;
import dev.datastudio.agents.chat.ChatEvent.ApprovalDecided;
import dev.datastudio.agents.tool.Approval.Approved;
import dev.datastudio.agents.tool.Approval.Refused;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.testkit.model.ModelReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools of a conversation that do more than read wait for whoever asked (A18, P9). */
@Timeout(60)
class ChatApprovalTest {
    private static final String CALL = "{\"to\":\"ada@example.org\"}";

    private final ChatDesk desk = ChatDesk.withModel();
    private final AtomicInteger sent = new AtomicInteger();
    private final CollectedEvents events = new CollectedEvents();

    record Mail(String to) {}

    @BeforeEach
    void tool() {
        ToolRegistry.of(desk.studio)
                .register(Tools.reachingOut("send_mail", "Sends a mail", Mail.class, (mail, context) -> {
                    sent.incrementAndGet();
                    return ToolResult.of("Sent.");
                }));
        Agents agents = Agents.of(desk.studio);
        AgentConfig config = agents.configs().get("data_analyst");
        agents.configs().update(config.revision(), config.spec().withTools(List.of("send_mail")));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private ChatTurn asked(Duration limit) {
        desk.server.inTurn(ModelReply.toolCall("send_mail", CALL), ModelReply.text("Done."));
        ChatTurn turn = desk.chat()
                .askingForApproval(limit)
                .send(ChatRequest.of("Mail it to Ada").to("data_analyst"));
        turn.listen(0, events);
        return turn;
    }

    private ApprovalAsked waiting() throws InterruptedException {
        return (ApprovalAsked)
                events.await(event -> event.content() instanceof ApprovalAsked).content();
    }

    @Test
    void aToolRunsOnceItIsApproved() throws InterruptedException {
        ChatTurn turn = asked(Duration.ofMinutes(1));

        ApprovalAsked asked = waiting();
        int before = sent.get();
        boolean isTaken = turn.decide(asked.approval(), new Approved());
        ChatReply reply = turn.await();

        assertEquals(0, before);
        assertTrue(isTaken);
        assertEquals(new ApprovalAsked("data_analyst", "1", "send_mail", CALL, SideEffect.EXTERNAL), asked);
        assertEquals(1, sent.get());
        assertEquals("Done.", reply.text());
        events.await(event -> event.content().equals(new ApprovalDecided("1", ApprovalDecided.Outcome.APPROVED)));
        assertFalse(turn.decide("1", new Approved()), "it is decided once");
    }

    @Test
    void aToolThatIsRefusedRunsNotAndTheModelIsToldWhy() throws InterruptedException {
        ChatTurn turn = asked(Duration.ofMinutes(1));

        turn.decide(waiting().approval(), new Refused("the user did not want it"));
        turn.await();

        assertEquals(0, sent.get());
        String told = desk.server.requests().get(1).lastText();
        assertTrue(told.contains("was not approved: the user did not want it"), told);
    }

    @Test
    void whatNobodyDecidesInTimeMayNotRun() throws InterruptedException {
        ChatTurn turn = asked(Duration.ofMillis(50));

        turn.await();

        assertEquals(0, sent.get());
        events.await(event -> event.content().equals(new ApprovalDecided("1", ApprovalDecided.Outcome.REFUSED)));
        assertThrows(IllegalArgumentException.class, () -> desk.chat().askingForApproval(Duration.ZERO));
    }

    @Test
    void aStopEndsTheWaiting() throws InterruptedException {
        ChatTurn turn = asked(Duration.ofMinutes(1));
        waiting();

        turn.stop();

        assertEquals(Status.STOPPED, turn.await().status());
        assertEquals(0, sent.get());
    }
}
