package dev.datastudio.core.analysis;

import java.util.List;

/** What one operation needs beyond the parts that all share. Immutable. */
public sealed interface Detail {
    /** Nothing more. */
    record None() implements Detail {}

    /**
     * When a value is an outlier.
     *
     * @param threshold for {@link OutlierMethod#INTERQUARTILE_RANGE} how many times the range beyond the quartiles
     *     (1.5 is usual), for {@link OutlierMethod#Z_SCORE} how many standard deviations from the mean (3 is usual)
     */
    record Outliers(OutlierMethod method, double threshold) implements Detail {
        /** Tukey's fences: 1.5 times the interquartile range (Exploratory Data Analysis, 1977). */
        public static final Outliers TUKEY = new Outliers(OutlierMethod.INTERQUARTILE_RANGE, 1.5);

        /** @throws IllegalArgumentException if the threshold is not positive */
        public Outliers {
            if (!(threshold > 0)) {
                throw new IllegalArgumentException("threshold must be positive, was " + threshold);
            }
        }
    }

    /** The groups of the first dimension that are compared; two or more, none for all. */
    record Comparison(List<Expression.Constant> groups) implements Detail {
        public Comparison {
            groups = List.copyOf(groups);
        }
    }

    /** How columns are correlated. */
    record Correlation(CorrelationMethod method) implements Detail {}

    /**
     * A hypothesis test over the step's measures (columns of numbers) and dimensions (groups).
     *
     * @param level the significance level, 0 to 1, both excluded; 0.05 is usual
     * @param reference what a one-sample test compares with; 0 otherwise
     */
    record Test(TestKind kind, Alternative alternative, double level, double reference) implements Detail {
        /** @throws IllegalArgumentException if the level is not between 0 and 1 */
        public Test {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("level must be between 0 and 1, was " + level);
            }
        }
    }

    /** Rows of the step and of another one, put together as sets. */
    record Combination(SetOperator operator, Step other) implements Detail {}

    /** How outliers are told. */
    enum OutlierMethod {
        INTERQUARTILE_RANGE,
        Z_SCORE
    }

    /** A coefficient of correlation. */
    enum CorrelationMethod {
        PEARSON,
        SPEARMAN
    }

    /** Which side a test looks at. */
    enum Alternative {
        TWO_SIDED,
        LESS,
        GREATER
    }

    /** How two sets of rows are put together. */
    enum SetOperator {
        UNION,
        INTERSECTION,
        DIFFERENCE
    }

    /** The hypothesis tests; {@code AUTO} lets the data's shape and the assumption checks decide. */
    enum TestKind {
        AUTO,
        T_TEST,
        WELCH_T_TEST,
        PAIRED_T_TEST,
        ONE_SAMPLE_T_TEST,
        ANOVA,
        WELCH_ANOVA,
        MANN_WHITNEY,
        WILCOXON,
        KRUSKAL_WALLIS,
        CHI_SQUARE,
        FISHER_EXACT,
        PEARSON,
        SPEARMAN,
        KENDALL,
        SHAPIRO_WILK,
        DAGOSTINO_PEARSON,
        KOLMOGOROV_SMIRNOV,
        LEVENE,
        BROWN_FORSYTHE,
        BARTLETT
    }
}
