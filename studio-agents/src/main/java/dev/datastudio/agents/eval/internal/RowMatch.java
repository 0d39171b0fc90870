package dev.datastudio.agents.eval.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rows of an answer are the expected ones.
 *
 * <p>Columns may stand in any order, but each expected column is a column of the answer of its own, and under one such
 * assignment all rows must agree at once: as a multiset, or in order. Columns are first ruled out by their own values,
 * so that few assignments are tried.
 */
final class RowMatch {
    /** Which columns an answer may have. */
    enum Columns {
        /** The expected ones and no other. */
        ALL,
        /** Others too. */
        SUBSET
    }

    /** How rows are compared. */
    enum RowOrder {
        ANY,
        SAME
    }

    private final List<List<@Nullable Object>> expected;
    private final List<List<@Nullable Object>> got;
    private final RowOrder order;

    private RowMatch(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> got, RowOrder order) {
        this.expected = expected;
        this.got = got;
        this.order = order;
    }

    static boolean matches(
            List<List<@Nullable Object>> expected, List<List<@Nullable Object>> got, Columns columns, RowOrder order) {
        if (expected.size() != got.size()) {
            return false;
        } else if (expected.isEmpty()) {
            return true;
        }
        int asked = expected.get(0).size();
        int given = got.get(0).size();
        boolean widthFits = columns == Columns.ALL ? asked == given : asked <= given;
        return widthFits && new RowMatch(expected, got, order).assign(asked, given);
    }

    private boolean assign(int asked, int given) {
        List<List<Integer>> candidates = new ArrayList<>();
        for (int column = 0; column < asked; column++) {
            List<Integer> fitting = new ArrayList<>();
            for (int other = 0; other < given; other++) {
                if (rowsAgree(new int[] {column}, new int[] {other})) {
                    fitting.add(other);
                }
            }
            candidates.add(fitting);
        }
        return assign(candidates, new int[asked], 0);
    }

    private boolean assign(List<List<Integer>> candidates, int[] chosen, int column) {
        if (column == chosen.length) {
            int[] all = new int[chosen.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = i;
            }
            return rowsAgree(all, chosen);
        }
        for (int candidate : candidates.get(column)) {
            if (!isTaken(chosen, column, candidate)) {
                chosen[column] = candidate;
                if (assign(candidates, chosen, column + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isTaken(int[] chosen, int upTo, int candidate) {
        for (int i = 0; i < upTo; i++) {
            if (chosen[i] == candidate) {
                return true;
            }
        }
        return false;
    }

    private boolean rowsAgree(int[] left, int[] right) {
        BitSet used = new BitSet(got.size());
        for (int row = 0; row < expected.size(); row++) {
            int partner = partner(row, used, left, right);
            if (partner < 0) {
                return false;
            }
            used.set(partner);
        }
        return true;
    }

    /** The first free row that equals the expected one, or -1. */
    private int partner(int row, BitSet used, int[] left, int[] right) {
        if (order == RowOrder.SAME) {
            return same(expected.get(row), left, got.get(row), right) ? row : -1;
        }
        for (int other = used.nextClearBit(0); other < got.size(); other = used.nextClearBit(other + 1)) {
            if (same(expected.get(row), left, got.get(other), right)) {
                return other;
            }
        }
        return -1;
    }

    private static boolean same(List<@Nullable Object> expected, int[] left, List<@Nullable Object> got, int[] right) {
        for (int i = 0; i < left.length; i++) {
            if (!Cells.same(expected.get(left[i]), got.get(right[i]))) {
                return false;
            }
        }
        return true;
    }
}
