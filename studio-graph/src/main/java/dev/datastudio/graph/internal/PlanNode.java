package dev.datastudio.graph.internal;

import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** A node with its ways on, by number. Immutable once its plan is made. */
public final class PlanNode {
    /** The number that stands for END among targets. */
    public static final int END = -1;

    private final int number;
    private final String name;
    private final Definition.Body body;
    private final NodeOptions options;
    private final BitSet region;
    private final int[] targets;
    private final List<Route> routes;
    private final List<FanOut> fanOuts;
    private final List<Task> alone;

    PlanNode(int number, Definition.Node node, BitSet region, int[] targets, List<Route> routes, List<FanOut> fanOuts) {
        this.number = number;
        this.name = node.name();
        this.body = node.body();
        this.options = node.options();
        this.region = region;
        this.targets = targets;
        this.routes = routes;
        this.fanOuts = fanOuts;
        this.alone = List.of(new Task(this, Task.NO_INPUT, 0));
    }

    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    public Definition.Body body() {
        return body;
    }

    public NodeOptions options() {
        return options;
    }

    /** The nodes that this one waits for while they have tasks left. */
    public BitSet region() {
        return region;
    }

    /** Where its plain edges lead. */
    public int[] targets() {
        return targets;
    }

    public List<Route> routes() {
        return routes;
    }

    public List<FanOut> fanOuts() {
        return fanOuts;
    }

    /** Its only task in a step, without an input. */
    public List<Task> alone() {
        return alone;
    }

    public record FanOut(Function<View, ? extends List<?>> items, int target) {}
}
