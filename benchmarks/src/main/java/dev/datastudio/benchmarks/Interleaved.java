package dev.datastudio.benchmarks;

import java.util.Arrays;

/** Two pieces of work timed in turns, so that what else the machine does falls on both alike. */
final class Interleaved {
    private Interleaved() {}

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    /** Work that measures itself and gives its milliseconds, as a child process does. */
    interface Timed {
        double millis() throws Exception;
    }

    /** The medians of two pieces of work, in milliseconds. */
    record Medians(double ours, double theirs) {}

    /** Medians over some rounds, after one round that doesn't count. */
    static Medians medians(int rounds, Work ours, Work theirs) throws Exception {
        return medianMillis(rounds, 1, () -> time(ours), () -> time(theirs));
    }

    /** Medians over some rounds of work that measures itself. */
    static Medians medianMillis(int rounds, int warmUp, Timed ours, Timed theirs) throws Exception {
        double[] oursMillis = new double[rounds];
        double[] theirsMillis = new double[rounds];
        for (int round = -warmUp; round < rounds; round++) {
            double a = ours.millis();
            double b = theirs.millis();
            if (round >= 0) {
                oursMillis[round] = a;
                theirsMillis[round] = b;
            }
        }
        return new Medians(median(oursMillis), median(theirsMillis));
    }

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** The value below which a part of the values lie, without interpolation. */
    static double quantile(double[] values, double fraction) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))];
    }

    private static double time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
