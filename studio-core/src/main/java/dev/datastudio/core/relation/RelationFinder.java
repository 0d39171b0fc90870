package dev.datastudio.core.relation;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.relation.RelationTable.ForeignKey;
import dev.datastudio.core.relation.internal.Candidate;
import dev.datastudio.core.relation.internal.KeyValues;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds relations between tables from declared keys, names, types and values.
 *
 * <p>A column can refer to another one when that one is unique and without gaps in the data (a key), both are of one
 * type, and its values are found there; an inclusion dependency in the sense of Bauckmann et al., "Efficiently
 * Computing Inclusion Dependencies for Schema Discovery" (2006). That alone proves little for small whole numbers,
 * since 1 to 5 is found in every numbered table, so it counts by how unlikely it is to be chance; names count beside
 * it. Among more than 60 tables, values are only compared where names say something. Relations of several columns
 * are only taken from declared keys. Thread-safe.
 */
public final class RelationFinder {
    /** Among more tables only columns whose names say something are compared by their values. */
    private static final int MANY_TABLES = 60;

    private final QueryEngine engine;

    private RelationFinder(QueryEngine engine) {
        this.engine = engine;
    }

    /** Looks at the values of tables with an engine, which stays open. */
    public static RelationFinder over(QueryEngine engine) {
        return new RelationFinder(Objects.requireNonNull(engine, "engine"));
    }

    /**
     * All relations among the tables, the surest first. Asks the engine for counts of the columns that come into
     * question: each is read some few times.
     *
     * @throws dev.datastudio.api.error.StudioException as {@link QueryEngine#execute}
     */
    public List<Relation> find(List<RelationTable> tables, ProgressListener progress, Cancellation cancellation) {
        Map<List<Key>, Relation> found = new LinkedHashMap<>();
        for (RelationTable table : tables) {
            for (ForeignKey key : table.foreignKeys()) {
                if (tables.stream().anyMatch(other -> other.ref().equals(key.to()))) {
                    put(found, declared(table, key));
                }
            }
        }
        KeyValues values = new KeyValues(engine, cancellation);
        for (int i = 0; i < tables.size(); i++) {
            progress.onProgress(new Progress("looking for relations", i, tables.size(), "tables"));
            referencesOf(tables.get(i), tables, values, cancellation).forEach(relation -> put(found, relation));
        }
        progress.onProgress(new Progress("looking for relations", tables.size(), tables.size(), "tables"));
        return found.values().stream()
                .filter(relation -> !isTheWeakerDirection(relation, found))
                .sorted(Comparator.comparingDouble(Relation::score)
                        .reversed()
                        .thenComparing(relation -> relation.from().toString()))
                .toList();
    }

    /** The first relation of two keys stays: what is declared was put first. */
    private static void put(Map<List<Key>, Relation> found, Relation relation) {
        found.putIfAbsent(List.of(relation.from(), relation.to()), relation);
    }

    /** Two keys with the same values refer to each other; one direction says it all. */
    private static boolean isTheWeakerDirection(Relation relation, Map<List<Key>, Relation> found) {
        Relation back = found.get(List.of(relation.to(), relation.from()));
        if (back == null) {
            return false;
        }
        int byScore = Double.compare(back.score(), relation.score());
        return byScore > 0
                || (byScore == 0
                        && back.from().toString().compareTo(relation.from().toString()) < 0);
    }

    private static Relation declared(RelationTable table, ForeignKey key) {
        Key from = new Key(table.ref(), key.columns());
        Key to = new Key(key.to(), key.toColumns());
        Evidence evidence = new Evidence(
                Evidence.Kind.DECLARED, 1, "The database declares a foreign key from " + from + " to " + to);
        return new Relation(from, to, 1, List.of(evidence), Relation.Status.PROPOSED);
    }

    /** The relations from columns of a table to keys of all. */
    private static List<Relation> referencesOf(
            RelationTable table, List<RelationTable> all, KeyValues values, Cancellation cancellation) {
        List<Relation> found = new ArrayList<>();
        for (ColumnInfo column : table.info().columns()) {
            for (RelationTable other : all) {
                for (ColumnInfo key : other.info().columns()) {
                    cancellation.throwIfCancelled();
                    Candidate candidate = new Candidate(table, column, other, key);
                    if (candidate.isPossible() && (candidate.nameWeight() > 0 || all.size() <= MANY_TABLES)) {
                        candidate.relation(values).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }
}
