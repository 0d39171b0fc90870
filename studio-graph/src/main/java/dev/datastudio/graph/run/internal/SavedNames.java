package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.FrontierState;
import dev.datastudio.graph.internal.log.TaskRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Turns what comes next in a graph into names and back. */
final class SavedNames {
    private static final Comparator<Task> TASK_ORDER =
            Comparator.comparingInt((Task task) -> task.node().number()).thenComparingInt(Task::number);

    private SavedNames() {}

    static FrontierState of(Plan<?, ?> plan, List<Task> next, BitSet waiting, JoinCounts joins) {
        List<TaskRef> tasks = new ArrayList<>(next.size());
        for (int i = 0; i < next.size(); i++) {
            Task task = next.get(i);
            tasks.add(new TaskRef(task.node().name(), task.number(), task.input()));
        }
        return new FrontierState(tasks, names(plan, waiting), joins.arrivals(), names(plan, joins.fired()));
    }

    private static List<String> names(Plan<?, ?> plan, BitSet nodes) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        return nodes.stream().mapToObj(node -> plan.node(node).name()).toList();
    }

    /** The number of a node that is known. */
    static int number(Plan<?, ?> plan, String node) {
        return plan.target(node).orElseThrow();
    }

    static void requireKnown(Plan<?, ?> plan, FrontierState saved) {
        Set<String> names = new TreeSet<>(saved.waiting());
        names.addAll(saved.arrivals().keySet());
        names.addAll(saved.fired());
        saved.next().forEach(task -> names.add(task.node()));
        names.removeAll(plan.nodes());
        if (!names.isEmpty()) {
            throw new StudioException(
                    ErrorCode.GRAPH_VERSION_MISMATCH,
                    "The stored run goes on at " + names + ", which version " + plan.version() + " of graph '"
                            + plan.name() + "' has not",
                    "Add a migration that renames it by SavedState.renameNode to one of " + plan.nodes());
        }
    }

    /** The tasks that come next, in task order; a node that several names were changed to has one without an input. */
    static List<Task> tasks(Plan<?, ?> plan, FrontierState saved) {
        requireKnown(plan, saved);
        Set<Task> tasks = new LinkedHashSet<>();
        for (TaskRef task : saved.next()) {
            PlanNode node = plan.node(number(plan, task.node()));
            tasks.add(
                    task.input() == Task.NO_INPUT ? node.alone().get(0) : new Task(node, task.input(), task.number()));
        }
        return tasks.stream().sorted(TASK_ORDER).toList();
    }
}
