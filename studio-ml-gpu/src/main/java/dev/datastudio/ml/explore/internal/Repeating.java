package dev.datastudio.ml.explore.internal;

import java.util.SplittableRandom;

/** The simplest forecast, which others have to beat: the last season comes again, or the last value without one. */
final class Repeating implements SeriesModel {
    private final double[] last;
    private final double[] changes;

    Repeating(double[] series, int season) {
        last = java.util.Arrays.copyOfRange(series, series.length - season, series.length);
        changes = new double[series.length - season];
        for (int t = season; t < series.length; t++) {
            changes[t - season] = series[t] - series[t - season];
        }
    }

    @Override
    public double[] forecast(int periods) {
        double[] path = new double[periods];
        java.util.Arrays.setAll(path, h -> last[h % last.length]);
        return path;
    }

    @Override
    public double[] drawn(int periods, SplittableRandom random) {
        double[] path = new double[periods];
        for (int h = 0; h < periods; h++) {
            path[h] = (h < last.length ? last[h] : path[h - last.length]) + changes[random.nextInt(changes.length)];
        }
        return path;
    }
}
