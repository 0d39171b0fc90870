package dev.datastudio.graph.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunEvent.CheckpointDamaged;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.Threads;
import dev.datastudio.testkit.checkpoint.FaultInjectingCheckpointStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads whose log was damaged after it was written. */
@Timeout(60)
class DamagedRunTest {
    record In() {}

    record Out(List<String> words) {}

    private static final AppendChannel<String> WORDS = Channel.append("words", String.class);
    private static final ThreadKey KEY = new ThreadKey(Caller.LOCAL.tenant(), "t");

    @TempDir
    Path folder;

    final AtomicBoolean broken = new AtomicBoolean(true);
    final List<String> performed = new ArrayList<>();
    final RunOptions options =
            RunOptions.builder().thread("t").durability(Durability.SYNC).build();
    final Graph<In, Out> graph = Graph.define("g", 1)
            .input(In.class)
            .output(Out.class)
            .channels(WORDS)
            .node("a", says("a"))
            .node("b", says("b"))
            .node(
                    "mail",
                    (view, context) -> Update.of(WORDS.add(context.effect("mail", String.class, key -> {
                        performed.add(key);
                        return "sent";
                    }))))
            .node("c", says("c"))
            .node("last", (view, context) -> {
                if (broken.get()) {
                    throw new IllegalStateException("broken");
                }
                return Update.of(WORDS.add("last"));
            })
            .edge(Graph.START, "a")
            .edge("a", "b")
            .edge("b", "mail")
            .edge("mail", "c")
            .edge("c", "last")
            .edge("last", Graph.END)
            .build();

    FaultInjectingCheckpointStore store;
    Engine engine;

    private static NodeFunction says(String word) {
        return (view, context) -> Update.of(WORDS.add(word));
    }

    private void open() {
        store = FaultInjectingCheckpointStore.around(SqliteCheckpointStore.open(folder.resolve("runs.db")));
        engine = Engine.builder().store(store).build();
    }

    @BeforeEach
    void failInTheLastNode() {
        open();
        assertThrows(NodeException.class, () -> engine.run(graph, new In(), options));
        broken.set(false);
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    private List<CheckpointEntry> entries() {
        return store.read(KEY, 0, 1_000);
    }

    private long find(EntryKind kind, int which) {
        return entries().stream()
                .filter(entry -> entry.kind() == kind)
                .skip(which)
                .findFirst()
                .orElseThrow()
                .sequence();
    }

    private static List<CheckpointDamaged> damage(Run<Out> run) {
        return run.events().stream()
                .filter(CheckpointDamaged.class::isInstance)
                .map(CheckpointDamaged.class::cast)
                .toList();
    }

    @Test
    void aFlippedBitIsNamedAndTheRunGoesOnFromTheCheckpointBefore() {
        long third = find(EntryKind.STEP, 2);
        long fourth = find(EntryKind.STEP, 3);
        for (int bit = 0; bit < 400; bit += 97) {
            store.flip(KEY, fourth, bit);
        }

        Run<Out> run = engine.resume(graph, "t", Resume.goOn(), options);

        assertEquals(List.of("a", "b", "sent", "c", "last"), run.await().words());
        List<CheckpointDamaged> damage = damage(run);
        assertEquals(
                List.of(fourth), damage.stream().map(CheckpointDamaged::entry).toList());
        assertTrue(damage.get(0).usedInstead() >= third, damage.toString());
        assertTrue(damage.get(0).usedInstead() < fourth, damage.toString());
        assertInstanceOf(RunEvent.RunStarted.class, run.events().get(0));
        assertEquals(1, performed.size());
    }

    @Test
    void theLogGoesOnWithASnapshotThatNeedsNothingOfTheDamage() {
        long head = entries().size();
        store.truncate(KEY, find(EntryKind.STEP, 1), 5);
        store.flip(KEY, find(EntryKind.END, 0), 3);

        Run<Out> run = engine.resume(graph, "t", Resume.goOn(), options);

        assertEquals(List.of("a", "b", "sent", "c", "last"), run.await().words());
        assertEquals(2, damage(run).size(), damage(run).toString());
        assertEquals(1, performed.size());
        assertEquals(EntryKind.SNAPSHOT, store.read(KEY, head, 1).get(0).kind());
        Run<Out> again = engine.next(graph, new In(), options);
        assertEquals(10, again.await().words().size());
        assertEquals(List.of(), damage(again));
    }

    @Test
    void aDamagedEffectIsRefusedAndTheThreadStandsAsBefore() {
        ThreadState before = store.find(KEY).orElseThrow();
        store.truncate(KEY, find(EntryKind.EFFECT, 1), 3);

        StudioException refused =
                assertThrows(StudioException.class, () -> engine.resume(graph, "t", Resume.goOn(), options));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, refused.code());
        ThreadState after = store.find(KEY).orElseThrow();
        assertEquals(before.status(), after.status());
        assertEquals(before.head(), after.head());
        store.heal();
        assertEquals(
                5,
                engine.resume(graph, "t", Resume.goOn(), options)
                        .await()
                        .words()
                        .size());
        assertEquals(1, performed.size());
    }

    @Test
    void damageInTheFileItselfIsFoundToo() throws SQLException {
        long step = find(EntryKind.STEP, 3);
        close();
        change("UPDATE graph_entry SET body = CAST(replace(CAST(body AS TEXT), 'c', 'x') AS BLOB) WHERE "
                + isEntry(step));
        open();

        Run<Out> run = engine.resume(graph, "t", Resume.goOn(), options);

        assertEquals(List.of("a", "b", "sent", "c", "last"), run.await().words());
        assertEquals(
                List.of(step),
                damage(run).stream().map(CheckpointDamaged::entry).toList());
    }

    @Test
    void aLostEntryInTheFileMayHaveBeenAnEffectSoTheThreadIsForkedBeforeIt() throws SQLException {
        long step = find(EntryKind.STEP, 1);
        close();
        change("DELETE FROM graph_entry WHERE " + isEntry(step));
        open();
        Threads threads = engine.threads(Caller.LOCAL);

        StudioException refused =
                assertThrows(StudioException.class, () -> engine.resume(graph, "t", Resume.goOn(), options));
        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, refused.code());
        assertTrue(refused.getMessage().contains("Entry " + step), refused.getMessage());
        assertEquals(ThreadStatus.FAILED, store.find(KEY).orElseThrow().status());
        long before = threads.history(graph, "t").get(0).sequence();
        threads.fork(graph, "t", before, "fork", Update.none());
        Out out = engine.resume(
                        graph,
                        "fork",
                        Resume.goOn(),
                        options.toBuilder().thread("fork").build())
                .await();

        assertEquals(List.of("a", "b", "sent", "c", "last"), out.words());
    }

    @Test
    void aDamagedThreadIsNotChangedByHand() throws SQLException {
        long step = find(EntryKind.STEP, 3);
        close();
        change("UPDATE graph_entry SET body = CAST(replace(CAST(body AS TEXT), 'c', 'x') AS BLOB) WHERE "
                + isEntry(step));
        open();
        Threads threads = engine.threads(Caller.LOCAL);

        StudioException edited = assertThrows(StudioException.class, () -> threads.edit(graph, "t", Update.none()));
        StudioException compacted = assertThrows(StudioException.class, () -> threads.compact(graph, "t", 1));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, edited.code());
        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, compacted.code());
        assertEquals(ThreadStatus.FAILED, store.find(KEY).orElseThrow().status());
    }

    @Test
    void aThreadWithNothingWholeLeftIsRefusedAndStaysFailed() throws SQLException {
        close();
        change("UPDATE graph_entry SET body = X'00'");
        open();

        StudioException refused =
                assertThrows(StudioException.class, () -> engine.resume(graph, "t", Resume.goOn(), options));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, refused.code());
        assertEquals(ThreadStatus.FAILED, store.find(KEY).orElseThrow().status());
    }

    private static String isEntry(long sequence) {
        return "place = (SELECT place FROM graph_entry ORDER BY place LIMIT 1 OFFSET " + (sequence - 1) + ")";
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("runs.db"));
                Statement statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate(sql) > 0, sql);
        }
    }
}
