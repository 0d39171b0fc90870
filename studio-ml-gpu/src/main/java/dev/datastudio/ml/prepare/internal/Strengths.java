package dev.datastudio.ml.prepare.internal;

/** How much a feature alone tells of the target: the share of the target's spread that it explains, 0 to 1. */
final class Strengths {
    private Strengths() {}

    /** The squared correlation with a number, or the squared correlation ratio over classes. */
    static double[] of(Matrix features, Target target) {
        double[] strengths = new double[features.columns()];
        for (int column = 0; column < strengths.length; column++) {
            strengths[column] =
                    target.isClasses() ? ratio(features, column, target) : correlation(features, column, target);
        }
        return strengths;
    }

    private static double correlation(Matrix features, int column, Target target) {
        int rows = features.rows();
        double meanX = 0;
        double meanY = 0;
        for (int row = 0; row < rows; row++) {
            meanX += features.at(row, column) / rows;
            meanY += target.values()[row] / rows;
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int row = 0; row < rows; row++) {
            double x = features.at(row, column) - meanX;
            double y = target.values()[row] - meanY;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        return xx == 0 || yy == 0 ? 0 : xy * xy / (xx * yy);
    }

    private static double ratio(Matrix features, int column, Target target) {
        int rows = features.rows();
        double[] sums = new double[target.classes().size()];
        int[] counts = new int[sums.length];
        double mean = 0;
        for (int row = 0; row < rows; row++) {
            double x = features.at(row, column);
            int k = (int) target.values()[row];
            sums[k] += x;
            counts[k]++;
            mean += x / rows;
        }
        double between = 0;
        for (int k = 0; k < sums.length; k++) {
            if (counts[k] > 0) {
                double off = sums[k] / counts[k] - mean;
                between += counts[k] * off * off;
            }
        }
        double all = 0;
        for (int row = 0; row < rows; row++) {
            double off = features.at(row, column) - mean;
            all += off * off;
        }
        return all == 0 ? 0 : between / all;
    }
}
