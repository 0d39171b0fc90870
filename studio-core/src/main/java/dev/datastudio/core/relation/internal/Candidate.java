package dev.datastudio.core.relation.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.relation.RelationTable;
import dev.datastudio.core.relation.internal.KeyValues.Counts;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A column that may refer to a key. */
public final class Candidate {
    /** Relations of a lower score are not worth telling. */
    private static final double LEAST_SCORE = 0.3;

    /** A column of which fewer values are found doesn't refer to the key, whatever the names say. */
    private static final double LEAST_INCLUSION = 0.8;

    /** What a name can say at most: two columns of one name may still be two things. */
    private static final double TRUST_IN_NAMES = 0.9;

    private static final double UNCHECKED = 0.6;
    private static final double BY_CHANCE = 0.2;
    private static final double FEW_TEXTS = 0.35;

    /** Below the threshold: addresses of invoices are found among those of customers, and still refer to nobody. */
    private static final double TELLING = 0.55;

    private static final int FEW = 10;

    private final RelationTable table;
    private final ColumnInfo column;
    private final RelationTable other;
    private final ColumnInfo key;
    private final double nameWeight;

    public Candidate(RelationTable table, ColumnInfo column, RelationTable other, ColumnInfo key) {
        this.table = table;
        this.column = column;
        this.other = other;
        this.key = key;
        this.nameWeight = KeyNames.weight(
                column.name(), other.ref().table(), key.name(), table.ref().equals(other.ref()));
    }

    /** What the names say, 0 to 1. */
    public double nameWeight() {
        return nameWeight;
    }

    /** Whether the types allow it, and it is not a column and itself. */
    public boolean isPossible() {
        boolean same = table.ref().equals(other.ref());
        return column.type() == key.type()
                && (column.type() == ColumnType.INTEGER || column.type() == ColumnType.TEXT)
                && !(same && (column.name().equals(key.name()) || nameWeight == 0));
    }

    /** The relation, if the values allow it and enough speaks for it. */
    public Optional<Relation> relation(KeyValues values) {
        Counts keys = values.counts(other, key);
        if (!keys.isUnique()) {
            return Optional.empty();
        }
        Counts counts = values.counts(table, column);
        if (counts.distinct() == 0) {
            return relation(UNCHECKED * nameWeight, List.of());
        }
        if (counts.distinct() * LEAST_INCLUSION > keys.distinct()) {
            return Optional.empty();
        }
        double telling = telling(values, counts, keys);
        if (nameWeight == 0 && telling <= BY_CHANCE) {
            return Optional.empty();
        }
        long found = values.found(table, column, other, key);
        double inclusion = (double) found / counts.distinct();
        if (inclusion < LEAST_INCLUSION) {
            return Optional.empty();
        }
        double either = 1 - (1 - TRUST_IN_NAMES * nameWeight) * (1 - telling);
        return relation(inclusion * either, List.of(inclusion(found, counts, keys, telling)));
    }

    private Optional<Relation> relation(double score, List<Evidence> values) {
        if (score < LEAST_SCORE) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>(values);
        if (nameWeight > 0) {
            evidence.add(new Evidence(
                    Evidence.Kind.NAME,
                    nameWeight,
                    "The name " + column.name() + " points to " + key.name() + " of " + other.ref()));
        }
        evidence.sort(Comparator.comparingDouble(Evidence::weight).reversed());
        return Optional.of(new Relation(
                Key.of(table.ref(), column.name()),
                Key.of(other.ref(), key.name()),
                score,
                evidence,
                Relation.Status.PROPOSED));
    }

    /** How little likely it is that the values are found in the key by chance, 0 to 1. */
    private double telling(KeyValues values, Counts counts, Counts keys) {
        if (column.type() == ColumnType.TEXT) {
            return counts.distinct() < FEW ? FEW_TEXTS : TELLING;
        }
        long[] range = values.range(other, key);
        boolean dense = range[1] - range[0] < 2 * keys.distinct();
        return dense || counts.distinct() < FEW ? BY_CHANCE : TELLING;
    }

    private Evidence inclusion(long found, Counts counts, Counts keys, double telling) {
        String words = String.format(
                Locale.ROOT,
                "%,d of %,d different values of %s.%s are found in %s.%s, which has %,d, each once",
                found,
                counts.distinct(),
                table.ref(),
                column.name(),
                other.ref(),
                key.name(),
                keys.distinct());
        return new Evidence(Evidence.Kind.INCLUSION, telling, words);
    }
}
