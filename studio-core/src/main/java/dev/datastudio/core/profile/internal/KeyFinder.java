package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.DatasetProfile.Dependency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Keys and functional dependencies: the sample refutes most candidates, all rows decide about the rest. */
final class KeyFinder {
    private static final int MAX_PAIR_COLUMNS = 16;
    private static final int MAX_PAIRS_CHECKED = 6;
    private static final int MAX_PAIRS = 3;
    /** One in so many values is looked at first. */
    private static final int HASH_PARTS = 32;

    private static final int MAX_DEPENDENCY_COLUMNS = 24;
    private static final int MOST_KINDS = 5_000;

    private final ProfileSession session;
    private final SampleTable sample;
    private final List<ColumnBuilder> columns;
    private final long rows;

    KeyFinder(ProfileSession session, SampleTable sample, List<ColumnBuilder> columns, long rows) {
        this.session = session;
        this.sample = sample;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Single columns, measures last: what is summed is different in each row by chance only. When there is no other,
     * pairs; measures are no part of them.
     */
    List<DatasetProfile.Key> keys() {
        List<DatasetProfile.Key> keys = new ArrayList<>(single(column -> column.column.role() != ColumnRole.MEASURE));
        if (keys.isEmpty() && rows > 1) {
            keys.addAll(pairs());
        }
        keys.addAll(single(column -> column.column.role() == ColumnRole.MEASURE));
        return keys;
    }

    private List<DatasetProfile.Key> single(Predicate<ColumnBuilder> which) {
        return columns.stream()
                .filter(column -> column.build().isKey() && which.test(column))
                .map(column -> new DatasetProfile.Key(List.of(column.column.name())))
                .toList();
    }

    private List<DatasetProfile.Key> pairs() {
        session.report("looking for keys", 0, columns.size());
        List<ColumnBuilder> candidates = columns.stream()
                .filter(column -> column.isScalar()
                        && column.column.role() != ColumnRole.MEASURE
                        && column.count == rows
                        && column.distinct > 1)
                .sorted(Comparator.comparingLong((ColumnBuilder column) -> -column.distinct))
                .limit(MAX_PAIR_COLUMNS)
                .toList();
        List<int[]> codes = sample.codes(candidates);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            for (int j = i + 1; j < candidates.size() && pairs.size() < MAX_PAIRS_CHECKED; j++) {
                ColumnBuilder a = candidates.get(i);
                ColumnBuilder b = candidates.get(j);
                if ((double) a.distinct * b.distinct >= rows && isUnique(codes.get(i), codes.get(j))) {
                    pairs.add(new Pair(a, b));
                }
            }
        }
        List<Pair> left = sample.rows() == rows ? pairs : withoutRepeatedHashes(pairs);
        return left.stream()
                .filter(pair -> sample.rows() == rows || isUnique(pair))
                .limit(MAX_PAIRS)
                .map(pair -> new DatasetProfile.Key(List.of(pair.a.column.name(), pair.b.column.name())))
                .toList();
    }

    private record Pair(ColumnBuilder a, ColumnBuilder b) {
        String hash() {
            return "hash(" + a.sql() + ", " + b.sql() + ")";
        }
    }

    /** One pass over all rows that looks at some of the values, with all the rows that have them. */
    private List<Pair> withoutRepeatedHashes(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return pairs;
        }
        List<String> hashes = new ArrayList<>();
        List<String> repeats = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            String some = " FILTER (h" + i + " % " + HASH_PARTS + " = 0)";
            hashes.add(pairs.get(i).hash() + " AS h" + i);
            repeats.add("count(*)" + some + " - count(DISTINCT h" + i + ")" + some);
        }
        SqlRow row = session.row("SELECT " + String.join(", ", repeats) + " FROM (SELECT " + String.join(", ", hashes)
                + " FROM " + ProfileSession.DATA + ")");
        return pairs.stream().filter(pair -> row.asLong() == 0).toList();
    }

    private static boolean isUnique(int[] a, int[] b) {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < a.length; i++) {
            if (!seen.add((long) a[i] << 32 | b[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isUnique(Pair pair) {
        return session.row("SELECT count(*) FROM (SELECT DISTINCT " + pair.hash() + " FROM " + ProfileSession.DATA
                                + ")")
                        .asLong()
                == rows;
    }

    /** Between columns of categories; a determinant that is a key tells everything and is left out. */
    List<Dependency> dependencies() {
        List<ColumnBuilder> candidates = columns.stream()
                .filter(column -> column.isCategory(MOST_KINDS) && column.distinct * 2 <= column.count)
                .limit(MAX_DEPENDENCY_COLUMNS)
                .toList();
        session.report("looking for dependencies", 0, candidates.size());
        List<int[]> codes = sample.codes(candidates);
        List<Dependency> found = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            List<ColumnBuilder> told = new ArrayList<>();
            for (int j = 0; j < candidates.size(); j++) {
                boolean possible = i != j && candidates.get(i).distinct >= candidates.get(j).distinct;
                if (possible && determines(codes.get(i), codes.get(j))) {
                    told.add(candidates.get(j));
                }
            }
            found.addAll(
                    sample.rows() == rows ? dependencies(candidates.get(i), told) : verified(candidates.get(i), told));
        }
        return found;
    }

    private static boolean determines(int[] a, int[] b) {
        int[] told = new int[a.length + 1];
        Arrays.fill(told, -1);
        for (int i = 0; i < a.length; i++) {
            if (a[i] >= 0 && b[i] >= 0) {
                if (told[a[i]] >= 0 && told[a[i]] != b[i]) {
                    return false;
                }
                told[a[i]] = b[i];
            }
        }
        return true;
    }

    private static List<Dependency> dependencies(ColumnBuilder determinant, List<ColumnBuilder> told) {
        return told.stream()
                .map(column -> new Dependency(determinant.column.name(), column.column.name()))
                .toList();
    }

    private List<Dependency> verified(ColumnBuilder determinant, List<ColumnBuilder> told) {
        if (told.isEmpty()) {
            return List.of();
        }
        List<String> inner = new ArrayList<>();
        List<String> outer = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            inner.add("min(" + told.get(i).sql() + ") AS l" + i + ", max("
                    + told.get(i).sql() + ") AS h" + i);
            outer.add("count(*) FILTER (l" + i + " <> h" + i + ")");
        }
        SqlRow row = session.row("SELECT " + String.join(", ", outer) + " FROM (SELECT " + String.join(", ", inner)
                + " FROM " + ProfileSession.DATA + " WHERE " + determinant.sql() + " IS NOT NULL GROUP BY "
                + determinant.sql() + ")");
        List<ColumnBuilder> confirmed =
                told.stream().filter(column -> row.asLong() == 0).toList();
        return dependencies(determinant, confirmed);
    }
}
