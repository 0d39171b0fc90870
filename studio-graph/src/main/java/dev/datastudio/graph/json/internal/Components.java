package dev.datastudio.graph.json.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Which nodes lie on loops with each other: the strongly connected components of a directed graph, by depth-first search
 * forwards, then backwards in the reverse order of leaving (Kosaraju; Sharir, A strong-connectivity algorithm, 1981),
 * without recursion. Linear in nodes and edges. Immutable.
 */
final class Components {
    private final int[] componentOf;
    private final int[] sizes;

    /** @param next the nodes that edges lead to, for each node */
    Components(List<List<Integer>> next) {
        int count = next.size();
        List<List<Integer>> previous = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            previous.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            for (int to : next.get(i)) {
                previous.get(to).add(i);
            }
        }
        componentOf = new int[count];
        sizes = new int[count];
        Arrays.fill(componentOf, -1);
        List<Integer> left = leavingOrder(next);
        for (int i = count - 1; i >= 0; i--) {
            if (componentOf[left.get(i)] < 0) {
                collect(left.get(i), previous);
            }
        }
    }

    boolean together(int one, int other) {
        return componentOf[one] == componentOf[other];
    }

    /** A number that the nodes of a component share. */
    int of(int node) {
        return componentOf[node];
    }

    /** How many nodes lie on loops with this one, itself included. */
    int size(int node) {
        return sizes[componentOf[node]];
    }

    private static List<Integer> leavingOrder(List<List<Integer>> next) {
        int[] at = new int[next.size()];
        boolean[] seen = new boolean[next.size()];
        List<Integer> left = new ArrayList<>();
        Deque<Integer> path = new ArrayDeque<>();
        for (int root = 0; root < next.size(); root++) {
            if (!seen[root]) {
                seen[root] = true;
                path.push(root);
            }
            while (!path.isEmpty()) {
                int node = path.element();
                if (at[node] == next.get(node).size()) {
                    left.add(path.pop());
                } else {
                    int to = next.get(node).get(at[node]++);
                    if (!seen[to]) {
                        seen[to] = true;
                        path.push(to);
                    }
                }
            }
        }
        return left;
    }

    private void collect(int root, List<List<Integer>> previous) {
        Deque<Integer> open = new ArrayDeque<>(List.of(root));
        componentOf[root] = root;
        while (!open.isEmpty()) {
            int node = open.pop();
            sizes[root]++;
            for (int from : previous.get(node)) {
                if (componentOf[from] < 0) {
                    componentOf[from] = root;
                    open.push(from);
                }
            }
        }
    }
}
