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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A column that may refer to a key. */
public final class Candidate {
    /** Relations of a lower score are not worth telling. */
    private static final double LEAST_SCORE = 0.3;

    /** A column of which fewer values are found doesn't refer to the key. */
    private static final double LEAST_INCLUSION = 0.8;

    /** The same for a column that names the table of the key: rows referred to may be gone, or left out of an extract. */
    private static final double LEAST_INCLUSION_WHEN_NAMED = 0.6;

    private static final double NAMED = 0.85;

    /** What a name can say at most: two columns of one name may still be two things. */
    private static final double TRUST_IN_NAMES = 0.9;

    private static final double UNCHECKED = 0.6;
    private static final double BY_CHANCE = 0.2;
    private static final double FEW_TEXTS = 0.35;

    /** Below the threshold: addresses of invoices are found among those of customers, and still refer to nobody. */
    private static final double TELLING = 0.55;

    private static final int FEW = 10;

    /** What somebody's word adds at most: enough to use small numbers that chance can't be ruled out for, no more. */
    private static final double TRUST_IN_PROPOSALS = 0.6;

    /** Of a column that refers elsewhere already, and of one without values. */
    private static final double DOUBTED = 0.5;

    private final RelationTable table;
    private final ColumnInfo column;
    private final RelationTable other;
    private final ColumnInfo key;
    private final double nameWeight;
    private final boolean byTables;

    public Candidate(RelationTable table, ColumnInfo column, RelationTable other, ColumnInfo key) {
        this.table = table;
        this.column = column;
        this.other = other;
        this.key = key;
        String target = other.ref().table();
        boolean isFirst = key.equals(other.info().columns().get(0));
        double ofColumns = isWithinTable()
                ? NameEvidence.within(column.name(), target, key.name(), isFirst)
                : NameEvidence.between(column.name(), target, key.name(), isFirst);
        double ofTables = ofColumns > 0 || isWithinTable() || column.type() != ColumnType.INTEGER
                ? 0
                : NameEvidence.ofTables(table.ref().table(), column.name(), target, key.name(), isFirst);
        this.nameWeight = Math.max(ofColumns, ofTables);
        this.byTables = ofTables > 0;
    }

    RelationTable table() {
        return table;
    }

    ColumnInfo column() {
        return column;
    }

    RelationTable other() {
        return other;
    }

    ColumnInfo key() {
        return key;
    }

    /** What the names say, 0 to 1. */
    public double nameWeight() {
        return nameWeight;
    }

    private boolean isWithinTable() {
        return table.ref().equals(other.ref());
    }

    /** Whether a column can stand on either side by its type. */
    public static boolean mayTakePart(ColumnInfo column) {
        boolean wholeWithGaps = column.type() == ColumnType.DECIMAL && KeyNames.isKey(KeyNames.words(column.name()));
        return column.type() == ColumnType.INTEGER || column.type() == ColumnType.TEXT || wholeWithGaps;
    }

    /** Whether the types allow it, and it is not a column and itself. */
    public boolean isPossible() {
        boolean alike = column.type() == key.type()
                || (nameWeight > 0 && column.type().isNumeric() && key.type().isNumeric());
        boolean itself = isWithinTable() && (column.name().equals(key.name()) || nameWeight == 0);
        return alike && !itself && (nameWeight > 0 || column.type() != ColumnType.DECIMAL);
    }

    /** Whether the counts of both columns leave something to be compared. */
    public boolean isWorthComparing(KeyValues values) {
        Counts keys = values.counts(other, key);
        Counts counts = values.counts(table, column);
        return keys.isUnique()
                && counts.distinct() > 0
                && counts.distinct() * leastInclusion() <= keys.distinct()
                && (nameWeight > 0 || telling(counts, keys) > BY_CHANCE);
    }

    /** Whether both columns hold values of one kind, and are two. */
    public boolean fits() {
        boolean alike = column.type() == key.type()
                || (column.type().isNumeric() && key.type().isNumeric());
        boolean itself = isWithinTable() && column.name().equals(key.name());
        return alike
                && !itself
                && !column.type().isTemporal()
                && column.type() != ColumnType.BOOLEAN
                && column.type() != ColumnType.OTHER;
    }

    /** Adds the columns that are to be counted before anything else is asked. */
    public void addColumns(Map<RelationTable, Set<ColumnInfo>> columns) {
        columns.computeIfAbsent(table, any -> new LinkedHashSet<>()).add(column);
        columns.computeIfAbsent(other, any -> new LinkedHashSet<>()).add(key);
    }

    /** The other way round. */
    public Candidate turned() {
        return new Candidate(other, key, table, column);
    }

    /** Whether values are there that can be looked for among unique ones. */
    public boolean refersToKey(KeyValues values) {
        return values.counts(other, key).isUnique()
                && values.counts(table, column).distinct() > 0;
    }

    /** Why the values speak against it, as a sentence; empty when they don't. */
    public String problem(KeyValues values) {
        Counts counts = values.counts(table, column);
        Counts keys = values.counts(other, key);
        if (!keys.isUnique()) {
            return to() + " does not name a row: of "
                    + String.format(Locale.ROOT, "%,d rows it has %,d different values", keys.rows(), keys.distinct());
        }
        if (counts.distinct() == 0) {
            return "";
        }
        double inclusion = (double) values.found(this) / counts.distinct();
        return inclusion < leastInclusion() ? "Only " + inclusionWords(values.found(this), counts, keys) : "";
    }

    /** The relation that was proposed, when nothing {@linkplain #problem speaks against it}. */
    public Relation proposed(KeyValues values, Evidence by, boolean refersElsewhere) {
        Counts counts = values.counts(table, column);
        Counts keys = values.counts(other, key);
        List<Evidence> evidence = new ArrayList<>(List.of(by));
        double either = 1 - (1 - TRUST_IN_NAMES * nameWeight) * (1 - trust(by));
        double score = UNCHECKED * either;
        if (counts.distinct() > 0) {
            long found = values.found(this);
            double telling = telling(counts, keys);
            evidence.add(inclusion(found, counts, keys, telling));
            score = (1 - (1 - either) * (1 - telling)) * found / counts.distinct();
        }
        if (nameWeight > 0) {
            evidence.add(nameEvidence());
        }
        evidence.sort(Comparator.comparingDouble(Evidence::weight).reversed());
        double least = refersElsewhere || counts.distinct() == 0 ? Math.min(score, DOUBTED) : score;
        return new Relation(from(), to(), least, evidence, Relation.Status.PROPOSED);
    }

    private static double trust(Evidence by) {
        return by.kind() == Evidence.Kind.PERSON ? by.weight() : Math.min(TRUST_IN_PROPOSALS, by.weight());
    }

    /** The referring side. */
    public Key from() {
        return Key.of(table.ref(), column.name());
    }

    /** The side referred to. */
    public Key to() {
        return Key.of(other.ref(), key.name());
    }

    private double leastInclusion() {
        return nameWeight >= NAMED ? LEAST_INCLUSION_WHEN_NAMED : LEAST_INCLUSION;
    }

    /** The relation by names alone, where the column has no values yet. */
    public Optional<Relation> unchecked(KeyValues values) {
        boolean empty = values.counts(table, column).distinct() == 0;
        return empty && values.counts(other, key).isUnique()
                ? relation(UNCHECKED * nameWeight, List.of())
                : Optional.empty();
    }

    /** The relation, if enough speaks for it; to be asked when the values were compared. */
    public Optional<Relation> relation(KeyValues values) {
        Counts keys = values.counts(other, key);
        Counts counts = values.counts(table, column);
        long found = values.found(this);
        double inclusion = (double) found / counts.distinct();
        if (inclusion < leastInclusion()) {
            return Optional.empty();
        }
        double telling = telling(counts, keys);
        double either = 1 - (1 - TRUST_IN_NAMES * nameWeight) * (1 - telling);
        return relation(inclusion * either, List.of(inclusion(found, counts, keys, telling)));
    }

    private Optional<Relation> relation(double score, List<Evidence> values) {
        if (score < LEAST_SCORE) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>(values);
        if (nameWeight > 0) {
            evidence.add(nameEvidence());
        }
        evidence.sort(Comparator.comparingDouble(Evidence::weight).reversed());
        return Optional.of(new Relation(from(), to(), score, evidence, Relation.Status.PROPOSED));
    }

    private Evidence nameEvidence() {
        String words = byTables
                ? "The name of the table " + table.ref() + " mentions " + other.ref()
                : "The name " + column.name() + " points to " + key.name() + " of " + other.ref();
        return new Evidence(Evidence.Kind.NAME, nameWeight, words);
    }

    /** How little likely it is that the values are found in the key by chance, 0 to 1. */
    private double telling(Counts counts, Counts keys) {
        if (column.type() == ColumnType.TEXT) {
            return counts.distinct() < FEW ? FEW_TEXTS : TELLING;
        }
        return keys.isCommon() || counts.distinct() < FEW ? BY_CHANCE : TELLING;
    }

    private Evidence inclusion(long found, Counts counts, Counts keys, double telling) {
        return new Evidence(Evidence.Kind.INCLUSION, telling, inclusionWords(found, counts, keys));
    }

    private String inclusionWords(long found, Counts counts, Counts keys) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d different values of %s.%s are found in %s.%s, which has %,d, each once",
                found,
                counts.distinct(),
                table.ref(),
                column.name(),
                other.ref(),
                key.name(),
                keys.distinct());
    }
}
