package dev.datastudio.graph.internal;

import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.policy.Join;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A node with its ways on, by number. Immutable once its plan is made. */
public final class PlanNode {
    /** The number that stands for END among targets. */
    public static final int END = -1;

    private final int number;
    private final String name;
    private final Definition.Body body;
    private final NodeOptions options;
    private final boolean plain;
    private final boolean compensated;
    private final int needed;
    private final BitSet region;
    private final BitSet rest;
    private final Ways ways;
    private final int[] targets;
    private final boolean choosing;
    private final int onlyTarget;
    private final List<Task> alone;

    PlanNode(int number, Definition.Node node, Definition.Body body, BitSet region, BitSet rest, Ways ways) {
        this.number = number;
        this.name = node.name();
        this.body = body;
        this.options = node.options();
        this.plain = isPlain(options);
        this.compensated = options.compensation().isPresent();
        this.needed = needed(node.options().join());
        this.region = region;
        this.rest = rest;
        this.ways = ways;
        this.targets = ways.targets();
        this.choosing = !ways.routes().isEmpty() || !ways.fanOuts().isEmpty();
        this.onlyTarget = targets.length == 1 && !choosing ? targets[0] : END;
        this.alone = List.of(new Task(this, Task.NO_INPUT, 0));
    }

    private static boolean isPlain(NodeOptions options) {
        return options.retry().isEmpty()
                && options.timeout().isEmpty()
                && options.limit().isEmpty()
                && options.cache().isEmpty();
    }

    private static int needed(Join join) {
        return switch (join.kind()) {
            case ALL -> 0;
            case ANY -> 1;
            case QUORUM -> join.count();
        };
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

    /** Whether its tasks are simply done, without retry, timeout, limit or cache. */
    public boolean isPlain() {
        return plain;
    }

    /** Whether its tasks can be undone. */
    public boolean isCompensated() {
        return compensated;
    }

    /** The graph that is run here, if one is. */
    public Optional<Plan<?, ?>> inner() {
        if (body instanceof Definition.Body.Sub sub) {
            return Optional.of((Plan<?, ?>) sub.graph());
        }
        if (body instanceof Definition.Body.Shared shared) {
            return Optional.of(shared.sharing().plan());
        }
        return Optional.empty();
    }

    public NodeOptions options() {
        return options;
    }

    /** The nodes that this one waits for while they have tasks left. */
    public BitSet region() {
        return region;
    }

    /** How many arrivals let it go on; 0 when it waits for its region instead. */
    public int needed() {
        return needed;
    }

    /** Whether its region is cleared when enough have arrived. */
    public boolean isCancellingRest() {
        return options.join().rest() == Join.Rest.CANCEL;
    }

    /** The nodes whose tasks are cancelled within a step when it is certain to go on after it. */
    public BitSet rest() {
        return rest;
    }

    /** Where its plain edges lead. */
    public int[] targets() {
        return targets;
    }

    /** The node that alone comes next, always; {@link #END} when there is no such node. */
    public int onlyTarget() {
        return onlyTarget;
    }

    /** Whether the state decides on some of its ways on. */
    public boolean isChoosing() {
        return choosing;
    }

    public List<Route> routes() {
        return ways.routes();
    }

    public List<FanOut> fanOuts() {
        return ways.fanOuts();
    }

    /** The node that takes over when a task fails. */
    public OptionalInt errorTarget() {
        return ways.errorTarget();
    }

    /** Its only task in a step, without an input. */
    public List<Task> alone() {
        return alone;
    }

    /** Where a node leads. */
    @SuppressWarnings("ArrayRecordComponent") // read only, in the innermost loop
    record Ways(int[] targets, List<Route> routes, List<FanOut> fanOuts, OptionalInt errorTarget) {}

    public record FanOut(Function<View, ? extends List<?>> items, int target) {}
}
