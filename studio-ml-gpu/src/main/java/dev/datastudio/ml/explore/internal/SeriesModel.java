package dev.datastudio.ml.explore.internal;

import java.util.SplittableRandom;

/** What forecasts a series. Immutable. */
interface SeriesModel {
    /** What is expected of the next periods. */
    double[] forecast(int periods);

    /** A future that is as likely as the past was: each period adds an error that was made before. */
    double[] drawn(int periods, SplittableRandom random);
}
