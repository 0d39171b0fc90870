package dev.datastudio.core.relation.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts what was found now together with what people and models said before. */
public final class Known {
    private Known() {}

    /**
     * What was found, with the status that is kept; and what is kept without being found, if somebody vouches for it
     * and the columns are there.
     *
     * @return the surest first
     */
    public static List<Relation> merge(List<Dataset> datasets, List<Relation> found, List<Relation> kept) {
        Map<List<Key>, Relation> all = new LinkedHashMap<>();
        found.forEach(relation -> all.put(keys(relation), relation));
        Map<TableRef, Set<String>> columns = columns(datasets);
        for (Relation relation : kept) {
            Relation now = all.get(keys(relation));
            if (now != null) {
                all.put(keys(relation), now.withStatus(relation.status()));
            } else if (isVouchedFor(relation) && isThere(relation.from(), columns) && isThere(relation.to(), columns)) {
                all.put(keys(relation), relation);
            }
        }
        return all.values().stream()
                .sorted(Comparator.comparingDouble(Relation::score).reversed())
                .toList();
    }

    private static List<Key> keys(Relation relation) {
        return List.of(relation.from(), relation.to());
    }

    private static boolean isVouchedFor(Relation relation) {
        return relation.status() != Relation.Status.PROPOSED
                || relation.evidence().stream()
                        .anyMatch(evidence ->
                                evidence.kind() == Evidence.Kind.PERSON || evidence.kind() == Evidence.Kind.MODEL);
    }

    private static Map<TableRef, Set<String>> columns(List<Dataset> datasets) {
        Map<TableRef, Set<String>> columns = new HashMap<>();
        for (Dataset dataset : datasets) {
            columns.put(
                    TableRef.dataset(dataset.table()),
                    dataset.columns().stream().map(Column::name).collect(Collectors.toSet()));
        }
        return columns;
    }

    private static boolean isThere(Key key, Map<TableRef, Set<String>> columns) {
        return columns.getOrDefault(key.table(), Set.of()).containsAll(key.columns());
    }
}
