package dev.datastudio.core.statistics.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap of epsilon squared, for which no closed interval is known: groups are drawn again from
 * themselves, and the middle share of what comes out is the interval (B. Efron and R. Tibshirani, "An Introduction to the
 * Bootstrap", 1993, section 13.3). The seed is fixed, so that the same rows give the same interval.
 */
final class RankBootstrap {
    static final int RESAMPLES = 2_000;

    private static final long SEED = 20_240_101;

    /** Fewer resamples would leave the ends of the interval to chance. */
    private static final int FEWEST = 500;

    /** Values drawn at most in all: about a second. */
    private static final long MOST_DRAWN = 100_000_000;

    private final int[][] groups;
    private final int[] times;
    private final double[] ranks;
    private final int size;
    private final SplittableRandom random = new SplittableRandom(SEED);

    private RankBootstrap(int[][] groups, int different, int size) {
        this.groups = groups;
        this.times = new int[different];
        this.ranks = new double[different];
        this.size = size;
    }

    /** The ends of the interval; empty when there are too many values to draw them often enough. */
    static Optional<double[]> epsilon(List<double[]> groups, double alpha) {
        double[] different = Arrays.stream(Comparing.concatenated(groups))
                .sorted()
                .distinct()
                .toArray();
        int size = groups.stream().mapToInt(group -> group.length).sum();
        int resamples = (int) Math.min(RESAMPLES, MOST_DRAWN / size);
        if (resamples < FEWEST) {
            return Optional.empty();
        }
        int[][] places = groups.stream()
                .map(group -> Arrays.stream(group)
                        .mapToInt(value -> Arrays.binarySearch(different, value))
                        .toArray())
                .toArray(int[][]::new);
        RankBootstrap bootstrap = new RankBootstrap(places, different.length, size);
        double[] found = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            found[i] = bootstrap.resampled();
        }
        Arrays.sort(found);
        return Optional.of(new double[] {quantile(found, alpha / 2), quantile(found, 1 - alpha / 2)});
    }

    /** Epsilon squared of groups drawn from themselves; values are known by their places among the different ones. */
    private double resampled() {
        Arrays.fill(times, 0);
        int[][] drawn = new int[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            int[] group = groups[g];
            drawn[g] = new int[group.length];
            for (int i = 0; i < group.length; i++) {
                drawn[g][i] = group[random.nextInt(group.length)];
                times[drawn[g][i]]++;
            }
        }
        double n = size;
        double before = 0;
        double ties = 0;
        for (int i = 0; i < times.length; i++) {
            double count = times[i];
            ranks[i] = before + (count + 1) / 2;
            before += count;
            ties += count * count * count - count;
        }
        double sum = 0;
        for (int[] group : drawn) {
            double total = 0;
            for (int place : group) {
                total += ranks[place];
            }
            double off = total / group.length - (n + 1) / 2;
            sum += group.length * off * off;
        }
        double spread = 1 - ties / (n * n * n - n);
        return spread > 0 ? 12 / (n * (n + 1)) * sum / spread / (n - 1) : 0;
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
