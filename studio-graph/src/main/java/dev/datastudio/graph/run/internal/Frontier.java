package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.FrontierState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the tasks of each super-step. Used by the one thread that drives a loop.
 *
 * <p>A node that was reached waits while its region has tasks or waiting nodes left; one that counts goes on as soon as
 * enough have arrived. Deferred nodes wait until nothing else can go on, so what waits for a deferred node does not
 * hold it back.
 */
final class Frontier {
    private static final FrontierState AT_END = new FrontierState(List.of(), List.of(), Map.of(), List.of());
    private static final @Nullable FrontierState[] NONE = {};

    private final Plan<?, ?> plan;
    private final BitSet waiting = new BitSet();
    private final TreeMap<Integer, List<Object>> items = new TreeMap<>();
    private final BitSet emptied = new BitSet();
    private final BitSet counted = new BitSet();
    private final JoinCounts joins;
    private final boolean counts;
    private final Map<PlanNode, Integer> lost = new HashMap<>();

    /** What is saved when a node alone comes next, by its number; made when it first does. */
    private @Nullable FrontierState[] alone = NONE;

    Frontier(Plan<?, ?> plan) {
        this.plan = plan;
        this.joins = new JoinCounts(plan);
        this.counts = !joins.isEmpty();
    }

    /**
     * As another one was when it was saved, perhaps by another version of the graph.
     *
     * @throws StudioException with code GRAPH_VERSION_MISMATCH if the graph has not all the nodes
     */
    static Frontier restored(Plan<?, ?> plan, FrontierState saved) {
        Frontier frontier = new Frontier(plan);
        SavedNames.requireKnown(plan, saved);
        saved.waiting().forEach(name -> frontier.waiting.set(SavedNames.number(plan, name)));
        frontier.joins.restore(saved);
        return frontier;
    }

    /**
     * The tasks that were to come next when it was saved, in task order.
     *
     * @throws StudioException with code GRAPH_VERSION_MISMATCH if the graph has not all the nodes
     */
    List<Task> tasks(FrontierState saved) {
        return SavedNames.tasks(plan, saved);
    }

    /**
     * What comes next, in names.
     *
     * @param next what {@link #first} or {@link #after} gave last
     */
    FrontierState saved(List<Task> next) {
        if (counts || !waiting.isEmpty() || next.size() > 1) {
            return SavedNames.of(plan, next, waiting, joins);
        }
        if (next.isEmpty()) {
            return AT_END;
        }
        PlanNode node = next.get(0).node();
        return next == node.alone() ? savedAlone(node) : SavedNames.of(plan, next, waiting, joins);
    }

    private FrontierState savedAlone(PlanNode node) {
        if (alone.length == 0) {
            alone = new FrontierState[plan.start().number()];
        }
        FrontierState known = alone[node.number()];
        if (known == null) {
            known = SavedNames.of(plan, node.alone(), waiting, joins);
            alone[node.number()] = known;
        }
        return known;
    }

    /** The tasks of the first step. */
    List<Task> first(State state) {
        fire(plan.start(), state, 0, 1);
        return next(state, 0);
    }

    /** A task failed, and another node takes over; told before {@link #after}. */
    void failed(Task task, NodeFailure failure) {
        lost(task);
        items.computeIfAbsent(task.node().errorTarget().orElseThrow(), target -> new ArrayList<>())
                .add(failure);
    }

    /** A task was not done, and nothing comes of it; told before {@link #after}. */
    void lost(Task task) {
        lost.merge(task.node(), 1, Integer::sum);
    }

    /** The tasks after a step, in task order; empty when the run is at its end. */
    List<Task> after(List<Task> done, State state, int step) {
        if (done.size() == 1 && lost.isEmpty()) {
            PlanNode node = done.get(0).node();
            if (node.onlyTarget() != PlanNode.END && !counts && waiting.isEmpty()) {
                return plan.node(node.onlyTarget()).alone();
            }
            fire(node, state, step, 1);
            return next(state, step);
        }
        int from = 0;
        while (from < done.size()) {
            PlanNode node = done.get(from).node();
            int to = from + 1;
            while (to < done.size() && done.get(to).node() == node) {
                to++;
            }
            int arriving = to - from - (lost.isEmpty() ? 0 : lost.getOrDefault(node, 0));
            if (arriving > 0) {
                fire(node, state, step, arriving);
            }
            from = to;
        }
        if (!lost.isEmpty()) {
            lost.clear();
        }
        return next(state, step);
    }

    /** Who is to watch a step's tasks, if some of them can become needless before it ends. */
    Optional<RestWatch> watch(List<Task> tasks) {
        return counts ? RestWatch.of(plan, joins, tasks) : Optional.empty();
    }

    private void fire(PlanNode node, State state, int step, int tasks) {
        for (int target : node.targets()) {
            reach(target);
        }
        if (node.isChoosing()) {
            choose(node, state, step);
        }
        if (counts && !counted.isEmpty()) {
            joins.arrive(counted, tasks, waiting);
            counted.clear();
        }
    }

    private void choose(PlanNode node, State state, int step) {
        try {
            for (Route route : node.routes()) {
                follow(route, state);
            }
            for (PlanNode.FanOut fanOut : node.fanOuts()) {
                spread(fanOut, state);
            }
        } catch (RuntimeException e) {
            throw Failures.onTheWayFrom(node.name(), plan.name(), step, e);
        }
    }

    private void reach(int target) {
        if (counts && target >= 0 && joins.isCounted(target)) {
            counted.set(target);
        } else if (target != PlanNode.END) {
            waiting.set(target);
        }
    }

    private void follow(Route route, State state) {
        for (String target : route.choose(state)) {
            if (!route.targets().contains(target)) {
                throw new StudioException(
                        ErrorCode.GRAPH_INVALID,
                        "A route chose " + StudioException.quote(target) + ", which is not one of " + route.targets(),
                        "Add it to Route.by(...).to(...), or choose one of those");
            }
            reach(plan.target(target).orElseThrow());
        }
    }

    private void spread(PlanNode.FanOut fanOut, State state) {
        List<?> given = List.copyOf(fanOut.items().apply(state));
        if (given.isEmpty()) {
            emptied.set(fanOut.target());
        } else {
            items.computeIfAbsent(fanOut.target(), target -> new ArrayList<>()).addAll(given);
        }
    }

    private List<Task> next(State state, int step) {
        if (!emptied.isEmpty()) {
            passEmptied(state, step);
        }
        if (items.isEmpty() && !counts) {
            int only = waiting.nextSetBit(0);
            if (only < 0) {
                return List.of();
            }
            if (waiting.nextSetBit(only + 1) < 0) {
                waiting.clear(only);
                return plan.node(only).alone();
            }
        }
        return tasks(ready());
    }

    /** A fan-out over nothing goes on behind its node, once, unless another fan-out gave that node items. */
    private void passEmptied(State state, int step) {
        BitSet passed = new BitSet();
        while (!emptied.isEmpty()) {
            int node = emptied.nextSetBit(0);
            emptied.clear(node);
            if (!passed.get(node) && !items.containsKey(node)) {
                passed.set(node);
                fire(plan.node(node), state, step, 0);
            }
        }
    }

    private BitSet ready() {
        BitSet ready = counts ? reachedByEnough() : new BitSet();
        BitSet active = (BitSet) waiting.clone();
        items.keySet().forEach(active::set);
        waiting.stream()
                .filter(node ->
                        !plan.deferred().get(node) && !plan.node(node).region().intersects(active))
                .forEach(ready::set);
        if (ready.isEmpty() && items.isEmpty()) {
            ready = heldBack();
        }
        waiting.andNot(ready);
        if (counts) {
            joins.goOn(ready, active);
        }
        return ready;
    }

    /** The joins at which enough have arrived; what they don't wait for any more is dropped. */
    private BitSet reachedByEnough() {
        BitSet ready = new BitSet();
        for (int node = waiting.nextSetBit(0); node >= 0; node = waiting.nextSetBit(node + 1)) {
            if (joins.hasEnough(node)) {
                ready.set(node);
                if (plan.node(node).isCancellingRest()) {
                    BitSet region = plan.node(node).region();
                    ready.andNot(region);
                    waiting.andNot(region);
                    items.keySet().removeIf(region::get);
                    joins.drop(region);
                }
            }
        }
        return ready;
    }

    /** Deferred nodes, and when there are none, one of the joins that wait for each other in a loop of two ways in. */
    private BitSet heldBack() {
        BitSet ready = (BitSet) waiting.clone();
        ready.and(plan.deferred());
        if (ready.isEmpty() && !waiting.isEmpty()) {
            ready.set(waiting.nextSetBit(0));
        }
        return ready;
    }

    private List<Task> tasks(BitSet ready) {
        TreeMap<Integer, List<Task>> byNode = new TreeMap<>();
        ready.stream().forEach(node -> byNode.put(node, plan.node(node).alone()));
        for (Map.Entry<Integer, List<Object>> entry : items.entrySet()) {
            PlanNode node = plan.node(entry.getKey());
            List<Task> tasks = new ArrayList<>();
            for (Object item : entry.getValue()) {
                tasks.add(new Task(node, item, tasks.size()));
            }
            byNode.put(entry.getKey(), tasks);
        }
        items.clear();
        List<Task> all = new ArrayList<>();
        byNode.values().forEach(all::addAll);
        return all;
    }
}
