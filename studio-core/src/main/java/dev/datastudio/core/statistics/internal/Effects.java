package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.TestResult.Comparison;
import dev.datastudio.core.statistics.TestResult.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Effect sizes, their confidence intervals and the usual words for their size (J. Cohen, "Statistical Power Analysis
 * for the Behavioral Sciences", 2nd ed., 1988).
 */
final class Effects {
    /** Beyond this the noncentral distribution needs many terms and is as good as normal. */
    private static final double LARGE_STATISTIC = 200;

    private static final double[] OF_D = {0.2, 0.5, 0.8};
    private static final double[] OF_R = {0.1, 0.3, 0.5};
    private static final double[] OF_VARIANCE = {0.01, 0.06, 0.14};
    private static final String[] WORDS = {"negligible", "small", "medium", "large"};

    private Effects() {}

    static Effect plain(String name, double value) {
        return new Effect(name, value, OptionalDouble.empty(), OptionalDouble.empty(), "");
    }

    /** An effect without usual words for its size. */
    static Effect between(String name, double value, double low, double high) {
        return new Effect(name, value, OptionalDouble.of(low), OptionalDouble.of(high), "");
    }

    /**
     * The largest distance of two distribution functions. A sample's function is nowhere farther from the true one than
     * A. Dvoretzky, J. Kiefer and J. Wolfowitz (1956) say, with the constant of P. Massart (1990); so the true distance
     * lies within the sum of these reaches, with at least the confidence, whatever the distributions.
     *
     * @param sizes of the samples, one or two
     */
    static Effect distance(double d, double alpha, int... sizes) {
        double reach = 0;
        for (int size : sizes) {
            reach += Math.sqrt(Math.log(2 * sizes.length / alpha) / (2.0 * size));
        }
        return between(
                "largest distance of the distribution functions", d, Math.max(0, d - reach), Math.min(1, d + reach));
    }

    private static Effect of(String name, double value, double low, double high, double[] bounds) {
        return new Effect(name, value, OptionalDouble.of(low), OptionalDouble.of(high), word(value, bounds));
    }

    private static String word(double value, double[] bounds) {
        if (Double.isNaN(value)) {
            return "";
        }
        int place = 0;
        while (place < bounds.length && Math.abs(value) >= bounds[place]) {
            place++;
        }
        return WORDS[place];
    }

    /**
     * Cohen's d from a t statistic, t = d · root, with the interval of the noncentral t distribution; for very large t
     * the normal one of Hedges and Olkin (1985).
     */
    static Effect cohen(String name, double t, double df, double root, double alpha) {
        double d = t / root;
        if (Math.abs(t) > LARGE_STATISTIC) {
            double reach = Tails.normalQuantile(alpha) * Math.sqrt(1 / (root * root) + d * d / (2 * df));
            return of(name, d, d - reach, d + reach, OF_D);
        }
        double[] ends = Noncentral.tInterval(t, df, alpha);
        return of(name, d, ends[0] / root, ends[1] / root, OF_D);
    }

    /** Hedges' g: d times the exact factor that takes away its bias in small samples (Hedges, 1981). */
    static Effect hedges(Effect cohen, double df) {
        double factor = df > 300
                ? 1 - 3 / (4 * df - 1)
                : Math.exp(LogGamma.value(df / 2) - LogGamma.value((df - 1) / 2)) * Math.sqrt(2 / df);
        if (df <= 1) {
            return plain("Hedges' g", Double.NaN);
        }
        return of(
                "Hedges' g",
                cohen.value() * factor,
                cohen.low().orElse(Double.NaN) * factor,
                cohen.high().orElse(Double.NaN) * factor,
                OF_D);
    }

    /** Cohen's d by the root of the mean variance, with the interval of Bonett (2008) that needs no equal variances. */
    static Effect averaged(Moments a, Moments b, double difference, double alpha) {
        double mean = (a.variance() + b.variance()) / 2;
        double d = difference / Math.sqrt(mean);
        double fourth =
                (square(a.variance()) / (a.size() - 1) + square(b.variance()) / (b.size() - 1)) / (8 * mean * mean);
        double error = d * d * fourth + (a.variance() / (a.size() - 1) + b.variance() / (b.size() - 1)) / mean;
        double reach = Tails.normalQuantile(alpha) * Math.sqrt(error);
        return of("Cohen's d", d, d - reach, d + reach, OF_D);
    }

    private static double square(double value) {
        return value * value;
    }

    /** A correlation whose inverse hyperbolic tangent is normal with a standard error; Fisher (1921). */
    static Effect correlation(String name, double r, double error, double alpha) {
        if (!Double.isFinite(error) || Math.abs(r) >= 1) {
            return new Effect(name, r, OptionalDouble.empty(), OptionalDouble.empty(), word(r, OF_R));
        }
        double z = Math.log1p(2 * r / (1 - r)) / 2;
        double reach = Tails.normalQuantile(alpha) * error;
        return of(name, r, Math.tanh(z - reach), Math.tanh(z + reach), OF_R);
    }

    /** Eta squared with the interval of the noncentral F distribution (Steiger, 2004). */
    static Effect eta(double f, double numerator, double denominator, long n, double alpha) {
        double eta = numerator * f / (numerator * f + denominator);
        if (f > 1000 || numerator * f > 40_000) {
            return new Effect(
                    "eta squared", eta, OptionalDouble.empty(), OptionalDouble.empty(), word(eta, OF_VARIANCE));
        }
        double low = lambda(l -> Noncentral.fisher(f, numerator, denominator, l), 1 - alpha / 2, numerator * f);
        double high = lambda(l -> Noncentral.fisher(f, numerator, denominator, l), alpha / 2, numerator * f);
        return of("eta squared", eta, low / (low + n), high / (high + n), OF_VARIANCE);
    }

    /** Omega squared, eta squared without its bias (Hays, 1963). */
    static Effect omega(double f, double numerator, long n) {
        double omega = numerator * (f - 1) / (numerator * (f - 1) + n);
        return new Effect(
                "omega squared",
                Math.max(0, omega),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                word(Math.max(0, omega), OF_VARIANCE));
    }

    /**
     * Omega squared of Welch's F, which has no sums of squares to give eta squared; the interval is that of the
     * noncentral F distribution (Steiger, 2004).
     */
    static Effect welchOmega(double f, double numerator, double denominator, long n, double alpha) {
        Effect plain = omega(f, numerator, n);
        if (numerator * f > 40_000) {
            return plain;
        }
        double low = lambda(l -> Noncentral.fisher(f, numerator, denominator, l), 1 - alpha / 2, numerator * f);
        double high = lambda(l -> Noncentral.fisher(f, numerator, denominator, l), alpha / 2, numerator * f);
        return of("omega squared", plain.value(), low / (low + n), high / (high + n), OF_VARIANCE);
    }

    /** Epsilon squared of ranks (Tomczak and Tomczak, 2014), with the interval of {@link RankBootstrap}. */
    static Effect epsilon(double h, List<double[]> groups, double alpha) {
        long n = groups.stream().mapToInt(group -> group.length).sum();
        double epsilon = h / (n - 1);
        Optional<double[]> ends = RankBootstrap.epsilon(groups, alpha);
        return new Effect(
                "epsilon squared",
                epsilon,
                ends.map(two -> OptionalDouble.of(two[0])).orElse(OptionalDouble.empty()),
                ends.map(two -> OptionalDouble.of(two[1])).orElse(OptionalDouble.empty()),
                word(epsilon, OF_VARIANCE));
    }

    /**
     * A root of chi-square by n: Cramér's V with scale min(rows, columns) - 1, Cohen's w with scale 1. The interval is
     * that of the noncentral chi-square distribution (Smithson, 2003), its ends (λ + df) / (n · scale) under the root.
     */
    static Effect contingency(String name, double chiSquare, double df, double n, double scale, double alpha) {
        double value = Math.sqrt(chiSquare / (n * scale));
        double[] bounds = OF_R.clone();
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] /= Math.sqrt(scale);
        }
        if (chiSquare > 40_000) {
            return new Effect(name, value, OptionalDouble.empty(), OptionalDouble.empty(), word(value, bounds));
        }
        double low = lambda(l -> Noncentral.chiSquare(chiSquare, df, l), 1 - alpha / 2, chiSquare);
        double high = lambda(l -> Noncentral.chiSquare(chiSquare, df, l), alpha / 2, chiSquare);
        double most = scale == 1 && name.equals("Cohen's w") ? Double.POSITIVE_INFINITY : 1;
        return of(
                name,
                value,
                low == 0 ? 0 : Math.sqrt((low + df) / (n * scale)),
                high == 0 ? value : Math.min(most, Math.sqrt((high + df) / (n * scale))),
                bounds);
    }

    private static double lambda(java.util.function.DoubleUnaryOperator cdf, double value, double statistic) {
        return Noncentral.falling(cdf, value, 0, Math.max(1, statistic));
    }

    /** The odds ratio of a 2 x 2 table with Woolf's interval (1955); half a unit is added where a count is zero. */
    static Effect odds(long[][] table, double alpha) {
        double add = hasZero(table) ? 0.5 : 0;
        double a = table[0][0] + add;
        double b = table[0][1] + add;
        double c = table[1][0] + add;
        double d = table[1][1] + add;
        double odds = (double) table[0][0] * table[1][1] / ((double) table[0][1] * table[1][0]);
        double centre = Math.log(a) + Math.log(d) - Math.log(b) - Math.log(c);
        double reach = Tails.normalQuantile(alpha) * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
        return new Effect(
                "odds ratio",
                odds,
                OptionalDouble.of(Math.exp(centre - reach)),
                OptionalDouble.of(Math.exp(centre + reach)),
                "");
    }

    private static boolean hasZero(long[][] table) {
        return table[0][0] == 0 || table[0][1] == 0 || table[1][0] == 0 || table[1][1] == 0;
    }

    /** What an effect says, with a space in front; empty when it is not defined. */
    static String sentence(Effect effect, double alpha) {
        if (Double.isNaN(effect.value())) {
            return "";
        }
        String size =
                effect.magnitude().isEmpty() ? "The effect size is " : "The effect is " + effect.magnitude() + ": ";
        String interval = effect.low().isPresent()
                ? " (" + Texts.percent(1 - alpha) + " interval "
                        + Texts.number(effect.low().getAsDouble()) + " to "
                        + Texts.number(effect.high().orElse(Double.NaN)) + ")"
                : "";
        return " " + size + effect.name() + " = " + Texts.number(effect.value()) + interval + ".";
    }

    /** Which pairs differ, with a space in front. */
    static String differences(List<Comparison> comparisons, double alpha) {
        if (comparisons.isEmpty()) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (comparison.pValue() < alpha) {
                pairs.add(Texts.name(comparison.first()) + " from " + Texts.name(comparison.second()));
            }
        }
        if (pairs.isEmpty()) {
            return " Pair by pair, no difference stands out.";
        }
        return " Pair by pair, " + pairs.size() + " of " + comparisons.size() + " differ: " + Texts.and(pairs) + ".";
    }
}
