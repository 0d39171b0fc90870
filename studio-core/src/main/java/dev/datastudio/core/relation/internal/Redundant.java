package dev.datastudio.core.relation.internal;

import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Relations that say nothing beside surer ones. */
public final class Redundant {
    private Redundant() {}

    /** Leaves out what others say better. What a database declares stays. */
    public static List<Relation> without(List<Relation> relations) {
        List<Relation> oneWay = withoutBackward(relations);
        Map<Key, List<Relation>> byFrom = new HashMap<>();
        for (Relation relation : oneWay) {
            byFrom.computeIfAbsent(relation.from(), key -> new ArrayList<>()).add(relation);
        }
        return oneWay.stream()
                .filter(relation -> relation.score() == 1
                        || !(leadsOverAnother(relation, byFrom)
                                || repeatsTitle(relation, oneWay)
                                || isGuessBesideUsable(relation, oneWay)))
                .toList();
    }

    /** Two keys with the same values refer to each other; one direction says it all. */
    private static List<Relation> withoutBackward(List<Relation> relations) {
        Map<List<Key>, Relation> byKeys = new HashMap<>();
        relations.forEach(relation -> byKeys.put(List.of(relation.from(), relation.to()), relation));
        return relations.stream()
                .filter(relation -> {
                    Relation back = byKeys.get(List.of(relation.to(), relation.from()));
                    return back == null || !isSurer(back, relation);
                })
                .toList();
    }

    private static boolean isSurer(Relation one, Relation other) {
        int byScore = Double.compare(one.score(), other.score());
        return byScore > 0
                || (byScore == 0 && one.from().toString().compareTo(other.from().toString()) < 0);
    }

    /** Salaries and badges both name an employee; then a salary doesn't refer to a badge. */
    private static boolean leadsOverAnother(Relation relation, Map<Key, List<Relation>> byFrom) {
        List<Relation> onwards = byFrom.getOrDefault(relation.to(), List.of());
        return byFrom.getOrDefault(relation.from(), List.of()).stream()
                .filter(other -> !other.to().equals(relation.to()) && other.score() >= relation.score())
                .anyMatch(
                        other -> onwards.stream().anyMatch(onward -> onward.to().equals(other.to())));
    }

    /** A row that has the id of a customer has the customer's name for readers only. */
    private static boolean repeatsTitle(Relation relation, List<Relation> all) {
        List<String> subject = subject(relation);
        return isTitle(relation)
                && all.stream()
                        .filter(other -> other.from()
                                        .table()
                                        .equals(relation.from().table())
                                && other.to().table().equals(relation.to().table()))
                        .anyMatch(other -> other.score() > relation.score()
                                && !isTitle(other)
                                && subject(other).equals(subject));
    }

    private static boolean isGuessBesideUsable(Relation relation, List<Relation> all) {
        return !relation.isUsable()
                && all.stream()
                        .anyMatch(other -> other.isUsable()
                                && other.from().table().equals(relation.from().table())
                                && other.to().table().equals(relation.to().table()));
    }

    private static boolean isTitle(Relation relation) {
        List<String> thing = KeyNames.thing(relation.to().table().table());
        return relation.to().columns().size() == 1
                && KeyNames.isTitle(KeyNames.words(relation.to().columns().get(0)), thing);
    }

    private static List<String> subject(Relation relation) {
        return KeyNames.withoutTitle(KeyNames.words(relation.from().columns().get(0)));
    }
}
