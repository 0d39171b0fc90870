package dev.datastudio.core.statistics;

import java.util.Locale;

/** The hypothesis tests, by what they are run on. */
public enum TestKind {
    /** The test that fits the samples: their shape, number, sizes, normality and variances decide, and it is said why. */
    AUTO("automatic choice", Shape.ANY),
    /** Whether a mean is a given value (Student, 1908). */
    ONE_SAMPLE_T("one-sample t-test", Shape.ONE),
    /** Whether two means are equal, the variances being equal. */
    STUDENT_T("Student's t-test", Shape.TWO),
    /** Whether two means are equal, whatever the variances (Welch, 1947). */
    WELCH_T("Welch's t-test", Shape.TWO),
    /** Whether the mean of the differences of pairs is zero. */
    PAIRED_T("paired t-test", Shape.PAIRS),
    /** Whether one of two groups tends to have larger values (Mann and Whitney, 1947). */
    MANN_WHITNEY("Mann-Whitney U test", Shape.TWO),
    /** Whether differences of pairs, or of values from a reference, lie evenly around zero (Wilcoxon, 1945). */
    WILCOXON("Wilcoxon signed-rank test", Shape.ONE_OR_PAIRS),
    /** Whether several means are equal, the variances being equal (Fisher, 1925). */
    ANOVA("one-way ANOVA", Shape.GROUPS),
    /** Whether several means are equal, whatever the variances (Welch, 1951). */
    WELCH_ANOVA("Welch's ANOVA", Shape.GROUPS),
    /** Whether one of several groups tends to have larger values (Kruskal and Wallis, 1952). */
    KRUSKAL_WALLIS("Kruskal-Wallis test", Shape.GROUPS),
    /** Whether the variances of groups are equal, by the distances from their means (Levene, 1960). */
    LEVENE("Levene's test", Shape.GROUPS),
    /** Whether the variances of groups are equal, by the distances from their medians (Brown and Forsythe, 1974). */
    BROWN_FORSYTHE("Brown-Forsythe test", Shape.GROUPS),
    /** Whether the variances of normal groups are equal (Bartlett, 1937). */
    BARTLETT("Bartlett's test", Shape.GROUPS),
    /** Whether two categories are independent (Pearson, 1900). */
    CHI_SQUARE_INDEPENDENCE("chi-square test of independence", Shape.TABLE),
    /** Whether counts follow expected shares (Pearson, 1900). */
    CHI_SQUARE_GOODNESS_OF_FIT("chi-square goodness-of-fit test", Shape.COUNTS),
    /** Whether two categories of two values each are independent, exactly (Fisher, 1935). */
    FISHER_EXACT("Fisher's exact test", Shape.TABLE),
    /** Whether two columns are linearly correlated. */
    PEARSON("Pearson correlation test", Shape.PAIRS),
    /** Whether two columns rise together, by ranks (Spearman, 1904). */
    SPEARMAN("Spearman correlation test", Shape.PAIRS),
    /** Whether two columns rise together, by concordant pairs (Kendall, 1938): tau-b. */
    KENDALL("Kendall's tau-b test", Shape.PAIRS),
    /** Whether values are normal (Shapiro and Wilk, 1965; Royston, 1995); 3 to 5,000 of them. */
    SHAPIRO_WILK("Shapiro-Wilk test", Shape.ONE),
    /** Whether values are normal, by skewness and kurtosis (D'Agostino and Pearson, 1973); 20 or more of them. */
    DAGOSTINO_PEARSON("D'Agostino-Pearson test", Shape.ONE),
    /** Whether one sample follows a distribution, or two follow the same one (Kolmogorov, 1933; Smirnov, 1939). */
    KOLMOGOROV_SMIRNOV("Kolmogorov-Smirnov test", Shape.ONE_OR_TWO);

    private final String title;
    private final Shape shape;

    TestKind(String title, Shape shape) {
        this.title = title;
        this.shape = shape;
    }

    /** The usual name, as it stands inside a sentence. */
    public String title() {
        return title;
    }

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the test is run on. */
    public Shape shape() {
        return shape;
    }

    /** What samples look like. */
    public enum Shape {
        ANY("any samples"),
        ONE("one sample of numbers"),
        TWO("two groups of numbers"),
        ONE_OR_TWO("one sample or two groups of numbers"),
        GROUPS("two or more groups of numbers"),
        PAIRS("two columns of numbers, pair by pair"),
        ONE_OR_PAIRS("one sample of numbers or two columns of numbers, pair by pair"),
        TABLE("a table of counts of two categories"),
        COUNTS("counts of one category");

        private final String words;

        Shape(String words) {
            this.words = words;
        }

        /** In words, as it stands after "needs". */
        public String words() {
            return words;
        }
    }
}
