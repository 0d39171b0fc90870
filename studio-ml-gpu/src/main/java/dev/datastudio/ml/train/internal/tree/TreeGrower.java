package dev.datastudio.ml.train.internal.tree;

import dev.datastudio.ml.prepare.internal.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Grows one tree over binned features, depth first: of the features that a node may ask about, drawn for each node, the
 * one and the bin whose split lets the squared error fall most. Of classes that is the Gini impurity, since each class is
 * a number that is 0 or 1. Not thread-safe; use one a tree.
 */
final class TreeGrower {
    private static final int BINS = 256;
    /** The rows of a node that is worth a look at whether somebody cancelled. */
    private static final int LARGE = 4_096;

    private final Matrix values;
    private final Bins bins;
    private final Flags flags;
    private final double[] labels;
    private final float[] weights;
    private final int classes;
    private final Limits limits;
    private final SplittableRandom random;
    private final Runnable check;

    private final int[] rows;
    /** Of the row at the same place in {@code rows}, while its node is searched, so that it is looked up once. */
    private final float[] rowWeights;

    private final double[] rowSums;
    private final int[] rowClasses;
    /** The features; first those that have one value only in the node, as they have below it, too. */
    private final int[] order;

    private final double[] sums;
    private final double[] binWeights = new double[BINS];
    private final int[] binCounts = new int[BINS];
    /** Of the rows of a node whose bit is set, at each bit. */
    private final double[] flagSums;

    private final double[] flagWeights;
    private final int[] flagCounts;
    private final long[] keys;
    private final double[] left;
    private final double[] totals;

    private int[] features = new int[64];
    private double[] thresholds = new double[64];
    private int[] children = new int[64];
    private int nodes;
    private float[] leaves = new float[64];
    private float[] leafWeights = new float[64];
    private int leafCount;
    private final double[] gains;

    private double bestGain;
    private int bestFeature;
    private double bestThreshold;

    /**
     * When to stop.
     *
     * @param tried how many features a node may ask about
     * @param sorted up to so many rows a node sorts their own values, where a bin holds several or there are more bins
     *     than rows: exact, and for some ten rows faster than bins
     */
    record Limits(int maxDepth, int minLeaf, int tried, int sorted) {}

    /**
     * Over some rows.
     *
     * @param values of all rows
     * @param bins of the same values
     * @param flags of the same bins, where all features are asked about; else {@link Flags#NONE}
     * @param labels of all rows: a number, or the place of the class
     * @param weights of all rows; those of weight 0 take no part
     * @param classes how many, if not a number is predicted; 0 then
     * @param check asked before each large node; ends the growth by what it throws
     */
    TreeGrower(
            Matrix values,
            Bins bins,
            Flags flags,
            double[] labels,
            float[] weights,
            int classes,
            Limits limits,
            SplittableRandom random,
            Runnable check) {
        this.values = values;
        this.bins = bins;
        this.flags = flags;
        this.labels = labels;
        this.weights = weights;
        this.classes = classes;
        this.limits = limits;
        this.random = random;
        this.check = check;
        this.keys = new long[limits.sorted()];
        this.rows = new int[weights.length];
        this.rowWeights = new float[weights.length];
        this.rowSums = new double[weights.length];
        this.rowClasses = new int[classes > 2 ? weights.length : 0];
        this.order = new int[bins.bins().length];
        Arrays.setAll(order, i -> i);
        this.gains = new double[order.length];
        int outputs = inner();
        this.sums = new double[BINS * outputs];
        this.flagSums = new double[flags.features().length * outputs];
        this.flagWeights = new double[flags.features().length];
        this.flagCounts = new int[flags.features().length];
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
        grow(0, 0, count, 0, 0);
        return new Tree(
                Arrays.copyOf(features, nodes),
                Arrays.copyOf(thresholds, nodes),
                Arrays.copyOf(children, nodes),
                Arrays.copyOf(leaves, leafCount),
                Arrays.copyOf(leafWeights, leafCount / outputs()),
                outputs());
    }

    /** By how much the squared error fell at splits on each feature. */
    double[] gains() {
        return gains;
    }

    /** @param constant how many features are known to have one value only */
    private void grow(int node, int from, int to, int depth, int constant) {
        if (to - from > LARGE) {
            check.run();
        }
        double weight = total(from, to);
        bestGain = 0;
        bestFeature = -1;
        if (depth < limits.maxDepth() && to - from >= 2 * limits.minLeaf() && !isPure(from, to)) {
            constant = search(from, to, weight, constant);
        }
        if (bestFeature < 0) {
            leaf(node, weight);
            return;
        }
        gains[bestFeature] += bestGain;
        int feature = bestFeature;
        int middle = part(from, to, feature, bestThreshold);
        features[node] = feature;
        thresholds[node] = bestThreshold;
        int child = newNode();
        newNode();
        children[node] = child;
        grow(child, from, middle, depth + 1, constant);
        grow(child + 1, middle, to, depth + 1, constant);
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

    /** Looks for the best split; how many features are known to have one value only afterwards. */
    private int search(int from, int to, double weight, int known) {
        double parent = 0;
        for (double total : totals) {
            parent += total * total / weight;
        }
        for (int i = from; i < to; i++) {
            int row = rows[i];
            rowWeights[i] = weights[row];
            rowSums[i] = weights[row] * labels[row];
            if (classes > 2) {
                rowClasses[i] = (int) labels[row];
            }
        }
        if (flags.features().length > 0) {
            sumFlags(from, to, known);
        }
        int constant = known;
        int useful = 0;
        for (int drawn = known; drawn < order.length && useful < limits.tried(); drawn++) {
            swap(drawn, drawn + random.nextInt(order.length - drawn));
            int feature = order[drawn];
            if (search(feature, from, to, weight, parent)) {
                useful++;
            } else {
                swap(drawn, constant++); // a feature that says nothing here is no choice
            }
        }
        return constant;
    }

    /** Looks for a better split at one feature; whether that has several values. */
    private boolean search(int feature, int from, int to, double weight, double parent) {
        int place = flags.place(feature);
        if (place >= 0) {
            return searchFlag(feature, place, to - from, weight, parent);
        }
        boolean sorts =
                to - from <= limits.sorted() && (!bins.isExact()[feature] || bins.edges()[feature].length >= to - from);
        return sorts ? searchSorted(feature, from, to, weight, parent) : searchBins(feature, from, to, weight, parent);
    }

    private void swap(int one, int other) {
        int feature = order[other];
        order[other] = order[one];
        order[one] = feature;
    }

    private boolean searchSorted(int feature, int from, int to, double weight, double parent) {
        int count = to - from;
        for (int i = 0; i < count; i++) {
            keys[i] = ordered((float) values.at(rows[from + i], feature)) << 32 | i;
        }
        Arrays.sort(keys, 0, count);
        if (keys[0] >> 32 == keys[count - 1] >> 32) {
            return false;
        }
        Arrays.fill(left, 0);
        double leftWeight = 0;
        for (int i = 0; i < count - 1; i++) {
            int place = from + (int) keys[i];
            leftWeight += rowWeights[place];
            if (classes > 2) {
                left[rowClasses[place]] += rowWeights[place];
            } else {
                left[0] += rowSums[place];
            }
            boolean isEnd = keys[i] >> 32 != keys[i + 1] >> 32;
            if (isEnd && i + 1 >= limits.minLeaf() && count - i - 1 >= limits.minLeaf()) {
                if (isBest(leftWeight, weight, parent)) {
                    bestFeature = feature;
                    double low = values.at(rows[place], feature);
                    double high = values.at(rows[from + (int) keys[i + 1]], feature);
                    bestThreshold = Bins.middle(low, high);
                }
            }
        }
        return true;
    }

    /** A whole number that is in the same order among others as the value among others. */
    private static long ordered(float value) {
        int bits = Float.floatToIntBits(value + 0f); // there are two zeros
        return bits ^ (bits >> 31 & 0x7fffffff);
    }

    /** Sums up the rows of a node at each of their bits, but for features that are known to have one value. */
    private void sumFlags(int from, int to, int known) {
        int inner = inner();
        Arrays.fill(flagSums, 0);
        Arrays.fill(flagWeights, 0);
        Arrays.fill(flagCounts, 0);
        long[] varying = new long[flags.words().length];
        for (int i = known; i < order.length; i++) {
            int place = flags.place(order[i]);
            if (place >= 0) {
                varying[place / 64] |= 1L << place;
            }
        }
        for (int at = 0; at < varying.length; at++) {
            long[] words = flags.words()[at];
            for (int i = from; i < to; i++) {
                int output = classes > 2 ? rowClasses[i] : 0;
                double sum = classes > 2 ? rowWeights[i] : rowSums[i];
                for (long word = words[rows[i]] & varying[at]; word != 0; word &= word - 1) {
                    int place = at * 64 + Long.numberOfTrailingZeros(word);
                    flagSums[place * inner + output] += sum;
                    flagWeights[place] += rowWeights[i];
                    flagCounts[place]++;
                }
            }
        }
    }

    private boolean searchFlag(int feature, int place, int count, double weight, double parent) {
        int set = flagCounts[place];
        if (set == 0 || set == count) {
            return false;
        }
        if (Math.min(set, count - set) >= limits.minLeaf()) {
            boolean isLow = flags.isLow()[place];
            for (int k = 0; k < left.length; k++) {
                double sum = flagSums[place * left.length + k];
                left[k] = isLow ? sum : totals[k] - sum;
            }
            if (isBest(isLow ? flagWeights[place] : weight - flagWeights[place], weight, parent)) {
                bestFeature = feature;
                bestThreshold = bins.edges()[feature][0];
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
                int bin = column[rows[i]] & 0xff;
                sums[bin * inner + rowClasses[i]] += rowWeights[i];
                binWeights[bin] += rowWeights[i];
                binCounts[bin]++;
            }
        } else {
            for (int i = from; i < to; i++) {
                int bin = column[rows[i]] & 0xff;
                sums[bin] += rowSums[i];
                binWeights[bin] += rowWeights[i];
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
                if (isBest(leftWeight, weight, parent)) {
                    bestFeature = feature;
                    bestThreshold = bins.edges()[feature][bin];
                }
            }
        }
        return varies;
    }

    private boolean isBest(double leftWeight, double weight, double parent) {
        double rightWeight = weight - leftWeight;
        if (leftWeight <= 0 || rightWeight <= 0) {
            return false; // beside the others these rows weigh so little that nothing of them is left
        }
        double squaresLeft = 0;
        double squaresRight = 0;
        for (int k = 0; k < left.length; k++) {
            double right = totals[k] - left[k];
            squaresLeft += left[k] * left[k];
            squaresRight += right * right;
        }
        double gain = squaresLeft / leftWeight + squaresRight / rightWeight - parent;
        if (!(gain > bestGain + 1e-12 * Math.abs(parent))) {
            return false; // nor where numbers are so large that there is no difference of their squares
        }
        bestGain = gain;
        return true;
    }

    /** Puts the rows that go left first; their end. */
    private int part(int from, int to, int feature, double threshold) {
        int low = from;
        int high = to - 1;
        while (low <= high) {
            int row = rows[low];
            if (values.at(row, feature) <= threshold) {
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
        if (leafCount + outputs > leaves.length) {
            leaves = Arrays.copyOf(leaves, Math.max(2 * leaves.length, leafCount + outputs));
        }
        if (leafCount / outputs == leafWeights.length) {
            leafWeights = Arrays.copyOf(leafWeights, 2 * leafWeights.length);
        }
        leafWeights[leafCount / outputs] = (float) weight;
        features[node] = -1;
        children[node] = leafCount;
        if (classes == 2) {
            leaves[leafCount++] = (float) (1 - totals[0] / weight);
            leaves[leafCount++] = (float) (totals[0] / weight);
            return;
        }
        for (int k = 0; k < outputs; k++) {
            leaves[leafCount++] = (float) (totals[k] / weight);
        }
    }
}
