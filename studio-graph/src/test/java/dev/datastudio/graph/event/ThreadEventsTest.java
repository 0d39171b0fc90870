package dev.datastudio.graph.event;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.event.RunEvent.CheckpointDamaged;
import dev.datastudio.graph.event.RunEvent.CheckpointSaved;
import dev.datastudio.graph.event.RunEvent.RunInterrupted;
import dev.datastudio.graph.event.RunEvent.RunStarted;
import dev.datastudio.graph.event.RunEvent.StepFinished;
import dev.datastudio.graph.event.RunEvent.Terminal;
import dev.datastudio.graph.run.Checkpoint;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events of runs that are kept in a thread. */
@Timeout(60)
class ThreadEventsTest {
    record In() {}

    record Out(List<String> words) {}

    static final AppendChannel<String> WORDS = Channel.append("words", String.class);

    @TempDir
    Path folder;

    static NodeFunction says(String word) {
        return (view, context) -> Update.of(WORDS.add(word));
    }

    static Graph<In, Out> asking() {
        return Graph.define("asking", 1)
                .input(In.class)
                .output(Out.class)
                .channels(WORDS)
                .node("first", says("first"))
                .node(
                        "ask",
                        (view, context) -> Update.of(WORDS.add(context.interrupt("word", "Which word?", String.class))))
                .node("last", says("last"))
                .edge(START, "first")
                .edge("first", "ask")
                .edge("ask", "last")
                .edge("last", END)
                .build();
    }

    static RunOptions thread(Durability durability) {
        return RunOptions.builder().thread("t").durability(durability).build();
    }

    static Resume answers(Run<Out> run, String word) {
        RunInterrupted end = assertInstanceOf(RunInterrupted.class, last(run.events()));
        return Resume.answer(end.interrupts().get(0).id(), word);
    }

    static RunEvent last(List<RunEvent> events) {
        return events.get(events.size() - 1);
    }

    static List<RunEvent> read(EventStream stream) {
        List<RunEvent> events = new ArrayList<>();
        stream.forEach(events::add);
        return events;
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatGoesOnCountsBehindTheOneBefore(Durability durability) {
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(folder.resolve("runs.db"));
                Engine engine = Engine.builder().store(store).build()) {
            Run<Out> asked = engine.start(asking(), new In(), thread(durability));
            asked.outcome();

            Run<Out> resumed = engine.resume(asking(), "t", answers(asked, "second"), thread(durability));
            resumed.await();

            List<RunEvent> before = asked.events();
            List<RunEvent> events = resumed.events();
            long first = events.get(0).sequence();
            assertInstanceOf(RunStarted.class, events.get(0));
            assertTrue(first > last(before).sequence(), first + " after " + last(before));
            assertEquals(
                    IntStream.range(0, events.size()).mapToObj(i -> first + i).toList(),
                    events.stream().map(RunEvent::sequence).toList());
            assertEquals(events, read(resumed.stream()));
            assertEquals(
                    events,
                    read(resumed.stream(StreamOptions.all().from(last(before).sequence() + 1))));
            assertEquals(
                    events.subList(3, events.size()),
                    read(resumed.stream(StreamOptions.all().from(first + 3))));
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theEndIsReportedAfterTheLastCheckpointAndOnlyOnce(Durability durability) {
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(folder.resolve("runs.db"));
                Engine engine = Engine.builder().store(store).build()) {
            for (int i = 0; i < 50; i++) {
                RunOptions options = RunOptions.builder()
                        .thread("t" + i)
                        .durability(durability)
                        .build();
                Run<Out> asked = engine.start(asking(), new In(), options);
                asked.outcome();

                List<RunEvent> saved = asked.events().stream()
                        .filter(CheckpointSaved.class::isInstance)
                        .toList();
                assertInstanceOf(Terminal.class, last(asked.events()));
                assertFalse(saved.isEmpty(), "no checkpoint was reported");
                CheckpointSaved latest = (CheckpointSaved) last(saved);
                List<Checkpoint> history = engine.threads(options.caller()).history(asking(), "t" + i);
                assertEquals(history.get(history.size() - 1).sequence(), latest.checkpoint());
            }
        }
    }

    @Test
    void aListenerMaySendItsRunAnUpdateAndOthersAreToldInOrder() {
        for (int i = 0; i < 200; i++) {
            AtomicReference<@Nullable Run<Out>> run = new AtomicReference<>();
            List<Long> told = new ArrayList<>();
            Graph<In, Out> wide = Graph.define("wide", 1)
                    .input(In.class)
                    .output(Out.class)
                    .channels(WORDS)
                    .node("split", says("split"))
                    .node("work", says("work"))
                    .edge(START, "split")
                    .fanOut("split", view -> IntStream.range(0, 8).boxed().toList(), "work")
                    .edge("work", END)
                    .build();
            try (Engine engine = Engine.builder()
                    .store(InMemoryCheckpointStore.create())
                    .listener(event -> {
                        Run<Out> own = run.get();
                        boolean worked = event instanceof RunEvent.NodeFinished done
                                && done.node().equals("work");
                        if (own != null && worked) {
                            own.send(Update.of(WORDS.add("sent")));
                        }
                    })
                    .build()) {
                RunOptions options = thread(Durability.SYNC).toBuilder()
                        .listener(event -> told.add(event.sequence()))
                        .build();
                Run<Out> started = engine.start(wide, new In(), options);
                run.set(started);
                started.await();
            }
            assertEquals(
                    IntStream.rangeClosed(1, told.size())
                            .mapToObj(n -> (long) n)
                            .toList(),
                    told);
        }
    }

    @Test
    void aDamagedEntryIsReportedWhenTheRunGoesOn() throws Exception {
        Path file = folder.resolve("runs.db");
        long damaged;
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).build()) {
            Run<Out> asked = engine.start(asking(), new In(), thread(Durability.SYNC));
            asked.outcome();
            damaged = engine.threads(thread(Durability.SYNC).caller())
                    .find("t")
                    .orElseThrow()
                    .head();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertEquals(
                    1,
                    statement.executeUpdate(
                            "UPDATE graph_entry SET body = CAST('{' AS BLOB) WHERE place = (SELECT max(place) FROM graph_entry)"));
        }

        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).build()) {
            Run<Out> resumed = engine.resume(asking(), "t", Resume.goOn(), thread(Durability.SYNC));
            resumed.outcome();

            CheckpointDamaged report =
                    assertInstanceOf(CheckpointDamaged.class, resumed.events().get(1));
            assertEquals(damaged, report.entry());
            assertEquals(damaged - 1, report.usedInstead());
            assertFalse(report.what().isEmpty());
            assertEquals(
                    List.of("ask"),
                    resumed.events().stream()
                            .filter(RunEvent.NodeInterrupted.class::isInstance)
                            .map(event -> ((RunEvent.NodeInterrupted) event).node())
                            .toList());
        }
    }

    /** A state of n words shares its words with that of n + 1. */
    @Test
    void keptEventsOfAGrowingListHoldItsWordsOnce() throws Exception {
        int rounds = 10_000;
        Graph<In, Out> loop = Graph.define("loop", 1)
                .input(In.class)
                .output(Out.class)
                .channels(WORDS)
                .maxSteps(rounds + 1)
                .node("say", says("word"))
                .edge(START, "say")
                .when(
                        "say",
                        Route.on(view -> view.get(WORDS).size() < rounds)
                                .then("say")
                                .otherwise(END))
                .build();
        try (Engine engine = Engine.create()) {
            Run<Out> run = engine.start(loop, new In());
            run.await();

            List<Object> arrays = new ArrayList<>();
            int states = 0;
            for (RunEvent event : run.events()) {
                if (event instanceof StepFinished step) {
                    states++;
                    Object array = elements(step.state().get(WORDS));
                    if (arrays.stream().noneMatch(known -> known == array)) {
                        arrays.add(array);
                    }
                }
            }
            assertTrue(states > 200, states + " states are kept");
            assertTrue(arrays.size() <= 2, states + " states hold " + arrays.size() + " arrays");
        }
    }

    private static Object elements(Object list) throws ReflectiveOperationException {
        Field field = list.getClass().getDeclaredField("elements");
        field.setAccessible(true);
        return field.get(list);
    }
}
