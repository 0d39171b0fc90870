package dev.datastudio.agents.agentic.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.model.internal.ModelFailures;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.run.RunOptions;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The work of a node that calls an agent. Immutable.
 *
 * @param <R> type of the agent's result
 */
public final class AgentCall<R> implements NodeFunction {
    private static final ThreadLocal<@Nullable NodeContext> CURRENT = new ThreadLocal<>();

    private final Work<R> work;
    private final Function<? super R, Update> output;

    public AgentCall(Work<R> work, Function<? super R, Update> output) {
        this.work = work;
        this.output = Objects.requireNonNull(output, "output");
    }

    /** Caller and cancellation of the node that is calling its agent on this thread. */
    public static RunOptions runOptions() {
        NodeContext context = CURRENT.get();
        if (context == null) {
            throw new IllegalStateException("no AgenticNode is calling its agent on thread '"
                    + Thread.currentThread().getName()
                    + "'; give the GraphAction options of its own when the workflow runs elsewhere");
        }
        return RunOptions.builder()
                .caller(context.caller())
                .cancellation(context.cancellation())
                .build();
    }

    @Override
    public Update apply(View view, NodeContext context) {
        context.cancellation().throwIfCancelled();
        return output.apply(resultOf(view, context));
    }

    private R resultOf(View view, NodeContext context) {
        NodeContext outer = CURRENT.get();
        CURRENT.set(context);
        try {
            return present(work.call(view, context), context);
        } catch (Exception e) {
            throw failure(e, context);
        } finally {
            restore(outer);
        }
    }

    private R present(@Nullable R result, NodeContext context) {
        if (result == null) {
            throw new StudioException(
                    ErrorCode.NODE_FAILED,
                    "The agent of node '" + context.node() + "' gave no result",
                    "Give the workflow an outputKey that one of its agents writes, or an output function");
        }
        return result;
    }

    private static StudioException failure(Exception failure, NodeContext context) {
        if (!context.cancellation().isCancelled()) {
            return ModelFailures.of("The agent of node '" + context.node() + "'", failure);
        }
        StudioException cancelled = Cancellation.cancelledError();
        cancelled.addSuppressed(failure);
        return cancelled;
    }

    private static void restore(@Nullable NodeContext outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /**
     * Calls the agent.
     *
     * @param <R> type of the agent's result
     */
    @FunctionalInterface
    public interface Work<R> {
        /** The agent's result for a state. */
        @Nullable
        R call(View view, NodeContext context) throws Exception;
    }
}
