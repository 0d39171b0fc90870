package dev.datastudio.ml.train.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Grows one tree over binned features, depth first: of the features that a node may ask about, drawn for each node, the
 * one and the bin whose split lets the squared error fall most. Of classes that is the Gini impurity, since each class is
 * a number that is 0 or 1. Not thread-safe; use one a tree.
 */
final class TreeGrower {
    /** Below so many rows sorting them is faster than going through all bins. */
    private static final int FEW_ROWS = 48;

    private static final int BINS = 256;

    private final Bins bins;
    private final double[] labels;
    private final float[] weights;
    private final int classes;
    private final Limits limits;
    private final SplittableRandom random;

    private final int[] rows;
    private final int[] order;
    private final double[] sums;
    private final double[] binWeights = new double[BINS];
    private final int[] binCounts = new int[BINS];
    private final int[] keys = new int[FEW_ROWS];
    private final double[] left;
    private final double[] totals;

    private int[] features = new int[64];
    private double[] thresholds = new double[64];
    private int[] children = new int[64];
    private int nodes;
    private float[] values = new float[64];
    private int valueCount;
    private final double[] gains;

    private double bestGain;
    private int bestFeature;
    private int bestBin;

    /**
     * When to stop.
     *
     * @param tried how many features a node may ask about
     */
    record Limits(int maxDepth, int minLeaf, int tried) {}

    /**
     * Over some rows.
     *
     * @param labels of all rows: a number, or the place of the class
     * @param weights of all rows; those of weight 0 take no part
     * @param classes how many, if not a number is predicted; 0 then
     */
    TreeGrower(Bins bins, double[] labels, float[] weights, int classes, Limits limits, SplittableRandom random) {
        this.bins = bins;
        this.labels = labels;
        this.weights = weights;
        this.classes = classes;
        this.limits = limits;
        this.random = random;
        this.rows = new int[weights.length];
        this.order = new int[bins.bins().length];
        Arrays.setAll(order, i -> i);
        this.gains = new double[order.length];
        int outputs = inner();
        this.sums = new double[BINS * outputs];
        this.left = new double[outputs];
        this.totals = new double[outputs];
    }

    /** How many sums a split looks at: two classes are one number. */
    private int inner() {
        return classes > 2 ? classes : 1;
    }

    private int outputs() {
        return classes == 0 ? 1 : classes;
    }

    Tree grow() {
        int count = 0;
        for (int row = 0; row < weights.length; row++) {
            if (weights[row] > 0) {
                rows[count++] = row;
            }
        }
        newNode();
        grow(0, 0, count, 0);
        return new Tree(
                Arrays.copyOf(features, nodes),
                Arrays.copyOf(thresholds, nodes),
                Arrays.copyOf(children, nodes),
                Arrays.copyOf(values, valueCount),
                outputs());
    }

    /** By how much the squared error fell at splits on each feature. */
    double[] gains() {
        return gains;
    }

    private void grow(int node, int from, int to, int depth) {
        double weight = total(from, to);
        bestGain = 0;
        bestFeature = -1;
        if (depth < limits.maxDepth() && to - from >= 2 * limits.minLeaf() && !isPure(from, to)) {
            search(from, to, weight);
        }
        if (bestFeature < 0) {
            leaf(node, weight);
            return;
        }
        gains[bestFeature] += bestGain;
        int feature = bestFeature;
        int middle = part(from, to, bins.bins()[feature], bestBin);
        features[node] = feature;
        thresholds[node] = bins.edges()[feature][bestBin];
        int child = newNode();
        newNode();
        children[node] = child;
        grow(child, from, middle, depth + 1);
        grow(child + 1, middle, to, depth + 1);
    }

    /** Sums up the labels of some rows into {@code totals}, and gives their weight. */
    private double total(int from, int to) {
        Arrays.fill(totals, 0);
        double weight = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            weight += weights[row];
            if (classes > 2) {
                totals[(int) labels[row]] += weights[row];
            } else {
                totals[0] += weights[row] * labels[row];
            }
        }
        return weight;
    }

    private boolean isPure(int from, int to) {
        double first = labels[rows[from]];
        for (int i = from + 1; i < to; i++) {
            if (labels[rows[i]] != first) {
                return false;
            }
        }
        return true;
    }

    private void search(int from, int to, double weight) {
        double parent = 0;
        for (double total : totals) {
            parent += total * total / weight;
        }
        int useful = 0;
        for (int drawn = 0; drawn < order.length && useful < limits.tried(); drawn++) {
            int other = drawn + random.nextInt(order.length - drawn);
            int feature = order[other];
            order[other] = order[drawn];
            order[drawn] = feature;
            boolean varies = to - from <= FEW_ROWS
                    ? searchSorted(feature, from, to, weight, parent)
                    : searchBins(feature, from, to, weight, parent);
            useful += varies ? 1 : 0; // a feature that says nothing here is no choice
        }
    }

    private boolean searchSorted(int feature, int from, int to, double weight, double parent) {
        byte[] column = bins.bins()[feature];
        int count = to - from;
        for (int i = 0; i < count; i++) {
            keys[i] = (column[rows[from + i]] & 0xff) << 8 | i;
        }
        Arrays.sort(keys, 0, count);
        if (keys[0] >> 8 == keys[count - 1] >> 8) {
            return false;
        }
        Arrays.fill(left, 0);
        double leftWeight = 0;
        for (int i = 0; i < count - 1; i++) {
            int row = rows[from + (keys[i] & 0xff)];
            leftWeight += weights[row];
            if (classes > 2) {
                left[(int) labels[row]] += weights[row];
            } else {
                left[0] += weights[row] * labels[row];
            }
            int bin = keys[i] >> 8;
            boolean isEnd = bin != keys[i + 1] >> 8;
            if (isEnd && i + 1 >= limits.minLeaf() && count - i - 1 >= limits.minLeaf()) {
                consider(feature, bin, leftWeight, weight, parent);
            }
        }
        return true;
    }

    private boolean searchBins(int feature, int from, int to, double weight, double parent) {
        byte[] column = bins.bins()[feature];
        int all = bins.edges()[feature].length + 1;
        if (all == 1) {
            return false;
        }
        int inner = inner();
        Arrays.fill(sums, 0, all * inner, 0);
        Arrays.fill(binWeights, 0, all, 0);
        Arrays.fill(binCounts, 0, all, 0);
        if (classes > 2) {
            for (int i = from; i < to; i++) {
                int row = rows[i];
                int bin = column[row] & 0xff;
                sums[bin * inner + (int) labels[row]] += weights[row];
                binWeights[bin] += weights[row];
                binCounts[bin]++;
            }
        } else {
            for (int i = from; i < to; i++) {
                int row = rows[i];
                int bin = column[row] & 0xff;
                sums[bin] += weights[row] * labels[row];
                binWeights[bin] += weights[row];
                binCounts[bin]++;
            }
        }
        Arrays.fill(left, 0);
        double leftWeight = 0;
        int leftCount = 0;
        int count = to - from;
        boolean varies = false;
        for (int bin = 0; bin < all - 1; bin++) {
            if (binCounts[bin] == 0) {
                continue;
            }
            leftCount += binCounts[bin];
            if (leftCount == count) {
                break;
            }
            varies = true;
            leftWeight += binWeights[bin];
            for (int k = 0; k < inner; k++) {
                left[k] += sums[bin * inner + k];
            }
            if (leftCount >= limits.minLeaf() && count - leftCount >= limits.minLeaf()) {
                consider(feature, bin, leftWeight, weight, parent);
            }
        }
        return varies;
    }

    private void consider(int feature, int bin, double leftWeight, double weight, double parent) {
        double squaresLeft = 0;
        double squaresRight = 0;
        for (int k = 0; k < left.length; k++) {
            double right = totals[k] - left[k];
            squaresLeft += left[k] * left[k];
            squaresRight += right * right;
        }
        double gain = squaresLeft / leftWeight + squaresRight / (weight - leftWeight) - parent;
        if (gain > bestGain + 1e-12 * Math.abs(parent)) {
            bestGain = gain;
            bestFeature = feature;
            bestBin = bin;
        }
    }

    /** Puts the rows that go left first; their end. */
    private int part(int from, int to, byte[] column, int bin) {
        int low = from;
        int high = to - 1;
        while (low <= high) {
            int row = rows[low];
            if ((column[row] & 0xff) <= bin) {
                low++;
            } else {
                rows[low] = rows[high];
                rows[high--] = row;
            }
        }
        return low;
    }

    private int newNode() {
        if (nodes == features.length) {
            features = Arrays.copyOf(features, 2 * nodes);
            thresholds = Arrays.copyOf(thresholds, 2 * nodes);
            children = Arrays.copyOf(children, 2 * nodes);
        }
        return nodes++;
    }

    private void leaf(int node, double weight) {
        int outputs = outputs();
        if (valueCount + outputs > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, valueCount + outputs));
        }
        features[node] = -1;
        children[node] = valueCount;
        if (classes == 2) {
            values[valueCount++] = (float) (1 - totals[0] / weight);
            values[valueCount++] = (float) (totals[0] / weight);
            return;
        }
        for (int k = 0; k < outputs; k++) {
            values[valueCount++] = (float) (totals[k] / weight);
        }
    }
}
