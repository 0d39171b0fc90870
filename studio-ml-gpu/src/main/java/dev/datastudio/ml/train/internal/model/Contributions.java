package dev.datastudio.ml.train.internal.model;

import dev.datastudio.ml.prepare.internal.Matrix;

/**
 * What each feature adds to the margins of some rows. A margin is the number itself, of two classes the log-odds of the
 * second, of more what the softmax of all gives the shares; of models that vote the share of each class.
 *
 * @param values row by row, margin by margin: one a feature, and then what every row begins with
 * @param margins how many a row has
 * @param features how many there are
 * @param isOfShares whether the margins are the shares of classes themselves
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Contributions(double[] values, int margins, int features, boolean isOfShares) {
    /** Those of numbers or of log-odds. */
    public Contributions(double[] values, int margins, int features) {
        this(values, margins, features, false);
    }

    public int rows() {
        return values.length / (margins * (features + 1));
    }

    /** What a feature adds to a margin of a row. */
    public double at(int row, int margin, int feature) {
        return values[(row * margins + margin) * (features + 1) + feature];
    }

    /** What every row begins with. */
    public double base(int row, int margin) {
        return at(row, margin, features);
    }

    /** Those of sums of coefficients and values: of each margin a coefficient a feature, and then a constant. */
    public static Contributions linear(Matrix x, double[] coefficients) {
        int width = x.columns() + 1;
        int margins = coefficients.length / width;
        double[] values = new double[x.rows() * coefficients.length];
        for (int row = 0; row < x.rows(); row++) {
            for (int i = 0; i < coefficients.length; i++) {
                int feature = i % width;
                values[row * coefficients.length + i] =
                        coefficients[i] * (feature == x.columns() ? 1 : x.at(row, feature));
            }
        }
        return new Contributions(values, margins, x.columns());
    }
}
