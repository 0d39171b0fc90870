package dev.datastudio.core.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which test is run, and how. Immutable.
 *
 * @param kind the test
 * @param alternative which side is looked at; only two-sided where the statistic has no side
 * @param alpha the significance level, between 0 and 1, both excluded; intervals have the confidence 1 - alpha
 * @param reference the mean or median that one sample is compared with, or the difference of two; finite
 * @param method how the p-value of rank tests is computed
 * @param continuity whether a 2 x 2 chi-square statistic is corrected as by Yates, and a normal approximation of rank
 *     tests by half a unit
 * @param correction how the p-values of comparisons after the test are corrected
 * @param postHoc which comparisons follow a test of three or more groups
 * @param expected shares that counts are compared with, positive, in the order of the counts; empty for equal ones
 * @param distribution what a Kolmogorov-Smirnov test of one sample compares with
 */
public record TestSpec(
        TestKind kind,
        Alternative alternative,
        double alpha,
        double reference,
        Method method,
        Continuity continuity,
        Correction correction,
        PostHoc postHoc,
        List<Double> expected,
        Optional<Distribution> distribution) {
    /** The usual significance level. */
    public static final double DEFAULT_ALPHA = 0.05;

    /** @throws IllegalArgumentException if a value is outside its range */
    public TestSpec {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(alternative, "alternative");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(continuity, "continuity");
        Objects.requireNonNull(correction, "correction");
        Objects.requireNonNull(postHoc, "postHoc");
        Objects.requireNonNull(distribution, "distribution");
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be between 0 and 1, was " + alpha);
        }
        if (!Double.isFinite(reference)) {
            throw new IllegalArgumentException("reference must be finite, was " + reference);
        }
        expected = List.copyOf(expected);
        for (double share : expected) {
            if (!(share > 0 && share < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("expected shares must be positive and finite, one was " + share);
            }
        }
    }

    /** A test with the defaults: two-sided, 0.05, reference 0, exact where it is cheap, Holm's correction. */
    public static TestSpec of(TestKind kind) {
        return builder(kind).build();
    }

    /** A test to be filled. */
    public static Builder builder(TestKind kind) {
        return new Builder(kind);
    }

    /** This one, to be changed. */
    public Builder toBuilder() {
        return new Builder(kind)
                .alternative(alternative)
                .alpha(alpha)
                .reference(reference)
                .method(method)
                .continuity(continuity)
                .correction(correction)
                .postHoc(postHoc)
                .expected(expected)
                .distribution(distribution);
    }

    /** Which side of the null hypothesis counts as evidence. */
    public enum Alternative {
        TWO_SIDED("two-sided"),
        /** The first sample, or the coefficient, is less. */
        LESS("less"),
        /** The first sample, or the coefficient, is greater. */
        GREATER("greater");

        private final String words;

        Alternative(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }

    /** How a p-value is computed. */
    public enum Method {
        /**
         * Exact where it is cheap and there are no ties (fewer than 50 values a group for Mann-Whitney and Wilcoxon, up
         * to 33 pairs for Kendall), asymptotic otherwise; the result says which.
         */
        AUTO,
        /** From the distribution of the statistic over all arrangements; refused with ties. */
        EXACT,
        /** From the normal or chi-square approximation. */
        ASYMPTOTIC
    }

    /** Whether a continuous distribution that stands for a discrete one is corrected. */
    public enum Continuity {
        /** Rank tests are corrected, chi-square statistics are not. */
        DEFAULT,
        /** Nothing is corrected. */
        NONE,
        /** Rank tests are corrected, and chi-square statistics of 2 x 2 tables (Yates, 1934). */
        CORRECTED
    }

    /** Which comparisons of two groups follow a test of three or more. */
    public enum PostHoc {
        /** Those that belong to the test: Tukey, Games-Howell or Dunn. */
        AUTO,
        NONE,
        /** All differences of means, the variances being equal (Tukey and Kramer, 1956); corrects by itself. */
        TUKEY,
        /** All differences of means, whatever the variances (Games and Howell, 1976); corrects by itself. */
        GAMES_HOWELL,
        /** All differences of mean ranks (Dunn, 1964), corrected. */
        DUNN,
        /** Welch's t-test of each pair, corrected. */
        PAIRWISE_WELCH,
        /** Mann-Whitney of each pair, corrected. */
        PAIRWISE_MANN_WHITNEY
    }

    /** How several p-values are corrected for being several. */
    public enum Correction {
        NONE("uncorrected"),
        /** Each p-value times their number (Bonferroni, 1936). */
        BONFERRONI("Bonferroni"),
        /** Step-down Bonferroni (Holm, 1979): controls the family-wise error, never weaker than Bonferroni. */
        HOLM("Holm"),
        /** Step-up (Benjamini and Hochberg, 1995): controls the false discovery rate. */
        BENJAMINI_HOCHBERG("Benjamini-Hochberg");

        private final String title;

        Correction(String title) {
            this.title = title;
        }

        /** The usual name. */
        public String title() {
            return title;
        }

        /**
         * The p-values corrected for their number, in the order given.
         *
         * @param pValues each 0 to 1
         */
        public double[] adjust(double... pValues) {
            int n = pValues.length;
            Integer[] order = new Integer[n];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Double.compare(pValues[a], pValues[b]));
            double[] adjusted = pValues.clone();
            double bound = this == BENJAMINI_HOCHBERG ? 1 : 0;
            for (int k = 0; k < n; k++) {
                int rank = this == BENJAMINI_HOCHBERG ? n - 1 - k : k;
                double p = pValues[order[rank]];
                switch (this) {
                    case NONE -> {}
                    case BONFERRONI -> adjusted[order[rank]] = Math.min(1, p * n);
                    case HOLM -> {
                        bound = Math.max(bound, Math.min(1, p * (n - rank)));
                        adjusted[order[rank]] = bound;
                    }
                    case BENJAMINI_HOCHBERG -> {
                        bound = Math.min(bound, p * n / (rank + 1));
                        adjusted[order[rank]] = bound;
                    }
                }
            }
            return adjusted;
        }
    }

    /** A continuous distribution that is known beforehand. */
    public sealed interface Distribution {
        /** A normal distribution. */
        record Normal(double mean, double deviation) implements Distribution {
            public Normal {
                if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
                    throw new IllegalArgumentException(
                            "mean must be finite and deviation positive, were " + mean + " and " + deviation);
                }
            }
        }

        /** Evenly between two bounds. */
        record Uniform(double low, double high) implements Distribution {
            public Uniform {
                if (!(low < high) || !Double.isFinite(high - low)) {
                    throw new IllegalArgumentException("low must be below high, were " + low + " and " + high);
                }
            }
        }

        /** Waiting times with a mean. */
        record Exponential(double mean) implements Distribution {
            public Exponential {
                if (!(mean > 0 && Double.isFinite(mean))) {
                    throw new IllegalArgumentException("mean must be positive and finite, was " + mean);
                }
            }
        }
    }

    /** Fills a {@link TestSpec}. Not thread-safe. */
    public static final class Builder {
        private final TestKind kind;
        private Alternative alternative = Alternative.TWO_SIDED;
        private double alpha = DEFAULT_ALPHA;
        private double reference;
        private Method method = Method.AUTO;
        private Continuity continuity = Continuity.DEFAULT;
        private Correction correction = Correction.HOLM;
        private PostHoc postHoc = PostHoc.AUTO;
        private List<Double> expected = List.of();
        private Optional<Distribution> distribution = Optional.empty();

        private Builder(TestKind kind) {
            this.kind = kind;
        }

        /** Which side is looked at; two-sided unless told. */
        public Builder alternative(Alternative alternative) {
            this.alternative = alternative;
            return this;
        }

        /** The significance level; 0.05 unless told. */
        public Builder alpha(double alpha) {
            this.alpha = alpha;
            return this;
        }

        /** What the mean, median or difference is compared with; 0 unless told. */
        public Builder reference(double reference) {
            this.reference = reference;
            return this;
        }

        /** How p-values are computed. */
        public Builder method(Method method) {
            this.method = method;
            return this;
        }

        /** Whether continuity is corrected for. */
        public Builder continuity(Continuity continuity) {
            this.continuity = continuity;
            return this;
        }

        /** How comparisons are corrected; Holm unless told. */
        public Builder correction(Correction correction) {
            this.correction = correction;
            return this;
        }

        /** Which comparisons follow. */
        public Builder postHoc(PostHoc postHoc) {
            this.postHoc = postHoc;
            return this;
        }

        /** The shares that counts are compared with; they need not sum to one. */
        public Builder expected(List<Double> shares) {
            this.expected = shares;
            return this;
        }

        /** What a Kolmogorov-Smirnov test of one sample compares with. */
        public Builder distribution(Distribution distribution) {
            return distribution(Optional.of(distribution));
        }

        private Builder distribution(Optional<Distribution> distribution) {
            this.distribution = distribution;
            return this;
        }

        /**
         * The specification.
         *
         * @throws IllegalArgumentException if a value is outside its range
         */
        public TestSpec build() {
            return new TestSpec(
                    kind,
                    alternative,
                    alpha,
                    reference,
                    method,
                    continuity,
                    correction,
                    postHoc,
                    expected,
                    distribution);
        }
    }
}
