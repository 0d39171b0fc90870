package dev.datastudio.graph.run.internal;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.RandomFlow;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.FrontierState;
import dev.datastudio.graph.internal.log.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierTest {
    /** Walks a graph as its model does, with a frontier that is saved and restored after every step. */
    private static final class Walk {
        private final Plan<RandomFlow.In, ?> plan;
        private final String seed;
        private Frontier frontier;
        private State state;
        private List<Task> tasks;
        private int step;

        Walk(Plan<RandomFlow.In, ?> plan, String seed) {
            this.plan = plan;
            this.seed = seed;
            this.frontier = new Frontier(plan);
            this.state = plan.begin(new RandomFlow.In());
            this.tasks = frontier.first(state);
        }

        void step(List<RandomFlow.Done> done) {
            FrontierState saved = frontier.saved(tasks);
            frontier = Frontier.restored(plan, saved);
            assertEquals(names(tasks), names(frontier.tasks(saved)), seed);
            assertEquals(
                    done.stream()
                            .map(task -> "n" + task.node() + "#" + task.task())
                            .toList(),
                    names(tasks),
                    seed);
            assertEquals(saved, frontier.saved(frontier.tasks(saved)), seed);
            tasks = frontier.tasks(saved);
            List<Update> updates = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                updates.add(updated(tasks.get(i), done.get(i)));
            }
            step++;
            state = state.plus(tasks, updates, step);
            tasks = frontier.after(tasks, state, step);
        }

        private Update updated(Task task, RandomFlow.Done done) {
            if (done.failed()) {
                frontier.failed(
                        task, new NodeFailure(task.node().name(), task.number(), ErrorCode.NODE_FAILED, "x", "y"));
                return Update.none();
            }
            if (done.cancelled()) {
                frontier.lost(task);
                return Update.none();
            }
            return Update.of(RandomFlow.LOG.add(RandomFlow.entry(done.node(), done.task())));
        }

        private static List<String> names(List<Task> tasks) {
            return tasks.stream()
                    .map(task -> task.node().name() + "#" + task.number())
                    .toList();
        }
    }

    @Test
    void savingAndRestoringAfterEveryStepChangesNothing() {
        long first = new Random().nextInt();
        for (long seed = first; seed < first + 1_500; seed++) {
            RandomFlow flow = RandomFlow.of(seed);
            Plan<RandomFlow.In, ?> plan = (Plan<RandomFlow.In, ?>) flow.mended();
            Walk walk = new Walk(plan, "seed " + seed);

            List<String> log = flow.model().run((before, done) -> walk.step(done));

            assertEquals(List.of(), walk.tasks, "seed " + seed);
            assertEquals(log, walk.state.get(RandomFlow.LOG), "seed " + seed);
        }
    }

    private static Plan<?, ?> plan(String... nodes) {
        var builder = Graph.define("g", 2)
                .input(RandomFlow.In.class)
                .output(RandomFlow.Out.class)
                .channels(RandomFlow.LOG);
        for (String node : nodes) {
            builder.node(node, (view, context) -> Update.none())
                    .edge(START, node)
                    .edge(node, END);
        }
        return (Plan<?, ?>) builder.build();
    }

    @Test
    void nodesThatTheGraphNoLongerHasAreAllNamedWithTheMend() {
        FrontierState saved = new FrontierState(
                List.of(new TaskRef("a", 0, Task.NO_INPUT), new TaskRef("old", 0, Task.NO_INPUT)),
                List.of("gone", "b"),
                Map.of("joined", 2),
                List.of());

        StudioException error = assertThrows(StudioException.class, () -> Frontier.restored(plan("a", "b"), saved));

        assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
        assertEquals(
                "The stored run goes on at [gone, joined, old], which version 2 of graph 'g' has not", error.what());
        assertEquals("Add a migration that renames it by SavedState.renameNode to one of [a, b]", error.mend());
    }

    @Test
    void tasksOfNodesThatBecameOneRunOnceAndInTheOrderOfTheNewGraph() {
        Plan<?, ?> plan = plan("b", "a");
        FrontierState saved = new FrontierState(
                List.of(
                        new TaskRef("a", 0, Task.NO_INPUT),
                        new TaskRef("a", 0, Task.NO_INPUT),
                        new TaskRef("b", 0, Task.NO_INPUT)),
                List.of(),
                Map.of("a", 3),
                List.of("b"));

        Frontier frontier = Frontier.restored(plan, saved);

        assertEquals(List.of("b#0", "a#0"), Walk.names(frontier.tasks(saved)));
        assertEquals(Map.of(), frontier.saved(List.of()).arrivals(), "a counts no more");
    }
}
