package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.log.FrontierState;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The arrivals at the joins of a graph that wait for some branches only, and which of those joins went on before all
 * branches were there. Used by the one thread that drives a loop.
 */
final class JoinCounts {
    private final Plan<?, ?> plan;
    private final int[] arrived;
    private final BitSet fired = new BitSet();

    JoinCounts(Plan<?, ?> plan) {
        this.plan = plan;
        this.arrived = new int[plan.counting().length()];
    }

    boolean isEmpty() {
        return arrived.length == 0;
    }

    boolean isCounted(int node) {
        return plan.counting().get(node);
    }

    /** Counts tasks that arrive at joins; those at a join that has gone on are not. */
    void arrive(BitSet joins, int tasks, BitSet waiting) {
        for (int join = joins.nextSetBit(0); join >= 0; join = joins.nextSetBit(join + 1)) {
            if (!fired.get(join)) {
                arrived[join] += tasks;
                waiting.set(join);
            }
        }
    }

    /** How many arrivals a join still needs; one that has gone on needs more than there can be. */
    int missing(PlanNode join) {
        return fired.get(join.number()) ? Integer.MAX_VALUE : join.needed() - arrived[join.number()];
    }

    boolean hasEnough(int join) {
        return isCounted(join) && missing(plan.node(join)) <= 0;
    }

    /** Takes note of what joins go on, and forgets those that have nothing more to ignore. */
    void goOn(BitSet ready, BitSet active) {
        for (int node = ready.nextSetBit(0); node >= 0; node = ready.nextSetBit(node + 1)) {
            if (isCounted(node)) {
                arrived[node] = 0;
                fired.set(node);
            }
        }
        for (int node = fired.nextSetBit(0); node >= 0; node = fired.nextSetBit(node + 1)) {
            if (!plan.node(node).region().intersects(active)) {
                fired.clear(node);
            }
        }
    }

    /** Forgets the arrivals at joins that are no longer waited for. */
    void drop(BitSet joins) {
        for (int node = joins.nextSetBit(0); node >= 0; node = joins.nextSetBit(node + 1)) {
            if (isCounted(node)) {
                arrived[node] = 0;
            }
        }
    }

    /** Takes what was saved, but for nodes that count no more. */
    void restore(FrontierState saved) {
        saved.arrivals().forEach((name, count) -> {
            int node = SavedNames.number(plan, name);
            if (isCounted(node)) {
                arrived[node] = count;
            }
        });
        saved.fired().stream()
                .map(name -> SavedNames.number(plan, name))
                .filter(this::isCounted)
                .forEach(fired::set);
    }

    Map<String, Integer> arrivals() {
        Map<String, Integer> counts = new HashMap<>();
        for (int node = 0; node < arrived.length; node++) {
            if (arrived[node] > 0) {
                counts.put(plan.node(node).name(), arrived[node]);
            }
        }
        return counts;
    }

    BitSet fired() {
        return fired;
    }
}
