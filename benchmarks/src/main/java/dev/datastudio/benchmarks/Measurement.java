package dev.datastudio.benchmarks;

import java.util.Locale;

/**
 * One row of a benchmark: our figure beside another one taken in the same run.
 *
 * @param measure what was measured
 * @param ours our figure
 * @param unit of both figures
 * @param against what the other figure is
 * @param theirs the other figure
 * @param goal what must hold, in words: {@code ratio <= 1.6}
 * @param holds whether it does
 */
record Measurement(
        String measure, double ours, String unit, String against, double theirs, String goal, boolean holds) {

    /** Our figure may be at most so many times theirs. */
    static Measurement atMostTimes(
            String measure, double ours, String unit, String against, double theirs, double times) {
        return new Measurement(
                measure, ours, unit, against, theirs, "ratio <= " + plain(times), ours <= times * theirs);
    }

    /** Our figure may be at most so many times theirs, and some more. */
    static Measurement atMostTimesPlus(
            String measure, double ours, String unit, String against, double theirs, double times, double more) {
        String goal = "ours <= " + plain(times) + " x theirs + " + plain(more) + " " + unit;
        return new Measurement(measure, ours, unit, against, theirs, goal, ours <= times * theirs + more);
    }

    /** Our figure must be at least so many times theirs. */
    static Measurement atLeastTimes(
            String measure, double ours, String unit, String against, double theirs, double times) {
        return new Measurement(
                measure, ours, unit, against, theirs, "ratio >= " + plain(times), ours >= times * theirs);
    }

    /** Our figure must be between so many and so many times theirs. */
    static Measurement withinTimes(
            String measure, double ours, String unit, String against, double theirs, double least, double most) {
        String goal = "ratio " + plain(least) + " to " + plain(most);
        boolean holds = ours >= least * theirs && ours <= most * theirs;
        return new Measurement(measure, ours, unit, against, theirs, goal, holds);
    }

    /** Our figure may be at most a fixed limit. */
    static Measurement atMost(String measure, double ours, String unit, String against, double limit) {
        return new Measurement(measure, ours, unit, against, limit, "ours <= theirs", ours <= limit);
    }

    /** Our figure may be at most a fixed limit; another one beside it is for comparison only. */
    static Measurement atMostBeside(
            String measure, double ours, String unit, String against, double theirs, double limit) {
        return new Measurement(
                measure, ours, unit, against, theirs, "ours <= " + plain(limit) + " " + unit, ours <= limit);
    }

    /** Our figure must be at least a fixed limit. */
    static Measurement atLeast(String measure, double ours, String unit, String against, double limit) {
        return new Measurement(measure, ours, unit, against, limit, "ours >= theirs", ours >= limit);
    }

    double ratio() {
        return ours / theirs;
    }

    private static String plain(double number) {
        return String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f" : "%s", number);
    }
}
