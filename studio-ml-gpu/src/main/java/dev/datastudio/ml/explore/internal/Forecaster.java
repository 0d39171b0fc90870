package dev.datastudio.ml.explore.internal;

import dev.datastudio.ml.explore.Forecast.Tried;
import dev.datastudio.ml.train.internal.model.Course;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses the method that would have forecast the past best, from growing beginnings of the series (rolling origins: L.
 * Tashman, "Out-of-sample tests of forecasting accuracy", 2000), and forecasts by it. Bounds are quantiles of drawn
 * futures, widened until they would have held as much of the past as they say (after G. Shafer and V. Vovk, "A tutorial on
 * conformal prediction", 2008).
 * Not thread-safe.
 */
final class Forecaster {
    private static final int ORIGINS = 24;
    private static final int LONGEST_JUDGED = 12;
    private static final int DRAWN = 1_000;
    private static final int DRAWN_TO_JUDGE = 200;
    private static final int FEWEST_TO_FIT = 6;
    private static final double WIDEST = 3;

    private final double[] series;
    private final int season;
    private final double level;
    private final long seed;
    private final Course course;

    /** Makes a model of a series. */
    private interface Maker {
        SeriesModel of(double[] series);
    }

    /**
     * What is expected.
     *
     * @param covered how often past values lay between drawn bounds; NaN when it is not known
     * @param widening how many times as far from the forecast the bounds lie as they were drawn
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Outcome(double[] values, double[] low, double[] high, List<Tried> tried, double covered, double widening) {
        Outcome {
            tried = List.copyOf(tried);
        }
    }

    /** @param season 1 for none; else the series has at least two seasons */
    Forecaster(double[] series, int season, double level, long seed, Course course) {
        this.series = series;
        this.season = season;
        this.level = level;
        this.seed = seed;
        this.course = course;
    }

    Outcome forecast(int periods) {
        Map<String, Maker> makers = makers();
        int[] origins = origins();
        int judged = Math.min(periods, Math.min(LONGEST_JUDGED, Math.max(1, series.length - fewest())));
        Map<String, Double> errors = new LinkedHashMap<>();
        int done = 0;
        for (Map.Entry<String, Maker> each : makers.entrySet()) {
            course.check();
            course.at("comparing methods", done++, makers.size(), "methods");
            errors.put(each.getKey(), error(each.getValue(), origins, judged));
        }
        String naive = makers.keySet().iterator().next();
        double unit = errors.getOrDefault(naive, Double.NaN);
        List<Tried> tried = new ArrayList<>();
        errors.forEach((name, error) -> tried.add(
                new Tried(name, error, unit == 0 ? (error == 0 ? 1 : Double.POSITIVE_INFINITY) : error / unit)));
        if (origins.length > 0) {
            tried.sort(Comparator.comparingDouble(Tried::error)); // keeps the order of equals, the simplest first
        }
        Maker best = Objects.requireNonNull(makers.get(tried.get(0).method()));
        course.check();
        SeriesModel model = best.of(series);
        double[] values = model.forecast(periods);
        double[][] bounds = bounds(model, periods, DRAWN);
        double[] misses = misses(best, origins, judged);
        double covered = misses.length == 0
                ? Double.NaN
                : Arrays.stream(misses).filter(miss -> miss <= 1).count() / (double) misses.length;
        double widening = misses.length == 0
                ? 1
                : Math.min(WIDEST, Math.max(1, misses[(int) Math.ceil(level * misses.length) - 1]));
        for (int h = 0; h < periods; h++) {
            bounds[0][h] = values[h] + widening * Math.min(0, bounds[0][h] - values[h]);
            bounds[1][h] = values[h] + widening * Math.max(0, bounds[1][h] - values[h]);
        }
        return new Outcome(values, bounds[0], bounds[1], tried, covered, widening);
    }

    /** The simplest first. */
    private Map<String, Maker> makers() {
        Map<String, Maker> makers = new LinkedHashMap<>();
        if (season == 1) {
            makers.put("last value", some -> new Repeating(some, 1));
            makers.put("Holt, fading trend", some -> Smoothing.fit(some, 1, Smoothing.Kind.TREND));
            return makers;
        }
        makers.put("last season", some -> new Repeating(some, season));
        makers.put("Holt-Winters, additive", some -> Smoothing.fit(some, season, Smoothing.Kind.ADDITIVE));
        if (Arrays.stream(series).allMatch(value -> value > 0)) {
            makers.put(
                    "Holt-Winters, multiplicative", some -> Smoothing.fit(some, season, Smoothing.Kind.MULTIPLICATIVE));
        }
        makers.put("Holt, fading trend", some -> Smoothing.fit(some, 1, Smoothing.Kind.TREND));
        return makers;
    }

    private int fewest() {
        return season == 1 ? FEWEST_TO_FIT : (3 * season + 1) / 2;
    }

    /** How long the beginnings are that are forecast from, spread over the second half at most. */
    private int[] origins() {
        int first = Math.max(fewest(), series.length - Math.max(2 * season, ORIGINS));
        int count = series.length - first;
        int step = Math.max(1, (count + ORIGINS - 1) / ORIGINS);
        return IntStream.iterate(series.length - 1, origin -> origin >= first, origin -> origin - step)
                .toArray();
    }

    private double error(Maker maker, int[] origins, int judged) {
        double sum = 0;
        int count = 0;
        for (int origin : origins) {
            course.check();
            double[] told = maker.of(Arrays.copyOf(series, origin)).forecast(Math.min(judged, series.length - origin));
            for (int h = 0; h < told.length; h++) {
                sum += Math.abs(told[h] - series[origin + h]);
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private double[][] bounds(SeriesModel model, int periods, int futures) {
        double[][] drawn = new double[periods][futures];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < futures; i++) {
            double[] path = model.drawn(periods, random);
            for (int h = 0; h < periods; h++) {
                drawn[h][i] = path[h];
            }
        }
        double[][] bounds = new double[2][periods];
        for (int h = 0; h < periods; h++) {
            Arrays.sort(drawn[h]);
            bounds[0][h] = drawn[h][(int) Math.floor((1 - level) / 2 * (futures - 1))];
            bounds[1][h] = drawn[h][(int) Math.ceil((1 + level) / 2 * (futures - 1))];
        }
        return bounds;
    }

    /**
     * How far past values lay from their forecasts, in parts of the way to the drawn bound on that side, ascending. Errors that a
     * method made where it learnt are smaller than those it makes beyond, so drawn bounds are too narrow mostly.
     */
    private double[] misses(Maker maker, int[] origins, int judged) {
        List<Double> misses = new ArrayList<>();
        for (int origin : origins) {
            course.check();
            int periods = Math.min(judged, series.length - origin);
            SeriesModel model = maker.of(Arrays.copyOf(series, origin));
            double[] told = model.forecast(periods);
            double[][] bounds = bounds(model, periods, DRAWN_TO_JUDGE);
            for (int h = 0; h < periods; h++) {
                double off = series[origin + h] - told[h];
                double way = off < 0 ? told[h] - bounds[0][h] : bounds[1][h] - told[h];
                misses.add(off == 0 ? 0 : Math.abs(off) / Math.max(way, Double.MIN_NORMAL));
            }
        }
        return misses.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
