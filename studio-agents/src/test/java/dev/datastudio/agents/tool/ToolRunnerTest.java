package dev.datastudio.agents.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows A12, P6: what a model gets for a call, right or wrong. */
class ToolRunnerTest {
    private final Studio studio = Studio.inMemory();
    private final ToolRegistry registry = ToolRegistry.of(studio);
    private final List<ToolEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    private record Text(String text, Optional<Integer> times) {}

    @BeforeEach
    void register() {
        registry.register(Tools.reading(
                "repeat",
                "Repeats a text",
                Text.class,
                (given, context) ->
                        ToolResult.of(given.text().repeat(given.times().orElse(1)))));
        registry.register(Tools.writing(
                "keep",
                "Keeps a text",
                Text.class,
                (given, context) -> ToolResult.of("kept " + writes.incrementAndGet())));
        registry.register(Tools.reachingOut(
                "send",
                "Sends a text",
                Text.class,
                (given, context) -> ToolResult.of("sent " + writes.incrementAndGet())));
        registry.register(Tools.reading("break", "Breaks", Text.class, (given, context) -> {
            throw new IllegalStateException("the key is s3cret");
        }));
        registry.register(Tools.reading("refuse", "Refuses", Text.class, (given, context) -> {
            throw new IllegalArgumentException("text must be Latin");
        }));
        registry.register(Tools.reading("hang", "Never ends", Text.class, (given, context) -> {
            context.cancellation().onCancel(stopped::countDown);
            begun.countDown();
            return hang();
        }));
    }

    private static ToolResult hang() {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        } catch (InterruptedException e) {
            throw Cancellation.cancelledError();
        }
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private ToolRunner.Builder runner() {
        return ToolRunner.builder(registry).listener(events::add);
    }

    private ToolResult run(ToolRunner runner, String tool, String arguments) {
        return runner.run(new ToolCall(tool, arguments), ToolContext.of(studio.caller()));
    }

    @Test
    void runsAToolThatReads() {
        ToolResult result = run(runner().build(), "repeat", "{\"text\":\"ab\",\"times\":3}");

        assertEquals(new ToolResult("ababab", false, List.of()), result);
        assertInstanceOf(ToolEvent.Started.class, events.get(0));
        ToolEvent.Finished finished = assertInstanceOf(ToolEvent.Finished.class, events.get(1));
        assertEquals(List.of("repeat", 6, 0), List.of(finished.tool(), finished.characters(), finished.cut()));
    }

    @Test
    void takesAnOptionalNullAsLeftOut() {
        assertEquals(
                "ab",
                run(runner().build(), "repeat", "{\"text\":\"ab\",\"times\":null}")
                        .text());
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        ToolResult result = run(runner().build(), "repeat", "{\"text\":\"ab\",\"times\":\"3\"}");

        assertTrue(result.isError());
        assertEquals(
                "Error INVALID_ARGUMENT: The arguments do not fit: times is the text '3' (Give a whole number). Call the"
                        + " tool again with arguments that fit its schema.",
                result.text());
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                assertInstanceOf(ToolEvent.Refused.class, events.get(0)).code());
    }

    @Test
    void checksArgumentsOfBuiltInToolsBeforeTheyRun() {
        ToolResult result = run(runner().build(), "sql_query", "{\"source_id\":\"x\",\"limit\":0}");

        assertTrue(result.text().contains("the object has no 'sql'"), result.text());
        assertTrue(result.text().contains("limit is 0 (Give at least 1)"), result.text());
    }

    @Test
    void namesTheNearestToolForAnUnknownOne() {
        ToolResult result = run(runner().build(), "repaet", "{}");

        assertEquals(
                "Error TOOL_NOT_FOUND: There is no tool 'repaet'. Use 'repeat', if that is what you want.",
                result.text());
    }

    @Test
    void showsHostileNamesInOneShortLine() {
        run(runner().build(), "x\n[admin] ".repeat(50), "{}");

        String name = assertInstanceOf(ToolEvent.Refused.class, events.get(0)).tool();
        assertFalse(name.contains("\n"));
        assertEquals(64, name.length());
    }

    @Test
    void runsNothingThatWritesOrReachesOutUnlessApproved() {
        ToolResult written = run(runner().build(), "keep", "{\"text\":\"a\"}");
        ToolResult sent = run(runner().build(), "send", "{\"text\":\"a\"}");

        assertEquals(
                "Error TOOL_REFUSED: The tool 'keep' changes data and was not approved: nobody is there to approve it."
                        + " Go on without it, and tell the user what you would have done with it.",
                written.text());
        assertTrue(sent.text().contains("reaches beyond the studio"), sent.text());
        assertEquals(0, writes.get());
    }

    @Test
    void asksForApprovalWithTheCheckedArguments() {
        List<Approval.Request> asked = new CopyOnWriteArrayList<>();
        ToolRunner runner = runner().approval(request -> {
                    asked.add(request);
                    return new Approval.Approved();
                })
                .build();

        run(runner, "keep", "{}");
        ToolResult kept = run(runner, "keep", "{ \"text\" : \"a\", \"times\" : null }");

        assertEquals("kept 1", kept.text());
        assertEquals(
                List.of(new ToolCall("keep", "{\"text\":\"a\"}")),
                asked.stream().map(Approval.Request::call).toList());
        assertEquals(SideEffect.WRITE, asked.get(0).sideEffect());
    }

    @Test
    void allowsASideEffectButNoOther() {
        ToolRunner runner =
                runner().approval(Approval.allowing(SideEffect.EXTERNAL)).build();

        assertEquals("sent 1", run(runner, "send", "{\"text\":\"a\"}").text());
        assertTrue(run(runner, "keep", "{\"text\":\"a\"}").isError());
    }

    @Test
    void runsNothingThatIsNotAmongTheToolsOfAnAgent() {
        ToolRunner runner = ToolRunner.builder(registry.only(List.of("repeat"))).build();

        assertEquals(
                "Error TOOL_NOT_FOUND: There is no tool 'count_rows'. Use one of [repeat].",
                run(runner, "count_rows", "{}").text());
    }

    @Test
    void cutsALongResultAndSaysByHowMuch() {
        ToolRunner runner =
                runner().limits(ToolLimits.DEFAULT.withMaxResultCharacters(200)).build();

        ToolResult result = run(runner, "repeat", "{\"text\":\"😀\",\"times\":150}");
        ToolResult odd = run(runner, "repeat", "{\"text\":\"a😀\",\"times\":100}");

        assertTrue(
                result.text()
                        .endsWith("[Cut here: 200 of 300 characters shown. Ask for less, such as fewer rows or"
                                + " columns, to see the rest.]"),
                result.text());
        assertTrue(odd.text().contains("199 of 300"), odd.text());
        assertEquals(
                100, assertInstanceOf(ToolEvent.Finished.class, events.get(1)).cut());
    }

    @Test
    void keepsWhatABrokenToolSaysToTheLog() {
        ToolResult result = run(runner().build(), "break", "{\"text\":\"a\"}");

        assertEquals(
                "Error INTERNAL: The tool 'break' broke. Go on without it; the log of the program says why.",
                result.text());
        assertEquals(
                ErrorCode.INTERNAL,
                assertInstanceOf(ToolEvent.Failed.class, events.get(1)).code());
    }

    @Test
    void repeatsWhatAToolSaysOfItsArguments() {
        assertTrue(run(runner().build(), "refuse", "{\"text\":\"a\"}").text().contains("text must be Latin"));
    }

    @Test
    void leavesAToolBehindThatTakesTooLong() throws InterruptedException {
        ToolRunner runner = runner().limits(ToolLimits.DEFAULT.withTimeout(Duration.ofMillis(30)))
                .build();

        ToolResult result;
        do { // on a busy machine the time may be over before the tool has begun, and then it never begins
            result = run(runner, "hang", "{\"text\":\"a\"}");
        } while (begun.getCount() > 0);

        assertEquals(
                "Error LIMIT_EXCEEDED: The tool 'hang' took longer than 30 ms. Ask it for less, or go on without it.",
                result.text());
        stopped.await();
    }

    @Test
    void endsWhenItIsCancelled() throws InterruptedException {
        Cancellation cancellation = Cancellation.create();
        ToolContext context = new ToolContext(studio.caller(), cancellation, ProgressListener.NONE);
        Thread canceller = new Thread(() -> {
            try {
                begun.await();
                cancellation.cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        canceller.start();

        StudioException cancelled = assertThrows(
                StudioException.class, () -> runner().build().run(new ToolCall("hang", "{\"text\":\"a\"}"), context));

        assertEquals(ErrorCode.CANCELLED, cancelled.code());
        stopped.await();
        canceller.join();
    }

    @Test
    void recordsEachCallWithoutItsArguments() {
        run(runner().build(), "repeat", "{\"text\":\"s3cret\"}");
        run(runner().build(), "nothing like it", "{\"text\":\"s3cret\"}");

        studio.audit().appendNow(AuditEvent.of(studio.caller(), "test.end", List.of()));
        String log = studio.audit()
                .list(AuditQuery.of(studio.caller().tenant()))
                .records()
                .toString();

        assertTrue(log.contains("tool.call"), log);
        assertTrue(log.contains("subjects=[repeat]"), log);
        assertTrue(log.contains("millis="), log);
        assertFalse(log.contains("s3cret"), log);
    }

    @Test
    void looksUpTheToolsOfTheCallerOfTheCall() {
        Caller ann = new Caller("north", "ann");
        registry.as(ann).disable("repeat");

        ToolResult result = runner().build().run(new ToolCall("repeat", "{\"text\":\"a\"}"), ToolContext.of(ann));

        assertTrue(result.text().contains("It is switched off for this organisation"), result.text());
        assertEquals("a", run(runner().build(), "repeat", "{\"text\":\"a\"}").text());
    }
}
