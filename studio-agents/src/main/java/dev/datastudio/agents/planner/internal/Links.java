package dev.datastudio.agents.planner.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** By which of several relations two tables are joined: the one that the question names, else it is left open. */
final class Links {
    private final JoinGraph joins;
    private final Decisions decisions;
    private final Clause clause;

    Links(JoinGraph joins, Decisions decisions, Clause clause) {
        this.joins = joins;
        this.decisions = decisions;
        this.clause = clause;
    }

    JoinGraph joins() {
        return joins;
    }

    /** The relation from one table to another, which must be there. */
    JoinGraph.Edge between(TableEntry from, TableEntry to) {
        List<JoinGraph.Edge> edges = joins.between(from, to);
        List<JoinGraph.Edge> named = edges.stream().filter(this::isNamed).toList();
        List<JoinGraph.Edge> open = named.isEmpty() ? edges : named;
        if (open.isEmpty()) {
            throw new IllegalStateException("Tables " + from.name() + " and " + to.name() + " are not related");
        }
        return decisions.pick(
                word(from, to),
                open,
                e -> many(e).table().name() + "." + many(e).column().name());
    }

    private static JoinGraph.Side many(JoinGraph.Edge edge) {
        return edge.toOne() ? edge.left() : edge.right();
    }

    /** Whether a word of the clause tells this key from the others: "arriving", "home", "source". */
    private boolean isNamed(JoinGraph.Edge edge) {
        ColumnEntry key = many(edge).column();
        Set<String> own = stems(key.parts());
        for (JoinGraph.Edge other :
                joins.between(edge.left().table(), edge.right().table())) {
            if (!other.equals(edge)) {
                own.removeAll(stems(many(other).column().parts()));
            }
        }
        own.removeAll(stems(edge.left().table().parts()));
        own.removeAll(stems(edge.right().table().parts()));
        return clause.items().stream()
                .flatMap(i -> List.of(i.text().toLowerCase(Locale.ROOT).split("[ _]", -1)).stream())
                .anyMatch(w -> own.contains(Stemmer.stem(w)));
    }

    private static Set<String> stems(List<String> words) {
        Set<String> stems = new HashSet<>();
        words.forEach(w -> stems.add(Stemmer.stem(w)));
        return stems;
    }

    /** The word of the clause that names one of the tables, so that another can take its place. */
    private String word(TableEntry from, TableEntry to) {
        return clause.items().stream()
                .filter(i -> i.is(Item.Kind.TABLE)
                        && i.table().filter(t -> t.equals(to) || t.equals(from)).isPresent())
                .map(i -> i.text().toLowerCase(Locale.ROOT))
                .reduce((first, last) -> last)
                .orElseGet(() -> TableReader.words(to));
    }
}
