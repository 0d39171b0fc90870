package dev.datastudio.graph.internal;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphEdge;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.SavedState;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.checkpoint.TypeCodec;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a builder was told, unchecked. Not thread-safe. */
public final class Definition {
    final String name;
    final int version;
    final List<Channel<?>> channels = new ArrayList<>();
    final List<Node> nodes = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();
    final List<Class<?>> types = new ArrayList<>();
    final List<TypeCodec<?>> typeCodecs = new ArrayList<>();
    final List<Migration> migrations = new ArrayList<>();
    int maxSteps;

    @Nullable
    Class<?> input;

    @Nullable
    Class<?> output;

    public Definition(String name, int version, int maxSteps) {
        this.name = name;
        this.version = version;
        this.maxSteps = maxSteps;
    }

    public void input(Class<?> type) {
        input = type;
    }

    public void output(Class<?> type) {
        output = type;
    }

    public void channels(List<Channel<?>> more) {
        channels.addAll(more);
    }

    public void node(String node, NodeFunction function, NodeOptions options) {
        nodes.add(new Node(node, new Body.Function(function), options));
    }

    public void subgraph(String node, Graph<?, ?> graph, Mapping<?, ?> mapping, NodeOptions options) {
        nodes.add(new Node(node, new Body.Sub(graph, mapping), options));
    }

    public void types(List<Class<?>> more) {
        types.addAll(more);
    }

    public void typeCodecs(List<TypeCodec<?>> more) {
        typeCodecs.addAll(more);
    }

    public void migrate(int fromVersion, Consumer<SavedState> migration) {
        migrations.add(new Migration(fromVersion, migration));
    }

    public void edge(String from, String to) {
        edges.add(new Always(requireName(from), requireName(to)));
    }

    public void route(String from, Route route) {
        edges.add(new Conditional(requireName(from), Objects.requireNonNull(route, "route")));
    }

    public void fanOut(String from, Function<View, ? extends List<?>> items, String to) {
        edges.add(new FanOut(requireName(from), items, requireName(to)));
    }

    public void maxSteps(int steps) {
        maxSteps = steps;
    }

    private static String requireName(String name) {
        return Objects.requireNonNull(name, "node name");
    }

    record Node(String name, Body body, NodeOptions options) {}

    record Migration(int fromVersion, Consumer<SavedState> change) {}

    /** What a node does. */
    public sealed interface Body {
        /** Calls a function. */
        record Function(NodeFunction function) implements Body {}

        /** Runs another graph. */
        record Sub(Graph<?, ?> graph, Mapping<?, ?> mapping) implements Body {}

        /** Runs another graph on channels of the graph around it; only in a checked graph. */
        record Shared(Sharing<?> sharing) implements Body {}
    }

    /** One way on from a node. */
    sealed interface Edge {
        String from();

        List<String> targets();

        /** It as a drawing shows it. */
        List<GraphEdge> shown();
    }

    record Always(String from, String to) implements Edge {
        @Override
        public List<String> targets() {
            return List.of(to);
        }

        @Override
        public List<GraphEdge> shown() {
            return List.of(new GraphEdge(from, to, GraphEdge.Kind.ALWAYS, ""));
        }
    }

    record Conditional(String from, Route route) implements Edge {
        @Override
        public List<String> targets() {
            return List.copyOf(route.targets());
        }

        @Override
        public List<GraphEdge> shown() {
            return route.targets().stream()
                    .map(to -> new GraphEdge(from, to, GraphEdge.Kind.ROUTE, route.label(to)))
                    .toList();
        }
    }

    record FanOut(String from, Function<View, ? extends List<?>> items, String to) implements Edge {
        @Override
        public List<String> targets() {
            return List.of(to);
        }

        @Override
        public List<GraphEdge> shown() {
            return List.of(new GraphEdge(from, to, GraphEdge.Kind.FAN_OUT, ""));
        }
    }
}
