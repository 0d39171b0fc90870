package dev.datastudio.core.relation.internal;

import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.JoinPath.Step;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Breadth-first search for all shortest ways between two tables. */
public final class PathSearch {
    private static final int MAX_PATHS = 16;
    private static final int MAX_STEPS = 8;

    private final Map<TableRef, List<Step>> ways = new HashMap<>();

    /** @param relations those that may be joined over */
    public PathSearch(List<Relation> relations) {
        for (Relation relation : relations) {
            add(new Step(relation, true));
            add(new Step(relation, false));
        }
    }

    private void add(Step step) {
        if (!step.left().table().equals(step.right().table())) {
            ways.computeIfAbsent(step.left().table(), key -> new ArrayList<>()).add(step);
        }
    }

    /** As {@link #between(TableRef, TableRef, Set, int)}, over all tables that have relations. */
    public List<JoinPath> between(TableRef from, TableRef to, int maxSteps) {
        return between(from, to, ways.keySet(), maxSteps);
    }

    /** As {@link dev.datastudio.api.relation.RelationStore#shortestPaths}. */
    public List<JoinPath> between(TableRef from, TableRef to, Set<TableRef> within, int maxSteps) {
        if (maxSteps < 1 || maxSteps > MAX_STEPS) {
            throw new IllegalArgumentException("maxSteps must be 1 to " + MAX_STEPS + ", was " + maxSteps);
        }
        if (from.equals(to) || !within.contains(from) || !within.contains(to)) {
            return List.of();
        }
        Set<TableRef> reached = new HashSet<>(Set.of(from));
        List<List<Step>> frontier = List.of(List.of());
        for (int length = 1; length <= maxSteps && !frontier.isEmpty(); length++) {
            List<List<Step>> next = new ArrayList<>();
            for (List<Step> path : frontier) {
                extend(path, end(path, from), within, reached, next);
            }
            List<JoinPath> found = next.stream()
                    .filter(path -> end(path, from).equals(to))
                    .map(JoinPath::new)
                    .toList();
            if (!found.isEmpty()) {
                return surestFirst(found);
            }
            next.forEach(path -> reached.add(end(path, from)));
            frontier = next;
        }
        return List.of();
    }

    private void extend(
            List<Step> path, TableRef end, Set<TableRef> within, Set<TableRef> reached, List<List<Step>> longer) {
        for (Step step : ways.getOrDefault(end, List.of())) {
            TableRef next = step.right().table();
            if (within.contains(next) && !reached.contains(next)) {
                List<Step> extended = new ArrayList<>(path);
                extended.add(step);
                longer.add(extended);
            }
        }
    }

    private static TableRef end(List<Step> path, TableRef from) {
        return path.isEmpty() ? from : path.get(path.size() - 1).right().table();
    }

    private static List<JoinPath> surestFirst(List<JoinPath> found) {
        return found.stream()
                .sorted(Comparator.comparingDouble(JoinPath::score).reversed().thenComparing(JoinPath::toString))
                .limit(MAX_PATHS)
                .toList();
    }
}
