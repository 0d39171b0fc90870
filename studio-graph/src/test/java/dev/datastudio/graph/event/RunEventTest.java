package dev.datastudio.graph.event;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunEventTest {
    record In() {}

    record Out(List<String> words) {}

    static final AppendChannel<String> WORDS = Channel.append("words", String.class);
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final RunId ID = new RunId("r1");

    static Graph<In, Out> graph(int tasks, NodeFunction second) {
        return Graph.define("g", 2)
                .input(In.class)
                .output(Out.class)
                .channels(WORDS)
                .node("first", (view, context) -> Update.none())
                .node("second", second)
                .edge(START, "first")
                .fanOut("first", v -> IntStream.range(0, tasks).boxed().toList(), "second")
                .edge("second", END)
                .build();
    }

    /** Runs with a clock that goes on by a second at each look, and gives what the listener was told. */
    static List<RunEvent> events(Graph<In, Out> graph) {
        List<RunEvent> told = new ArrayList<>();
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        try (Engine engine = Engine.builder()
                .clock(() -> now.getAndUpdate(at -> at.plusSeconds(1)))
                .listener(told::add)
                .build()) {
            Run<Out> run =
                    engine.start(graph, new In(), RunOptions.builder().id(ID).build());
            try {
                run.await();
            } catch (StudioException e) {
                assertEquals("broken", e.what());
            }
            assertEquals(told, run.events());
        }
        return told;
    }

    static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    @Test
    void aRunReportsEverythingInOrderWithTheTimesOfTheClock() {
        List<RunEvent> events = events(graph(1, (view, context) -> Update.none()));

        Duration second = Duration.ofSeconds(1);
        assertEquals(
                List.of(
                        new RunEvent.RunStarted(ID, 1, at(0), "g", 2),
                        new RunEvent.StepStarted(ID, 2, at(1), 1, List.of("first")),
                        new RunEvent.NodeStarted(ID, 3, at(2), 1, "first", 0),
                        new RunEvent.NodeFinished(ID, 4, at(3), 1, "first", 0, second, Update.none()),
                        new RunEvent.StepFinished(ID, 5, at(4), "", 1, state(events, 5)),
                        new RunEvent.StepStarted(ID, 6, at(5), 2, List.of("second")),
                        new RunEvent.NodeStarted(ID, 7, at(6), 2, "second", 0),
                        new RunEvent.NodeFinished(ID, 8, at(7), 2, "second", 0, second, Update.none()),
                        new RunEvent.StepFinished(ID, 9, at(8), "", 2, state(events, 9)),
                        new RunEvent.RunFinished(ID, 10, at(9), 2, Duration.ofSeconds(9))),
                events);
    }

    private static View state(List<RunEvent> events, int sequence) {
        return ((RunEvent.StepFinished) events.get(sequence - 1)).state();
    }

    @Test
    void parallelTasksReportWithoutAGapAndEachEndsOnce() {
        List<RunEvent> events = events(graph(50, (view, context) -> Update.none()));

        assertEquals(
                IntStream.rangeClosed(1, events.size()).boxed().toList(),
                events.stream().map(event -> (int) event.sequence()).toList());
        Set<Integer> started = new TreeSet<>();
        Set<Integer> finished = new TreeSet<>();
        for (RunEvent event : events) {
            if (event instanceof RunEvent.NodeStarted begin && begin.node().equals("second")) {
                assertTrue(started.add(begin.task()));
            } else if (event instanceof RunEvent.NodeFinished end && end.node().equals("second")) {
                assertTrue(started.contains(end.task()));
                assertTrue(finished.add(end.task()));
            }
        }
        assertEquals(50, finished.size());
    }

    @Test
    void aFailedRunEndsWithExactlyOneTerminalEventAfterAllItsTasks() {
        List<RunEvent> events = events(graph(20, (view, context) -> {
            throw new StudioException(ErrorCode.SQL_INVALID, "broken", "Mend it");
        }));

        List<RunEvent> terminal =
                events.stream().filter(RunEvent.Terminal.class::isInstance).toList();
        assertEquals(1, terminal.size());
        assertEquals(events.get(events.size() - 1), terminal.get(0));
        RunEvent.RunFailed failed = (RunEvent.RunFailed) terminal.get(0);
        assertEquals("second", failed.node().orElseThrow());
        assertEquals(ErrorCode.SQL_INVALID, failed.error().code());
        assertEquals(
                1, events.stream().filter(RunEvent.NodeFailed.class::isInstance).count());
    }

    @Test
    void aListenerThatThrowsDoesNotEndTheRunNorSilenceTheOthers() {
        List<RunEvent> told = new ArrayList<>();
        try (Engine engine = Engine.builder()
                .listener(event -> {
                    throw new IllegalStateException("a bad listener");
                })
                .build()) {
            engine.run(
                    graph(2, (view, context) -> Update.none()),
                    new In(),
                    RunOptions.builder().listener(told::add).build());
        }

        assertTrue(told.get(told.size() - 1) instanceof RunEvent.RunFinished);
    }

    @Test
    void onlyTheLatestEventsAreKept() {
        try (Engine engine = Engine.create()) {
            Run<Out> run = engine.start(
                    graph(9, (view, context) -> Update.none()),
                    new In(),
                    RunOptions.builder().keptEvents(3).build());
            run.await();

            assertEquals(3, run.events().size());
            assertTrue(run.events().get(2) instanceof RunEvent.RunFinished);

            Run<Out> silent = engine.start(
                    graph(9, (view, context) -> Update.none()),
                    new In(),
                    RunOptions.builder().keptEvents(0).build());
            silent.await();
            assertEquals(List.of(), silent.events());
        }
    }

    @Test
    void theFamilyOfEventsIsClosedAndEachOneIsARecordWithTheCommonParts() {
        Set<String> leaves = new TreeSet<>();
        collect(RunEvent.class, leaves);

        assertEquals(
                Set.of(
                        "RunStarted",
                        "StepStarted",
                        "NodeStarted",
                        "NodeFinished",
                        "NodeRetried",
                        "NodeInterrupted",
                        "NodeCompensated",
                        "TokenProduced",
                        "Custom",
                        "StepFinished",
                        "CheckpointSaved",
                        "CheckpointDamaged",
                        "EventsDropped",
                        "RunInterrupted",
                        "NodeFailed",
                        "NodeCancelled",
                        "RunFinished",
                        "RunFailed",
                        "RunCancelled"),
                leaves);
    }

    private static void collect(Class<?> type, Set<String> leaves) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                collect(permitted, leaves);
            } else {
                assertTrue(permitted.isRecord(), permitted.getName());
                List<String> parts = Arrays.stream(permitted.getRecordComponents())
                        .map(component -> component.getName())
                        .limit(3)
                        .collect(Collectors.toList());
                assertEquals(List.of("run", "sequence", "at"), parts, permitted.getName());
                leaves.add(permitted.getSimpleName());
            }
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RunEvent.RunStarted(ID, 0, NOON, "g", 1));
        assertThrows(IllegalArgumentException.class, () -> new RunEvent.NodeStarted(ID, 1, NOON, 0, "a", 0));
        assertThrows(IllegalArgumentException.class, () -> new RunEvent.NodeCancelled(ID, 1, NOON, 1, "a", -1));
        assertThrows(IllegalArgumentException.class, () -> new RunEvent.EventsDropped(ID, 9, NOON, 9, 8));
        assertThrows(IllegalArgumentException.class, () -> new RunEvent.RunInterrupted(ID, 9, NOON, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new RunEvent.RunCancelled(ID, 9, NOON, -1));
    }

    @Test
    void aRunIdThatBreaksTheRuleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RunId("../etc"));
    }
}
