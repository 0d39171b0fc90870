package dev.datastudio.agents.loader.internal;

import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.source.ForeignKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Relations from different origins, one between two keys. */
final class KnownRelations {
    private KnownRelations() {}

    /** What a database declares, for one whose values can't be compared. */
    static List<Relation> declared(List<TableFacts> tables) {
        Set<String> names = tables.stream().map(facts -> facts.ref().table()).collect(Collectors.toSet());
        List<Relation> relations = new ArrayList<>();
        for (TableFacts facts : tables) {
            facts.table().foreignKeys().stream()
                    .filter(key -> names.contains(key.target().toString()))
                    .forEach(key -> relations.add(relation(facts.ref(), key)));
        }
        return relations;
    }

    private static Relation relation(TableRef table, ForeignKey key) {
        Key from = new Key(table, key.columns());
        Key to = new Key(new TableRef(table.source(), key.target().toString()), key.targetColumns());
        Evidence evidence = new Evidence(
                Evidence.Kind.DECLARED, 1, "The database declares a foreign key from " + from + " to " + to);
        return new Relation(from, to, 1, List.of(evidence), Relation.Status.PROPOSED);
    }

    /**
     * Adds what the data bore out of a proposal. Of a relation that is known already it is one more reason; one that is
     * known the other way round stays as it is.
     */
    static void add(List<Relation> all, Relation proposed) {
        for (int i = 0; i < all.size(); i++) {
            Relation known = all.get(i);
            if (known.from().equals(proposed.to()) && known.to().equals(proposed.from())) {
                return;
            }
            if (known.from().equals(proposed.from()) && known.to().equals(proposed.to())) {
                all.set(i, merged(known, proposed));
                return;
            }
        }
        all.add(proposed);
    }

    private static Relation merged(Relation known, Relation proposed) {
        List<Evidence> evidence = new ArrayList<>(known.evidence());
        proposed.evidence().stream()
                .filter(each -> each.kind() == Evidence.Kind.MODEL)
                .forEach(evidence::add);
        evidence.sort(Comparator.comparingDouble(Evidence::weight).reversed());
        double score = Math.max(known.score(), proposed.score());
        return new Relation(known.from(), known.to(), score, evidence, known.status());
    }
}
