package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides on the tasks of each super-step. Used by the one thread that drives a run. */
final class Frontier {
    private final Plan<?, ?> plan;
    private final BitSet waiting = new BitSet();
    private final TreeMap<Integer, List<Object>> items = new TreeMap<>();
    private final BitSet emptied = new BitSet();

    Frontier(Plan<?, ?> plan) {
        this.plan = plan;
    }

    /** The tasks of the first step. */
    List<Task> first(State state) {
        fire(plan.start(), state, 0);
        return next(state, 0);
    }

    /** The tasks after a step, in task order; empty when the run is at its end. */
    List<Task> after(List<Task> done, State state, int step) {
        PlanNode last = null;
        for (int i = 0; i < done.size(); i++) {
            PlanNode node = done.get(i).node();
            if (node != last) {
                fire(node, state, step);
                last = node;
            }
        }
        return next(state, step);
    }

    /** A task failed, and another node takes over. */
    void failed(Task task, NodeFailure failure) {
        throw new AssertionError(task + " " + failure);
    }

    private void fire(PlanNode node, State state, int step) {
        for (int target : node.targets()) {
            reach(target);
        }
        if (node.routes().isEmpty() && node.fanOuts().isEmpty()) {
            return;
        }
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
        if (target != PlanNode.END) {
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
        if (items.isEmpty()) {
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
                fire(plan.node(node), state, step);
            }
        }
    }

    private BitSet ready() {
        BitSet active = (BitSet) waiting.clone();
        items.keySet().forEach(active::set);
        BitSet ready = new BitSet();
        waiting.stream()
                .filter(node -> !plan.node(node).region().intersects(active))
                .forEach(ready::set);
        if (ready.isEmpty() && items.isEmpty()) {
            // Only in a loop with two ways in can joins wait for each other.
            ready.set(waiting.nextSetBit(0));
        }
        waiting.andNot(ready);
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
