package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.testkit.model.ModelReply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One message at a time, and how it is stopped (A18). */
@Timeout(60)
class ChatStopTest {
    private static final ChatRequest HELLO = ChatRequest.of("Hello").to("data_analyst");

    @TempDir
    Path folder;

    @Test
    void whatWasSaidUntilAStopIsKeptAndMarked() throws InterruptedException {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.when("Hello").reply(ModelReply.pieces("Half ", "of it.").stalledAfter(1));
            ChatTurn turn = desk.chat().send(HELLO);
            CollectedEvents events = new CollectedEvents();
            turn.listen(0, events);
            events.await(CollectedEvents.token("Half "));

            turn.stop();
            ChatReply reply = turn.await();

            assertEquals(Status.STOPPED, reply.status());
            assertEquals("Half ", reply.text());
            Message kept = desk.branch(reply.conversation()).get(1);
            assertEquals("Half ", kept.text());
            assertTrue(kept.detail().contains("\"partial\":true"), kept.detail());
            assertEquals("message", events.all().get(events.all().size() - 1).name());
            assertFalse(desk.chat().stop(reply.conversation()));
        }
    }

    @Test
    void aStopWhileTheModelChoosesEndsTheTurn() throws InterruptedException {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.when(ChatDesk.routing()).reply(ModelReply.text("never").heldBy(new CountDownLatch(1)));
            ChatTurn turn = desk.chat().send(ChatRequest.of("Hello"));
            desk.server.awaitRequest(1, ChatDesk.SOON);

            desk.chat().stop(turn.conversation());
            ChatReply reply = turn.await();

            assertEquals(Status.STOPPED, reply.status());
            assertEquals("", reply.text());
            assertEquals(List.of(), reply.agents());
        }
    }

    @Test
    void aSecondMessageIsRefusedWhileOneIsAnswered() {
        try (ChatDesk desk = ChatDesk.withModel()) {
            CountDownLatch gate = new CountDownLatch(1);
            desk.server.when("Hello").reply(ModelReply.text("Hello.").heldBy(gate));
            ChatTurn turn = desk.chat().send(HELLO);

            StudioException busy =
                    assertThrows(StudioException.class, () -> desk.chat().send(HELLO.in(turn.conversation())));
            gate.countDown();
            turn.await();

            assertEquals(ErrorCode.CONVERSATION_BUSY, busy.code());
            assertEquals(2, desk.branch(turn.conversation()).size());
            assertEquals(
                    Status.ANSWERED,
                    desk.chat().send(HELLO.in(turn.conversation())).await().status());
        }
    }

    private Studio studio() {
        return Studio.builder().workspace(folder.resolve("studio")).build();
    }

    @Test
    void anotherProcessIsRefusedTooAndCanStopTheAnswer() throws InterruptedException {
        try (Studio other = studio();
                ChatDesk desk = ChatDesk.withModel(studio())) {
            desk.server.when("Hello").reply(ModelReply.pieces("Half ", "of it.").stalledAfter(1));
            ChatTurn turn = desk.chat().send(HELLO);
            CollectedEvents events = new CollectedEvents();
            turn.listen(0, events);
            events.await(CollectedEvents.token("Half "));

            StudioException busy =
                    assertThrows(StudioException.class, () -> Chat.of(other).send(HELLO.in(turn.conversation())));
            assertTrue(Chat.of(other).stop(turn.conversation()));
            desk.chat().beat();
            ChatReply reply = turn.await();

            assertEquals(ErrorCode.CONVERSATION_BUSY, busy.code());
            assertEquals(Status.STOPPED, reply.status());
            assertTrue(Chat.of(other).turn(turn.conversation()).isEmpty());
        }
    }
}
