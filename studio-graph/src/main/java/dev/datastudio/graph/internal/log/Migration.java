package dev.datastudio.graph.internal.log;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.SavedState;
import dev.datastudio.graph.internal.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Leads a thread that an older version of a graph wrote to the version of now. Loops of sub-graphs that are under way are
 * led by the migrations of those sub-graphs, after the graph's own. Changes what was read, never the log.
 */
final class Migration {
    private final LogFold fold;

    private Migration(LogFold fold) {
        this.fold = fold;
    }

    /** @throws StudioException with code GRAPH_VERSION_MISMATCH if there is no way */
    static void lead(LogFold fold, GraphCodec codec) {
        Plan<?, ?> plan = codec.plan();
        if (!fold.graph.equals(plan.name())) {
            throw new StudioException(
                    ErrorCode.GRAPH_VERSION_MISMATCH,
                    "The thread was written by graph " + StudioException.quote(fold.graph) + ", not by '" + plan.name()
                            + "'",
                    "Resume it with the graph that wrote it");
        }
        Migration migration = new Migration(fold);
        LoopFold own = fold.loops.get("");
        if (own != null) {
            own.version = fold.version;
            own.shape = fold.shape;
            migration.lead(own, codec);
        }
        for (LoopFold loop : new ArrayList<>(fold.loops.values())) {
            if (!loop.path.isEmpty()) {
                codec.at(loop.path).ifPresent(inner -> migration.lead(loop, inner));
            }
        }
    }

    private void lead(LoopFold loop, GraphCodec graph) {
        Plan<?, ?> plan = graph.plan();
        if (loop.version == plan.version()) {
            requireShape(loop, graph);
            return;
        }
        if (loop.version > plan.version()) {
            throw mismatch(
                    loop, plan, "which is newer", "Resume the thread with version " + loop.version + " of the graph");
        }
        List<Integer> missing = new ArrayList<>();
        for (int from = loop.version; from < plan.version(); from++) {
            if (!plan.migrations().containsKey(from)) {
                missing.add(from);
            }
        }
        if (!missing.isEmpty()) {
            throw mismatch(
                    loop,
                    plan,
                    "and no migration leads on from version " + missing,
                    "Add migrate(" + missing.get(0) + ", …) to the graph, or resume the thread with version "
                            + loop.version);
        }
        for (int from = loop.version; from < plan.version(); from++) {
            Consumer<SavedState> change =
                    Objects.requireNonNull(plan.migrations().get(from));
            apply(change, from, plan, new TreeState(fold, loop));
        }
    }

    private void requireShape(LoopFold loop, GraphCodec graph) {
        if (!loop.shape.equals(graph.shape())) {
            Plan<?, ?> plan = graph.plan();
            throw new StudioException(
                    ErrorCode.GRAPH_VERSION_MISMATCH,
                    "The thread was written by version " + loop.version + " of graph '" + plan.name() + "' in shape "
                            + StudioException.quote(loop.shape) + ", but this version " + plan.version()
                            + " has shape '"
                            + graph.shape() + "': its nodes, edges or channels are others",
                    "Raise the graph's version to " + (plan.version() + 1) + " and add migrate(" + plan.version()
                            + ", …), or resume the thread with the graph as it was");
        }
    }

    private StudioException mismatch(LoopFold loop, Plan<?, ?> plan, String why, String mend) {
        String where = loop.path.isEmpty() ? "The thread" : "The sub-graph under way at '" + loop.path + "'";
        return new StudioException(
                ErrorCode.GRAPH_VERSION_MISMATCH,
                where + " was written by version " + loop.version + " of graph '" + plan.name() + "', this is version "
                        + plan.version() + ", " + why,
                mend);
    }

    private static void apply(Consumer<SavedState> change, int from, Plan<?, ?> plan, SavedState state) {
        try {
            change.accept(state);
        } catch (RuntimeException e) {
            throw new StudioException(
                    ErrorCode.GRAPH_VERSION_MISMATCH,
                    "The migration of graph '" + plan.name() + "' from version " + from + " failed: "
                            + StudioException.quote(e),
                    "Mend the function given to migrate(" + from + ", …); the thread is as it was",
                    e);
        }
    }
}
