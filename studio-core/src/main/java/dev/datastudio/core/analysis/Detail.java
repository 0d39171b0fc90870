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
     *     (1.5 is usual), for the others how many standard deviations from the mean (3 is usual)
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

    /**
     * How columns are correlated.
     *
     * @param layout how the coefficients of three or more columns are shown
     * @param least pairs whose coefficient is nearer to zero are left out of a list; 0 for all
     */
    record Correlation(CorrelationMethod method, Layout layout, double least) implements Detail {
        /** @throws IllegalArgumentException if the least coefficient is outside 0 to 1 */
        public Correlation {
            if (!(least >= 0 && least <= 1)) {
                throw new IllegalArgumentException("least must be in 0..1, was " + least);
            }
        }

        /** A pair, or a matrix of more columns. */
        public Correlation(CorrelationMethod method) {
            this(method, Layout.MATRIX, 0);
        }
    }

    /** How the coefficients of several columns are shown. */
    enum Layout {
        /** A row and a column for each. */
        MATRIX,
        /** A row for each column but the first, with its coefficient with the first, the strongest first. */
        WITH_FIRST,
        /** A row for each pair, the strongest first. */
        PAIRS
    }

    /**
     * Where the value of a fitted line is wanted.
     *
     * @param at a value of the explaining column
     */
    record Prediction(double at) implements Detail {
        /** @throws IllegalArgumentException if the value is not finite */
        public Prediction {
            if (!Double.isFinite(at)) {
                throw new IllegalArgumentException("at must be finite, was " + at);
            }
        }
    }

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
        /** By the sample standard deviation, n - 1. */
        Z_SCORE,
        /** By the population standard deviation, n. */
        POPULATION_Z_SCORE
    }

    /** A coefficient of correlation. */
    enum CorrelationMethod {
        PEARSON,
        SPEARMAN,
        /** No coefficient but what Pearson's is made of: the sample covariance, n - 1, of a pair of columns. */
        COVARIANCE
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
