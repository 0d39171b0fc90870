package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.Definition.Body;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.Sharing;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task whose node runs another graph: a loop of its own on the task's thread. Its failure is the task's, so that a
 * retry or an onError of the node applies to it.
 */
final class SubgraphTask {
    private final StepLoop outer;
    private final Task task;

    SubgraphTask(StepLoop outer, Task task) {
        this.outer = outer;
        this.task = task;
    }

    /** With a state of its own. */
    TaskOutcome mapped(Body.Sub sub, State view, NodeContext context) throws InterruptedException {
        return mapped((Plan<?, ?>) sub.graph(), (Mapping.Mapped<?, ?>) sub.mapping(), view, context);
    }

    @SuppressWarnings("unchecked") // the builder took the graph and its mapping together
    private <A, B> TaskOutcome mapped(Plan<A, B> plan, Mapping.Mapped<?, ?> mapping, State view, NodeContext context)
            throws InterruptedException {
        Mapping.Mapped<A, B> own = (Mapping.Mapped<A, B>) mapping;
        return run(
                plan,
                () -> plan.begin(given(own.in().apply(view, context), "input")),
                state -> given(own.out().apply(plan.end(state)), "update"));
    }

    /** On channels of the graph around it. */
    TaskOutcome shared(Sharing<?> sharing, State view) throws InterruptedException {
        return run(sharing.plan(), () -> sharing.begin(view), sharing::end);
    }

    private <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new StudioException(
                    ErrorCode.NODE_FAILED,
                    "The mapping of node '" + task.node().name() + "' gave null as the sub-graph's " + what,
                    what.equals("input") ? "Return a record" : "Return Update.none() when nothing changes");
        }
        return value;
    }

    private TaskOutcome run(Plan<?, ?> plan, Supplier<State> first, Function<State, Update> last)
            throws InterruptedException {
        RunScope own = outer.run().forSubgraph();
        Cancellation.Registration registration = own.open();
        try {
            StepLoop loop = outer.nested(own, plan, task, first);
            List<Interrupt> asked = steps(loop);
            if (own.isStopped()) {
                return stopped(own);
            }
            return asked.isEmpty() ? new TaskOutcome.Done(last.apply(loop.state())) : new TaskOutcome.Asked(asked);
        } finally {
            registration.close();
        }
    }

    private static List<Interrupt> steps(StepLoop loop) {
        try {
            return loop.superSteps();
        } catch (StudioException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Failures.inGraph(loop.plan().name(), loop.step(), e);
        }
    }

    private TaskOutcome stopped(RunScope own) throws InterruptedException {
        if (outer.run().isStopped()) {
            return TaskOutcome.Stopped.INSTANCE;
        }
        Stop stop = own.stop();
        if (stop != null && stop.reason() == Stop.Reason.FAILED && stop.error() != null) {
            throw stop.error();
        }
        Thread.interrupted();
        throw new InterruptedException("the thread was interrupted while it waited for tasks of node '"
                + task.node().name() + "'");
    }
}
