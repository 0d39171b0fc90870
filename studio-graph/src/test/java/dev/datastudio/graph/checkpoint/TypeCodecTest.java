package dev.datastudio.graph.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of a class that writes itself. */
class TypeCodecTest {
    /** A point of a grid, written as "x/y"; not a record, and with a kind of its own. */
    static class Point {
        final int x;
        final int y;

        Point(int x, int y) {
            this.x = x;
            this.y = y;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Point point && point.x == x && point.y == y;
        }

        @Override
        public int hashCode() {
            return 31 * x + y;
        }
    }

    static final class Origin extends Point {
        Origin() {
            super(0, 0);
        }
    }

    record Leg(Point from, List<Point> over, Object label) {}

    record In(int steps) {}

    record Out(List<Point> path) {}

    private enum Codec implements TypeCodec<Point> {
        SOUND,
        SILENT {
            @Override
            public String write(Point value) {
                throw new IllegalStateException("no ink");
            }
        },
        FORGETFUL {
            @Override
            public Point read(String text) {
                throw new IllegalStateException("no glasses");
            }
        };

        @Override
        public Class<Point> type() {
            return Point.class;
        }

        @Override
        public String write(Point value) {
            return value instanceof Origin ? "origin" : value.x + "/" + value.y;
        }

        @Override
        public Point read(String text) {
            if (text.equals("origin")) {
                return new Origin();
            }
            String[] parts = text.split("/", -1);
            return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    static final LastChannel<Integer> STEPS = Channel.last("steps", Integer.class);
    static final AppendChannel<Point> PATH = Channel.append("path", Point.class);
    static final LastChannel<Leg> LEG = Channel.last("leg", Leg.class);
    static final LastChannel<Object> ANY = Channel.last("any", Object.class);
    static final LastChannel<Origin> ORIGIN = Channel.last("origin", Origin.class);

    private final Engine engine =
            Engine.builder().store(InMemoryCheckpointStore.create()).build();

    @AfterEach
    void close() {
        engine.close();
    }

    private static Graph<In, Out> graph(Codec codec) {
        return Graph.define("walk", 1)
                .input(In.class)
                .output(Out.class)
                .channels(STEPS, PATH, LEG, ANY, ORIGIN)
                .types(codec)
                .node("go", (view, context) -> {
                    Point memo = context.step("memo", Point.class, () -> new Point(3, -4));
                    return Update.of(
                            PATH.addAll(List.of(new Origin(), memo)),
                            LEG.set(new Leg(memo, List.of(new Origin()), new Point(5, 5))),
                            ANY.set(List.of(new Origin(), "x")),
                            ORIGIN.set(new Origin()));
                })
                .edge(Graph.START, "go")
                .edge("go", Graph.END)
                .build();
    }

    private Out run(Graph<In, Out> graph) {
        return engine.run(
                graph,
                new In(1),
                RunOptions.builder().thread("t").durability(Durability.SYNC).build());
    }

    @Test
    void valuesOfAClassWithATextOfItsOwnComeBackWhereverTheyStand() {
        Graph<In, Out> graph = graph(Codec.SOUND);
        run(graph);

        View state = engine.threads(Caller.LOCAL).state(graph, "t").state();

        assertEquals(List.of(new Origin(), new Point(3, -4)), state.get(PATH));
        assertEquals(Origin.class, state.get(PATH).get(0).getClass());
        assertEquals(new Leg(new Point(3, -4), List.of(new Origin()), new Point(5, 5)), state.get(LEG));
        assertEquals(List.of(new Origin(), "x"), state.get(ANY));
        assertEquals(new Origin(), state.get(ORIGIN));
    }

    @Test
    void aCodecThatCanNotWriteIsNamed() {
        StudioException error = assertThrows(StudioException.class, () -> run(graph(Codec.SILENT)));

        assertEquals(ErrorCode.TYPE_NOT_STORABLE, rootOf(error).code());
        assertTrue(
                Objects.toString(error.getMessage()).contains("The codec 'SILENT' can't write a value of class"),
                error::getMessage);
        assertTrue(Objects.toString(error.getMessage()).contains("'no ink'"), error::getMessage);
    }

    @Test
    void aCodecThatCanNotReadIsNamed(@TempDir Path folder) {
        Graph<In, Out> graph = graph(Codec.FORGETFUL);
        try (CheckpointStore store = SqliteCheckpointStore.open(folder.resolve("threads.db"));
                Engine durable = Engine.builder().store(store).build()) {
            durable.run(graph, new In(1), RunOptions.builder().thread("t").build());

            StudioException error = assertThrows(
                    StudioException.class, () -> durable.threads(Caller.LOCAL).edit(graph, "t", Update.none()));

            assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
            assertTrue(
                    Objects.toString(error.getMessage()).contains("the codec 'FORGETFUL' can't read what it wrote"),
                    error::getMessage);
        }
    }

    private static StudioException rootOf(StudioException error) {
        return error.getCause() instanceof StudioException inner ? rootOf(inner) : error;
    }
}
