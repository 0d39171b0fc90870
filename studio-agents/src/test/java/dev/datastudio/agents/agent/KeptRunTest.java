package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.testkit.model.ModelProtocol;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that outlast the process (A11). */
@Timeout(60)
class KeptRunTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final AgentSpec SPEC = AgentSpec.of("clerk", "Clerk", "You keep the books.");
    private static final AgentTask TASK =
            AgentTask.of("clerk", "Book 5.").keptAs("run-1").approvedBy(Approval.allowing(SideEffect.WRITE));

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final AtomicInteger booked = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    record Amount(int value) {}

    private Studio open(Path workspace, Instant now) {
        Studio studio = Studio.builder()
                .workspace(workspace)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
        Agents.of(studio).define(SPEC, List.of(Tools.writing("book", "Books", Amount.class, (amount, context) -> {
            booked.incrementAndGet();
            if (amount.value() < 0) {
                begun.countDown();
                awaitForever();
            }
            return ToolResult.of("Booked " + amount.value());
        })));
        return studio;
    }

    private Studio openFirst(Path workspace) {
        Studio studio = open(workspace, NOW);
        ModelSpec spec = new ModelSpec(
                "Scripted",
                Provider.GENERIC,
                "scripted-1",
                server.baseUrl(ModelProtocol.OPENAI),
                ModelParameters.DEFAULT.withMaxRetries(0));
        Models.of(studio).configs().create(spec, ModelScope.TENANT, Secret.of("key-1"));
        return studio;
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AgentReply resumed(Studio studio) {
        return Agents.of(studio).resume("run-1", TASK.approval(), AgentListener.NONE, Cancellation.none());
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((any, error) -> {}); // it ends when its studio is closed
        thread.start();
        return thread;
    }

    @Test
    void aRunThatWasCutOffGoesOnAndRepeatsNoFinishedTool() throws Exception {
        server.inTurn(
                ModelReply.toolCall("book", "{\"value\":5}"),
                ModelReply.pieces("I ", "booked").stalledAfter(1),
                ModelReply.text("Booked."));
        Path after = folder.resolve("after");
        Thread running;
        try (Studio studio = openFirst(folder.resolve("before"))) {
            running = started(() -> Agents.of(studio).run(TASK));
            server.awaitRequest(2, SOON);
            copy(folder.resolve("before"), after);
        }
        running.join();

        // What a power cut would have left, half a minute later: nobody has ended the run in this copy.
        try (Studio studio = open(after, NOW.plusSeconds(31))) {
            List<String> unfinished = Agents.of(studio).unfinished();
            AgentReply reply = resumed(studio);

            assertEquals(List.of("run-1"), unfinished);
            assertEquals(Status.ANSWERED, reply.status());
            assertEquals("Booked.", reply.text());
            assertEquals(1, booked.get());
            assertEquals(4, reply.steps().size());
            assertEquals("Booked 5", ((ToolStep) reply.steps().get(1)).text());
            assertEquals(List.of(), Agents.of(studio).unfinished());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(file -> !Files.isDirectory(file)).forEach(file -> {
                try {
                    Path copy = to.resolve(from.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void aToolThatWasCutOffWhileItWroteIsNotRepeatedAndTheModelIsToldSo() throws Exception {
        server.inTurn(ModelReply.toolCall("book", "{\"value\":-5}"), ModelReply.text("I don't know if it is booked."));
        Thread running;
        try (Studio studio = openFirst(folder)) {
            running = started(() -> Agents.of(studio).run(TASK));
            begun.await();
        }
        running.join();

        try (Studio studio = open(folder, NOW)) {
            AgentReply reply = resumed(studio);

            assertEquals(1, booked.get());
            assertEquals("I don't know if it is booked.", reply.text());
            ToolStep step = (ToolStep) reply.steps().get(1);
            assertTrue(step.isError());
            assertTrue(step.text().contains("nobody knows whether it did what it should"), step.text());
        }
    }

    @Test
    void whoWaitsForARunThatTheEndOfTheStudioCutsOffIsToldSoAndItIsWrittenDown() throws Exception {
        for (AgentTask task : List.of(TASK, AgentTask.of("clerk", "Book 6."))) {
            int before = server.requests().size();
            server.inTurn(ModelReply.pieces("I ", "booked").stalledAfter(1));
            CompletableFuture<String> told = new CompletableFuture<>();
            Studio studio = before == 0 ? openFirst(folder) : open(folder, NOW);
            Thread running = new Thread(() -> {
                try {
                    told.complete(Agents.of(studio).run(task).toString());
                } catch (StudioException e) {
                    told.complete(e.code() + Arrays.toString(e.getSuppressed()));
                } catch (RuntimeException e) {
                    told.completeExceptionally(e);
                }
            });
            running.start();
            server.awaitRequest(before + 1, SOON);

            studio.close();
            running.join();

            assertEquals("CANCELLED[]", told.get());
        }
        try (Studio next = open(folder, NOW)) {
            assertEquals(List.of("run-1"), Agents.of(next).unfinished());
            AuditQuery runs = AuditQuery.of(next.caller().tenant()).action("agent.run");
            assertEquals(2, next.audit().count(runs.outcome(AuditEvent.Outcome.FAILED)));
        }
    }

    @Test
    void aRunThatHasEndedGivesItsReplyAgain() {
        server.inTurn(ModelReply.toolCall("book", "{\"value\":5}"), ModelReply.text("Booked."));
        AgentReply first;
        try (Studio studio = openFirst(folder)) {
            first = Agents.of(studio).run(TASK);
        }

        try (Studio studio = open(folder, NOW)) {
            assertEquals(first, resumed(studio));
            assertEquals(2, server.requests().size());
            assertEquals(1, booked.get());
            assertTrue(Agents.of(studio).forget("run-1"));
            assertFalse(Agents.of(studio).forget("run-1"));
        }
    }

    @Test
    void anIdIsUsedOnce() {
        server.inTurn(ModelReply.text("Booked."));
        try (Studio studio = openFirst(folder)) {
            Agents.of(studio).run(TASK);

            StudioException twice =
                    assertThrows(StudioException.class, () -> Agents.of(studio).run(TASK));

            assertEquals(ErrorCode.THREAD_EXISTS, twice.code());
            assertTrue(twice.what().contains("'run-1'"), twice::what);
        }
    }

    @Test
    void aRunIsThereForTheUserWhoseItIsAndNobodyElse() {
        server.inTurn(ModelReply.text("Booked."));
        try (Studio studio = openFirst(folder)) {
            Agents.of(studio).run(TASK);
            Caller own = studio.caller();

            for (Caller other : List.of(new Caller(own.tenant(), "eve"), new Caller("other", own.user()))) {
                Agents theirs = Agents.of(studio).as(other);
                StudioException none = assertThrows(
                        StudioException.class,
                        () -> theirs.resume("run-1", Approval.READ_ONLY, AgentListener.NONE, Cancellation.none()));
                assertEquals(ErrorCode.THREAD_NOT_FOUND, none.code());
                assertFalse(theirs.forget("run-1"));
                assertEquals(List.of(), theirs.unfinished());
            }
        }
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        server.inTurn(ModelReply.text("Booked."), ModelReply.text("Booked."));
        try (Studio studio = openFirst(folder)) {
            Agents.of(studio).run(TASK);
        }

        try (Studio studio = open(folder, NOW.plus(Duration.ofDays(8)))) {
            Agents.of(studio).run(TASK.keptAs("run-2"));

            StudioException none = assertThrows(StudioException.class, () -> resumed(studio));
            assertEquals(ErrorCode.THREAD_NOT_FOUND, none.code());
        }
    }
}
