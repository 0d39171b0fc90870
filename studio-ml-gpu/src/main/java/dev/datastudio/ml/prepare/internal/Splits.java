package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Parts rows into those that are learnt from and those that are judged on; by places in {@link Target#rows}. */
public final class Splits {
    private Splits() {}

    /**
     * Two parts of places, each ascending.
     *
     * @param train at least one of each class
     * @param test at least one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Parts(int[] train, int[] test) {}

    /** Drawn by chance, each class its share in both parts. */
    public static Parts random(Target target, double testShare, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] isTest = new boolean[target.values().length];
        for (int[] group : classes(target)) {
            shuffle(group, random);
            int count = (int) Math.round(group.length * testShare);
            count = Math.min(count, group.length - 1); // each class is learnt
            for (int i = 0; i < count; i++) {
                isTest[group[i]] = true;
            }
        }
        return parts(isTest);
    }

    /** The latest rows are for the test; rows without a time are learnt from. */
    public static Parts latest(Target target, RawColumn time, double testShare) {
        if (!(time instanceof RawColumn.Numbers numbers)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The time column " + StudioException.quote(time.name()) + " holds words",
                    "Name a column of dates, times or numbers");
        }
        Integer[] order = IntStream.range(0, target.rows().length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> {
            double first = numbers.values()[target.rows()[a]];
            double second = numbers.values()[target.rows()[b]];
            if (Double.isNaN(first) || Double.isNaN(second)) {
                return Boolean.compare(!Double.isNaN(first), !Double.isNaN(second));
            }
            return Double.compare(first, second);
        });
        boolean[] isTest = new boolean[order.length];
        for (int i = order.length - Math.max(1, (int) Math.round(order.length * testShare)); i < order.length; i++) {
            isTest[order[i]] = true;
        }
        return parts(isTest);
    }

    /** Drawn by chance, rows with the same value of a column together. */
    public static Parts grouped(Target target, RawColumn column, double testShare, long seed) {
        Map<String, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < target.rows().length; i++) {
            groups.computeIfAbsent(column.text(target.rows()[i]), any -> new ArrayList<>())
                    .add(i);
        }
        if (groups.size() < 2) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The group column " + StudioException.quote(column.name()) + " has one value only",
                    "Name a column with several values, or none");
        }
        List<String> names = new ArrayList<>(groups.keySet());
        names.sort(null);
        int[] order = IntStream.range(0, names.size()).toArray();
        shuffle(order, new SplittableRandom(seed));
        boolean[] isTest = new boolean[target.rows().length];
        int wanted = Math.max(1, (int) Math.round(isTest.length * testShare));
        int taken = 0;
        for (int i = 0; i < order.length - 1 && taken < wanted; i++) {
            for (int place : Objects.requireNonNull(groups.get(names.get(order[i])))) {
                isTest[place] = true;
                taken++;
            }
        }
        return parts(isTest);
    }

    /** The fold of each place, 0 to {@code folds - 1}, each class spread over all. */
    public static int[] folds(Target target, int folds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] fold = new int[target.values().length];
        int next = 0;
        for (int[] group : classes(target)) {
            shuffle(group, random);
            for (int place : group) {
                fold[place] = next++ % folds;
            }
        }
        return fold;
    }

    /** The places outside and inside a fold. */
    public static Parts fold(int[] folds, int fold) {
        boolean[] isTest = new boolean[folds.length];
        for (int i = 0; i < folds.length; i++) {
            isTest[i] = folds[i] == fold;
        }
        return parts(isTest);
    }

    private static List<int[]> classes(Target target) {
        int all = target.values().length;
        if (!target.isClasses()) {
            return List.of(IntStream.range(0, all).toArray());
        }
        List<int[]> groups = new ArrayList<>();
        for (int k = 0; k < target.classes().size(); k++) {
            int each = k;
            groups.add(IntStream.range(0, all)
                    .filter(i -> target.values()[i] == each)
                    .toArray());
        }
        return groups;
    }

    private static Parts parts(boolean[] isTest) {
        return new Parts(
                IntStream.range(0, isTest.length).filter(i -> !isTest[i]).toArray(),
                IntStream.range(0, isTest.length).filter(i -> isTest[i]).toArray());
    }

    static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = values[i];
            values[i] = values[j];
            values[j] = other;
        }
    }
}
