package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult.Comparison;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Correction;
import dev.datastudio.core.statistics.TestSpec.PostHoc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/** Comparisons of all pairs of groups after a test of three or more. */
final class PostHocTests {
    /** More groups give more pairs than anybody reads. */
    static final int MOST_GROUPS = 15;

    private PostHocTests() {}

    static void add(Report report, TestKind kind, TestSpec spec, Samples samples) {
        PostHoc method = spec.postHoc() == PostHoc.AUTO ? usual(kind) : spec.postHoc();
        if (method == PostHoc.NONE) {
            return;
        }
        if (samples.size() > MOST_GROUPS) {
            report.warn("The pairs of more than " + MOST_GROUPS + " groups are not compared.");
            return;
        }
        List<double[]> groups = Comparing.values(samples);
        boolean means = method == PostHoc.TUKEY || method == PostHoc.GAMES_HOWELL || method == PostHoc.PAIRWISE_WELCH;
        if (means && groups.stream().anyMatch(g -> g.length < 2 || Moments.isConstant(g))) {
            report.warn("The pairs are not compared, because a group has no spread.");
            return;
        }
        String corrected = ", p-values corrected by " + spec.correction().title();
        String rest = spec.correction() == Correction.NONE ? ", p-values uncorrected" : corrected;
        switch (method) {
            case TUKEY -> report.comparisons("Tukey's honestly significant difference", tukey(spec, samples, groups));
            case GAMES_HOWELL -> report.comparisons("Games-Howell test", gamesHowell(spec, samples, groups));
            case DUNN -> report.comparisons("Dunn's test" + rest, dunn(spec, samples, groups));
            case PAIRWISE_WELCH -> report.comparisons("Welch's t-tests" + rest, welch(spec, samples, groups));
            default -> report.comparisons("Mann-Whitney U tests" + rest, mannWhitney(spec, samples, groups));
        }
    }

    private static PostHoc usual(TestKind kind) {
        return switch (kind) {
            case ANOVA -> PostHoc.TUKEY;
            case WELCH_ANOVA -> PostHoc.GAMES_HOWELL;
            case KRUSKAL_WALLIS -> PostHoc.DUNN;
            default -> PostHoc.NONE;
        };
    }

    /** Looks at one pair. */
    private interface PairTest {
        Comparison of(int i, int j);
    }

    private static List<Comparison> pairs(int groups, PairTest test) {
        List<Comparison> found = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            for (int j = i + 1; j < groups; j++) {
                found.add(test.of(i, j));
            }
        }
        return found;
    }

    private static List<Comparison> corrected(TestSpec spec, List<Comparison> raw) {
        double[] adjusted = spec.correction()
                .adjust(raw.stream().mapToDouble(Comparison::pValue).toArray());
        List<Comparison> found = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            Comparison c = raw.get(i);
            found.add(new Comparison(
                    c.first(), c.second(), c.difference(), c.statistic(), adjusted[i], c.low(), c.high()));
        }
        return found;
    }

    /** Tukey (1953) with the mean of unequal sizes by Kramer (1956). */
    private static List<Comparison> tukey(TestSpec spec, Samples samples, List<double[]> groups) {
        List<Moments> moments = groups.stream().map(Moments::of).toList();
        double df = moments.stream().mapToDouble(m -> m.size() - 1.0).sum();
        double within =
                moments.stream().mapToDouble(m -> (m.size() - 1) * m.variance()).sum() / df;
        StudentizedRange range = new StudentizedRange(groups.size(), df);
        double critical = range.inverseSurvival(spec.alpha());
        return pairs(groups.size(), (i, j) -> {
            double error = Math.sqrt(within
                    / 2
                    * (1.0 / moments.get(i).size() + 1.0 / moments.get(j).size()));
            return ranged(samples, moments, i, j, error, range, critical);
        });
    }

    /** Games and Howell, "Pairwise multiple comparison procedures with unequal n's and/or variances" (1976). */
    private static List<Comparison> gamesHowell(TestSpec spec, Samples samples, List<double[]> groups) {
        List<Moments> moments = groups.stream().map(Moments::of).toList();
        return pairs(groups.size(), (i, j) -> {
            double a = moments.get(i).variance() / moments.get(i).size();
            double b = moments.get(j).variance() / moments.get(j).size();
            double df = (a + b)
                    * (a + b)
                    / (a * a / (moments.get(i).size() - 1)
                            + b * b / (moments.get(j).size() - 1));
            StudentizedRange range = new StudentizedRange(groups.size(), df);
            return ranged(samples, moments, i, j, Math.sqrt((a + b) / 2), range, range.inverseSurvival(spec.alpha()));
        });
    }

    private static Comparison ranged(
            Samples samples,
            List<Moments> moments,
            int i,
            int j,
            double error,
            StudentizedRange range,
            double critical) {
        double difference = moments.get(i).mean() - moments.get(j).mean();
        double q = Math.abs(difference) / error;
        return new Comparison(
                samples.names().get(i),
                samples.names().get(j),
                difference,
                q,
                range.survival(q),
                OptionalDouble.of(difference - critical * error),
                OptionalDouble.of(difference + critical * error));
    }

    /** Dunn, "Multiple comparisons using rank sums" (1964), the variance corrected for ties. */
    private static List<Comparison> dunn(TestSpec spec, Samples samples, List<double[]> groups) {
        double[] all = Comparing.concatenated(groups);
        Ranks ranks = Ranks.of(all);
        double n = all.length;
        double variance = n * (n + 1) / 12 - ranks.ties() / (12 * (n - 1));
        double[] means = new double[groups.size()];
        int from = 0;
        for (int i = 0; i < means.length; i++) {
            int to = from + groups.get(i).length;
            means[i] = VarianceTests.mean(Arrays.copyOfRange(ranks.of(), from, to));
            from = to;
        }
        return corrected(spec, pairs(groups.size(), (i, j) -> {
            double error = Math.sqrt(variance * (1.0 / groups.get(i).length + 1.0 / groups.get(j).length));
            double z = (means[i] - means[j]) / error;
            return plain(samples, i, j, means[i] - means[j], z, Tails.normal(z, TestSpec.Alternative.TWO_SIDED));
        }));
    }

    private static List<Comparison> welch(TestSpec spec, Samples samples, List<double[]> groups) {
        TTest test = TTest.withDefaults().with(DataDispersion.HETEROSCEDASTIC);
        return corrected(spec, pairs(groups.size(), (i, j) -> {
            TTest.Result result = test.test(groups.get(i), groups.get(j));
            double difference = VarianceTests.mean(groups.get(i)) - VarianceTests.mean(groups.get(j));
            return plain(samples, i, j, difference, result.getStatistic(), result.getPValue());
        }));
    }

    private static List<Comparison> mannWhitney(TestSpec spec, Samples samples, List<double[]> groups) {
        return corrected(spec, pairs(groups.size(), (i, j) -> {
            RankTests.Pair pair = RankTests.pair(groups.get(i), groups.get(j), spec);
            double difference = Moments.median(groups.get(i)) - Moments.median(groups.get(j));
            return plain(samples, i, j, difference, pair.statistic(), pair.pValue());
        }));
    }

    private static Comparison plain(Samples samples, int i, int j, double difference, double statistic, double pValue) {
        return new Comparison(
                samples.names().get(i),
                samples.names().get(j),
                difference,
                statistic,
                Math.min(1, pValue),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
