package dev.datastudio.graph.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.log.LogRecord.Snapshot;
import dev.datastudio.graph.internal.log.ThreadCodec.Replay;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final LastChannel<String> COUNTED = Channel.last("counted", String.class);

    record NewIn(String counted) {}

    record NewOut(String counted) {}

    private static GraphBuilder<NewIn, NewOut> newer(int version) {
        return Graph.define("g", version)
                .input(NewIn.class)
                .output(NewOut.class)
                .channels(COUNTED)
                .node("c", (view, context) -> Update.none())
                .edge(Graph.START, "c")
                .edge("c", Graph.END);
    }

    private static ListStore old() {
        Plan<ThreadCodecTest.In, ThreadCodecTest.Out> plan = ThreadCodecTest.plan();
        ThreadCodec codec = new ThreadCodec(plan, ThreadCodecTest.THREAD, Optional.empty());
        ListStore store = new ListStore();
        store.add(codec.encode(
                1,
                new Snapshot(ThreadCodecTest.begun(
                        plan, plan.begin(new ThreadCodecTest.In(7)), ThreadCodecTest.next("a")))));
        return store;
    }

    private static Replay replay(Graph<?, ?> graph) {
        return new ThreadCodec((Plan<?, ?>) graph, ThreadCodecTest.THREAD, Optional.empty()).replay(old(), 1);
    }

    @Test
    void aChainOfMigrationsLeadsToTheVersionOfNow() {
        Replay replay = replay(newer(3).migrate(1, state -> {
                    state.put("number", state.find("count").orElseThrow());
                    List.of("count", "notes", "sum").forEach(state::remove);
                })
                .migrate(2, state -> {
                    state.put("counted", "was " + state.find("number").orElseThrow());
                    state.remove("number");
                    state.nodes().forEach(node -> state.renameNode(node, "c"));
                })
                .build());

        SavedLoop loop = ThreadCodecTest.own(replay.thread());
        assertEquals("was 7", loop.state().get(COUNTED));
        assertEquals("c", loop.next().next().get(0).node());
        assertEquals(1, replay.writtenBy());
        assertTrue(replay.needsSnapshot());
    }

    @Test
    void aMissingMigrationIsNamed() {
        StudioException error = assertThrows(
                StudioException.class,
                () -> replay(newer(3).migrate(2, state -> {}).build()));

        assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
        assertTrue(error.what().contains("version 1 of graph 'g', this is version 3"), error::what);
        assertTrue(error.mend().startsWith("Add migrate(1, …)"), error::mend);
    }

    @Test
    void anotherShapeOfOneVersionIsRefused() {
        StudioException error = assertThrows(StudioException.class, () -> replay(newer(1).build()));

        assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
        assertTrue(error.mend().startsWith("Raise the graph's version to 2 and add migrate(1, …)"), error::mend);
    }

    @Test
    void channelsThatAMigrationLeftBehindAreNamed() {
        StudioException error = assertThrows(
                StudioException.class,
                () -> replay(
                        newer(2).migrate(1, state -> state.renameNode("a", "c")).build()));

        assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
        assertTrue(error.what().contains("[count, notes, sum]"), error::what);
    }

    @Test
    void aMigrationThatFailsIsNamed() {
        StudioException error = assertThrows(
                StudioException.class,
                () -> replay(newer(2).migrate(1, state -> state.put("x", new Object()))
                        .build()));

        assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
        assertTrue(error.what().startsWith("The migration of graph 'g' from version 1 failed"), error::what);
    }

    @Test
    void channelsThatCannotBeStoredAreAllNamed() {
        Graph<?, ?> graph = newer(1).channels(
                        Channel.last("thread", Thread.class), Channel.append("builders", StringBuilder.class))
                .build();

        StudioException error = assertThrows(StudioException.class, () -> replay(graph));

        assertEquals(ErrorCode.TYPE_NOT_STORABLE, error.code());
        assertTrue(error.what().contains("Channel 'thread' of graph 'g' is a 'java.lang.Thread'"), error::what);
        assertTrue(error.what().contains("Channel 'builders' of graph 'g'"), error::what);
        assertEquals(ValueTypes.MEND, error.mend());
    }
}
