package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.testkit.model.ModelReply;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left when a run is stopped, or its model fails (A11). */
@Timeout(60)
class AgentStopTest {
    private static final AgentSpec SPEC = AgentSpec.of("worker", "Worker", "You work.");

    private final Desk desk = Desk.withModel();
    private final Cancellation cancellation = Cancellation.create();

    @AfterEach
    void close() {
        desk.close();
    }

    record Nothing() {}

    private AgentReply run(AgentTask task) {
        return desk.run(task, cancellation);
    }

    /** Runs, and cancels at the first event of a kind. */
    private AgentReply cancelledAt(Class<? extends AgentEvent> type, AgentTask task) {
        return desk.agents()
                .run(
                        task,
                        event -> {
                            desk.events.add(event);
                            if (type.isInstance(event)) {
                                cancellation.cancel();
                            }
                        },
                        cancellation);
    }

    @Test
    void whatWasSaidUntilThenIsKeptAndTheConnectionIsCut() throws Exception {
        desk.server.inTurn(ModelReply.pieces("One. ", "Two. ", "Three.").stalledAfter(1));

        AgentReply reply = cancelledAt(AgentEvent.Token.class, AgentTask.of("data_analyst", "Count to three."));

        assertEquals(Status.STOPPED, reply.status());
        assertEquals("One. ", reply.text());
        assertEquals(AiMessage.from("One. "), reply.messages().get(1));
        desk.server.awaitAbandoned(1, Desk.SOON);
        assertTrue(desk.events.get(desk.events.size() - 1) instanceof AgentEvent.Finished);
    }

    @Test
    void aToolIsLeftAtOnceAndItsCallIsAnsweredInTheMessages() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        desk.agents().define(SPEC, List.of(Tools.reading("wait", "Waits", Nothing.class, (none, context) -> {
            context.cancellation().onCancel(told::countDown);
            begun.countDown();
            awaitForever();
            return ToolResult.of("never");
        })));
        desk.server.inTurn(ModelReply.pieces("I wait.").andToolCall("wait", "{}"));
        Thread stopping = new Thread(() -> {
            await(begun);
            cancellation.cancel();
        });
        stopping.start();

        AgentReply reply = run(AgentTask.of("worker", "Wait."));

        stopping.join();
        assertEquals(Status.STOPPED, reply.status());
        assertEquals("I wait.", reply.text());
        await(told);
        ToolExecutionResultMessage result =
                (ToolExecutionResultMessage) reply.messages().get(2);
        assertEquals("Error CANCELLED: The user stopped it before it ended.", result.text());
        assertEquals(1, desk.server.requests().size());
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nobodyIsWaitedForWhoIsToApprove() {
        AtomicBoolean ran = new AtomicBoolean();
        desk.agents().define(SPEC, List.of(Tools.writing("save", "Saves", Nothing.class, (none, context) -> {
            ran.set(true);
            return ToolResult.of("saved");
        })));
        desk.server.inTurn(ModelReply.toolCall("save", "{}"));
        Approval person = request -> {
            cancellation.cancel();
            awaitForever();
            return new Approval.Approved();
        };

        AgentReply reply = run(AgentTask.of("worker", "Save it.").approvedBy(person));

        assertEquals(Status.STOPPED, reply.status());
        assertFalse(ran.get());
        assertFalse(Thread.interrupted());
    }

    @Test
    void aRunThatIsStoppedBeforeItBeginsAsksNoModel() {
        cancellation.cancel();

        AgentReply reply = run(AgentTask.of("data_analyst", "Anything?"));

        assertEquals(Status.STOPPED, reply.status());
        assertEquals("", reply.text());
        assertEquals(List.of(), desk.server.requests());
    }

    @Test
    void aToolThatWritesRunsOnlyWhenItIsApproved() {
        AtomicBoolean ran = new AtomicBoolean();
        desk.agents().define(SPEC, List.of(Tools.writing("save", "Saves", Nothing.class, (none, context) -> {
            ran.set(true);
            return ToolResult.of("saved");
        })));
        desk.server.inTurn(
                ModelReply.toolCall("save", "{}"),
                ModelReply.text("I may not save."),
                ModelReply.toolCall("save", "{}"),
                ModelReply.text("Saved."));

        AgentReply refused = run(AgentTask.of("worker", "Save it.")
                .approvedBy(request -> new Approval.Refused("the accountant said no")));
        boolean hadRun = ran.get();
        AgentReply approved = run(AgentTask.of("worker", "Save it.").approvedBy(request -> new Approval.Approved()));

        assertFalse(hadRun);
        ToolStep step = (ToolStep) refused.steps().get(1);
        assertTrue(step.isError());
        assertTrue(step.text().contains("was not approved: the accountant said no"), step.text());
        assertEquals("I may not save.", refused.text());
        assertTrue(ran.get());
        assertEquals("saved", ((ToolStep) approved.steps().get(1)).text());
    }

    @Test
    void anAnswerThatBreaksOffIsKeptWithWhatToDo() {
        desk.server.inTurn(ModelReply.pieces("The total ", "is ", "130.").cutAfter(2));

        AgentReply reply = run(AgentTask.of("data_analyst", "What is the total?"));

        assertEquals(Status.FAILED, reply.status());
        assertEquals("The total is ", reply.text());
        AgentReply.Problem problem = reply.problem().orElseThrow();
        assertEquals(ErrorCode.MODEL_FAILED, problem.code());
        assertFalse(problem.mend().isBlank());
    }

    @Test
    void aModelThatRefusesIsNotReplacedByAnything() {
        desk.server.inTurn(ModelReply.error(401, "Incorrect API key"));

        AgentReply reply = run(AgentTask.of("data_analyst", "How many rows are there?")
                .about(desk.orders().id().toString()));

        assertEquals(Status.FAILED, reply.status());
        assertEquals(ErrorCode.MODEL_REFUSED, reply.problem().orElseThrow().code());
        assertEquals("", reply.text());
        assertEquals(1, reply.steps().size());
    }

    @Test
    void anAgentWhoseModelIsGoneSaysSo() {
        AgentConfig config = desk.agents().configs().get("data_analyst");
        desk.agents().configs().update(0, config.spec().withModel("Scripted"));
        Models models = Models.of(desk.studio);
        models.configs().delete(models.config("Scripted").id());

        AgentReply reply = run(AgentTask.of("data_analyst", "How many rows are there?"));

        assertEquals(Status.FAILED, reply.status());
        assertTrue(reply.problem().orElseThrow().what().contains("'Scripted'"));
    }

    @Test
    void whatAListenerThrowsEndsTheRun() throws Exception {
        desk.server.inTurn(ModelReply.pieces("One. ", "Two.").stalledAfter(1));
        IllegalStateException gone = new IllegalStateException("the browser went away");

        StudioException thrown = assertThrows(
                StudioException.class,
                () -> desk.agents()
                        .run(
                                AgentTask.of("data_analyst", "Count."),
                                event -> {
                                    if (event instanceof AgentEvent.Token) {
                                        throw gone;
                                    }
                                },
                                cancellation));

        assertSame(gone, thrown.getCause());
        desk.server.awaitAbandoned(1, Desk.SOON);
    }
}
