package dev.datastudio.ml.explore.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Exponential smoothing with a trend that fades and a season: C. Holt, "Forecasting seasonals and trends by exponentially
 * weighted moving averages" (1957), P. Winters, "Forecasting sales by exponentially weighted moving averages" (1960), E.
 * Gardner and E. McKenzie, "Forecasting trends in time series" (1985), in the component form of R. Hyndman and G.
 * Athanasopoulos, "Forecasting: principles and practice", sections 7.3 and 7.4. It begins at a straight line through the first seasons;
 * the smoothing parameters are those with the least squared one-step error.
 */
public final class Smoothing implements SeriesModel {
    /** How the season joins the level. */
    public enum Kind {
        /** No season. */
        TREND,
        /** Added. */
        ADDITIVE,
        /** Multiplied; of positive values only. */
        MULTIPLICATIVE
    }

    /**
     * How fast it learns.
     *
     * @param level 0 to 1
     * @param trend 0 to 1
     * @param season 0 to 1, at most what the level leaves
     * @param fading what stays of the trend after a period, 0.8 to 1
     */
    public record Rates(double level, double trend, double season, double fading) {}

    /** Where it stands; the first seasonal is that of the next period. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record State(double level, double trend, double[] seasonals) {}

    private static final double[][] GRID = {{0.05, 0.2, 0.4, 0.7, 0.95}, {0, 0.05, 0.2}, {0, 0.1, 0.4}, {0.85, 0.95, 1}
    };
    private static final double[] LEAST = {0.001, 0, 0, 0.8};
    private static final double[] MOST = {0.999, 1, 1, 1};
    private static final double FINEST = 0.002;
    private static final int SEASONS_TO_BEGIN = 5;

    private final Kind kind;
    private final Rates rates;
    private final State end;
    private final double[] errors;

    private Smoothing(Kind kind, Rates rates, State end, double[] errors) {
        this.kind = kind;
        this.rates = rates;
        this.end = end;
        this.errors = errors;
    }

    /**
     * Fits.
     *
     * @param series at least one season, or 3 values without one
     * @param season 1 for none
     */
    public static Smoothing fit(double[] series, int season, Kind kind) {
        State begin = begin(series, season, kind);
        boolean isSeasonal = kind != Kind.TREND;
        double[] best = {0, 0, 0, 0};
        double least = Double.POSITIVE_INFINITY;
        for (double level : GRID[0]) {
            for (double trend : GRID[1]) {
                for (double seasonal : isSeasonal ? GRID[2] : new double[] {0}) {
                    for (double fading : GRID[3]) {
                        double[] tried = {level, trend, Math.min(seasonal, 1 - level), fading};
                        double error = error(series, begin, kind, tried);
                        if (error < least) {
                            least = error;
                            best = tried;
                        }
                    }
                }
            }
        }
        double[] refined = refined(series, begin, kind, best, least);
        return of(series, begin, kind, rates(refined));
    }

    /** Without a search, from given beginnings. */
    public static Smoothing of(double[] series, State begin, Kind kind, Rates rates) {
        double[] errors = new double[series.length];
        State end = run(series, begin, kind, rates, errors);
        return new Smoothing(kind, rates, end, errors);
    }

    private static double[] refined(double[] series, State begin, Kind kind, double[] from, double error) {
        double[] best = from;
        double least = error;
        for (double step = 0.1; step > FINEST; step /= 2) {
            boolean isBetter = true;
            while (isBetter) {
                isBetter = false;
                for (int i = 0; i < best.length; i++) {
                    for (double move : new double[] {-step, step}) {
                        double[] tried = best.clone();
                        tried[i] = Math.min(MOST[i], Math.max(LEAST[i], tried[i] + (i == 3 ? move / 4 : move)));
                        tried[2] = kind == Kind.TREND ? 0 : Math.min(tried[2], 1 - tried[0]);
                        double other = error(series, begin, kind, tried);
                        if (other < least * (1 - 1e-9)) {
                            least = other;
                            best = tried;
                            isBetter = true;
                        }
                    }
                }
            }
        }
        return best;
    }

    private static Rates rates(double[] each) {
        return new Rates(each[0], each[1], each[2], each[3]);
    }

    private static double error(double[] series, State begin, Kind kind, double[] rates) {
        double[] errors = new double[series.length];
        run(series, begin, kind, rates(rates), errors);
        double sum = Arrays.stream(errors).map(error -> error * error).sum();
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }

    /** Runs over the series; fills in what each value was off what was expected. */
    private static State run(double[] series, State begin, Kind kind, Rates rates, double[] errors) {
        double level = begin.level();
        double trend = begin.trend();
        double[] seasonals = begin.seasonals().clone();
        int m = seasonals.length;
        for (int t = 0; t < series.length; t++) {
            double season = seasonals[t % m];
            double straight = level + rates.fading() * trend;
            errors[t] = series[t] - joined(kind, straight, season);
            double next = rates.level() * parted(kind, series[t], season) + (1 - rates.level()) * straight;
            seasonals[t % m] = learnt(kind, rates, series[t], straight, season);
            trend = rates.trend() * (next - level) + (1 - rates.trend()) * rates.fading() * trend;
            level = next;
        }
        double[] turned = new double[m];
        Arrays.setAll(turned, i -> seasonals[(series.length + i) % m]);
        return new State(level, trend, turned);
    }

    private static double joined(Kind kind, double level, double season) {
        return kind == Kind.MULTIPLICATIVE ? level * season : level + season;
    }

    private static double parted(Kind kind, double value, double season) {
        return kind == Kind.MULTIPLICATIVE ? value / season : value - season;
    }

    private static double learnt(Kind kind, Rates rates, double value, double straight, double season) {
        if (kind == Kind.TREND) {
            return 0;
        }
        return rates.season() * parted(kind, value, straight) + (1 - rates.season()) * season;
    }

    /** The straight line through the means of the first seasons, and the means of what it leaves. */
    private static State begin(double[] series, int season, Kind kind) {
        if (kind == Kind.TREND) {
            int few = Math.min(series.length, 6);
            double slope = slope(series, few);
            double mean = Arrays.stream(series, 0, few).average().orElse(0);
            return new State(mean - slope * (few + 1) / 2.0, slope, new double[1]);
        }
        int seasons = Math.min(SEASONS_TO_BEGIN, series.length / season);
        double[] means = new double[seasons];
        Arrays.setAll(
                means,
                i -> Arrays.stream(series, i * season, (i + 1) * season)
                        .average()
                        .orElse(0));
        double trend = seasons == 1 ? 0 : slope(means, seasons) / season;
        double middle = Arrays.stream(means).average().orElse(0);
        double level = middle - trend * (seasons * season + 1) / 2.0;
        double[] seasonals = new double[season];
        for (int t = 0; t < seasons * season; t++) {
            seasonals[t % season] += parted(kind, series[t], level + trend * (t + 1)) / seasons;
        }
        return new State(level, trend, seasonals);
    }

    /** Of the straight line through the first values. */
    private static double slope(double[] series, int count) {
        double middle = (count - 1) / 2.0;
        double mean = Arrays.stream(series, 0, count).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int i = 0; i < count; i++) {
            above += (i - middle) * (series[i] - mean);
            below += (i - middle) * (i - middle);
        }
        return above / below;
    }

    /** How fast it learns. */
    public Rates rates() {
        return rates;
    }

    /** What each value was off what was expected a period before. */
    public double[] errors() {
        return errors.clone();
    }

    @Override
    public double[] forecast(int periods) {
        return path(periods, null, new double[0]);
    }

    @Override
    public double[] drawn(int periods, SplittableRandom random) {
        int m = end.seasonals().length;
        // The first season was fitted by its own means, so its errors are too small.
        int from = errors.length >= 3 * m && m > 1 ? m : 0;
        double free = errors.length - from;
        double lost = kind == Kind.TREND ? 3 : 4;
        double factor = Math.sqrt(free / Math.max(1, free - lost));
        double[] pool = Arrays.stream(errors, from, errors.length)
                .map(error -> error * factor)
                .toArray();
        return path(periods, random, pool);
    }

    private double[] path(int periods, @org.jspecify.annotations.Nullable SplittableRandom random, double[] pool) {
        double level = end.level();
        double trend = end.trend();
        double[] seasonals = end.seasonals().clone();
        double[] path = new double[periods];
        for (int h = 0; h < periods; h++) {
            int i = h % seasonals.length;
            double straight = level + rates.fading() * trend;
            path[h] = joined(kind, straight, seasonals[i]);
            double next = straight;
            if (random != null) {
                path[h] += pool[random.nextInt(pool.length)];
                next = rates.level() * parted(kind, path[h], seasonals[i]) + (1 - rates.level()) * straight;
                seasonals[i] = learnt(kind, rates, path[h], straight, seasonals[i]);
            }
            trend = rates.trend() * (next - level) + (1 - rates.trend()) * rates.fading() * trend;
            level = next;
        }
        return path;
    }
}
