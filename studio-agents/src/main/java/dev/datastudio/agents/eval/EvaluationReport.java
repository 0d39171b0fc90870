package dev.datastudio.agents.eval;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The scores of a set. Immutable.
 *
 * @param set which
 * @param parts what is scored on its own, in the order of the set
 * @param planning the time that understanding a question took, its database being open
 * @param planningCpu the same on the processor alone, so that other work on the machine counts for less
 * @param asking the time from question to answer, everything included; what came from a cache is left out
 * @param took the whole run, imports included
 */
public record EvaluationReport(
        EvaluationSet set, List<Part> parts, Times planning, Times planningCpu, Times asking, Duration took) {
    public EvaluationReport {
        parts = List.copyOf(parts);
    }

    /** All parts together. */
    public Tally total() {
        return parts.stream().map(Part::tally).reduce(Tally.NONE, Tally::plus);
    }

    /**
     * A part of a set that is scored on its own.
     *
     * @param name what it is called
     * @param tally its outcomes
     * @param slices the same questions, told apart by a property
     * @param aspects what is judged beyond the outcome
     */
    public record Part(String name, Tally tally, List<Slice> slices, List<Aspect> aspects) {
        public Part {
            slices = List.copyOf(slices);
            aspects = List.copyOf(aspects);
        }
    }

    /** The questions of a part that share a value of a property: {@code hardness}, {@code easy}. */
    public record Slice(String property, String value, Tally tally) {}

    /**
     * Something that is judged beside the outcome, such as the kind of chart.
     *
     * @param name what
     * @param right how many have it right
     * @param answered how many were answered and can be judged
     * @param all how many can be judged, answered or not
     */
    public record Aspect(String name, int right, int answered, int all) {
        /** The right ones of those that were answered, 0 to 1; 0 when none was. */
        public double shareOfAnswered() {
            return answered == 0 ? 0 : (double) right / answered;
        }

        /** The right ones of all, 0 to 1; 0 when there is none. */
        public double shareOfAll() {
            return all == 0 ? 0 : (double) right / all;
        }
    }

    /** How many questions ended how. */
    public record Tally(int right, int refused, int wrong, int failed, int skipped) {
        /** No question. */
        public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

        /** The questions that count: all but the skipped ones. */
        public int questions() {
            return right + refused + wrong + failed;
        }

        /** The right ones, 0 to 1; 0 when there is no question. */
        public double rightShare() {
            return share(right, questions());
        }

        /** The refused ones, 0 to 1. */
        public double refusedShare() {
            return share(refused, questions());
        }

        /** The wrong ones, 0 to 1. */
        public double wrongShare() {
            return share(wrong, questions());
        }

        /** The right ones of those that were answered, 0 to 1; 0 when none was. */
        public double precision() {
            return share(right, right + wrong);
        }

        /** One more question. */
        public Tally plus(EvaluationOutcome outcome) {
            return plus(
                    switch (outcome) {
                        case RIGHT -> new Tally(1, 0, 0, 0, 0);
                        case REFUSED -> new Tally(0, 1, 0, 0, 0);
                        case WRONG -> new Tally(0, 0, 1, 0, 0);
                        case FAILED -> new Tally(0, 0, 0, 1, 0);
                        case SKIPPED -> new Tally(0, 0, 0, 0, 1);
                    });
        }

        /** Both together. */
        public Tally plus(Tally other) {
            return new Tally(
                    right + other.right,
                    refused + other.refused,
                    wrong + other.wrong,
                    failed + other.failed,
                    skipped + other.skipped);
        }

        private static double share(int part, int whole) {
            return whole == 0 ? 0 : (double) part / whole;
        }
    }

    /** Quantiles of a time, each an observed one; zero when nothing was measured. */
    public record Times(Duration median, Duration p95, Duration max) {
        /** The quantiles of some nanoseconds, by nearest rank. */
        public static Times of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Times(rank(sorted, 0.5), rank(sorted, 0.95), rank(sorted, 1));
        }

        private static Duration rank(long[] sorted, double quantile) {
            return sorted.length == 0
                    ? Duration.ZERO
                    : Duration.ofNanos(sorted[(int) Math.ceil(quantile * sorted.length) - 1]);
        }
    }
}
