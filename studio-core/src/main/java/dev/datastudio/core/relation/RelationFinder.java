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
import dev.datastudio.core.relation.internal.Redundant;
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
     * question: each is read some few times, those of small tables together in a few statements.
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
        fromValues(tables, progress, cancellation).forEach(relation -> put(found, relation));
        return Redundant.without(List.copyOf(found.values())).stream()
                .sorted(Comparator.comparingDouble(Relation::score)
                        .reversed()
                        .thenComparing(relation -> relation.from().toString())
                        .thenComparing(relation -> relation.to().toString()))
                .toList();
    }

    /**
     * Asks the data about proposals of one column on each side. It bears one out when both columns are there and of one
     * kind, the other side is unique without gaps, and most values are found there. A column that is known to refer
     * elsewhere, and one without values, makes a guess at most, which is not {@link Relation#isUsable() usable}. One
     * that was proposed the wrong way round is turned.
     *
     * @param found relations that are known already
     * @return as many, in their order
     * @throws dev.datastudio.api.error.StudioException as {@link QueryEngine#execute}
     */
    public List<CheckedRelation> check(
            List<RelationTable> tables,
            List<ProposedRelation> proposals,
            List<Relation> found,
            Cancellation cancellation) {
        return new ProposalCheck(tables, found, new KeyValues(engine, cancellation)).check(proposals);
    }

    private List<Relation> fromValues(
            List<RelationTable> tables, ProgressListener progress, Cancellation cancellation) {
        KeyValues values = new KeyValues(engine, cancellation);
        for (int i = 0; i < tables.size(); i++) {
            progress.onProgress(new Progress("counting values", i, tables.size(), "tables"));
            values.count(tables.get(i), columns(tables.get(i)));
        }
        List<Relation> found = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            progress.onProgress(new Progress("looking for relations", i, tables.size(), "tables"));
            List<Candidate> candidates = candidates(tables.get(i), tables, cancellation);
            candidates.forEach(candidate -> candidate.unchecked(values).ifPresent(found::add));
            List<Candidate> compared = candidates.stream()
                    .filter(candidate -> candidate.isWorthComparing(values))
                    .toList();
            values.compare(compared);
            compared.forEach(candidate -> candidate.relation(values).ifPresent(found::add));
        }
        progress.onProgress(new Progress("looking for relations", tables.size(), tables.size(), "tables"));
        return found;
    }

    /** The first relation of two keys stays: what is declared was put first. */
    private static void put(Map<List<Key>, Relation> found, Relation relation) {
        found.putIfAbsent(List.of(relation.from(), relation.to()), relation);
    }

    private static Relation declared(RelationTable table, ForeignKey key) {
        Key from = new Key(table.ref(), key.columns());
        Key to = new Key(key.to(), key.toColumns());
        Evidence evidence = new Evidence(
                Evidence.Kind.DECLARED, 1, "The database declares a foreign key from " + from + " to " + to);
        return new Relation(from, to, 1, List.of(evidence), Relation.Status.PROPOSED);
    }

    private static List<ColumnInfo> columns(RelationTable table) {
        return table.info().columns().stream().filter(Candidate::mayTakePart).toList();
    }

    /** What columns of a table may refer to. */
    private static List<Candidate> candidates(RelationTable table, List<RelationTable> all, Cancellation cancellation) {
        List<Candidate> candidates = new ArrayList<>();
        for (ColumnInfo column : columns(table)) {
            cancellation.throwIfCancelled();
            for (RelationTable other : all) {
                for (ColumnInfo key : columns(other)) {
                    Candidate candidate = new Candidate(table, column, other, key);
                    if (candidate.isPossible() && (candidate.nameWeight() > 0 || all.size() <= MANY_TABLES)) {
                        candidates.add(candidate);
                    }
                }
            }
        }
        return candidates;
    }
}
