package dev.datastudio.ml.train.internal.tree;

import java.util.Arrays;

/**
 * Those features that have two values, as bits: where every feature is asked about in every node, a row costs only as much
 * as it has values that are rarer than the other one, of categories spread over columns one each instead of all columns.
 *
 * @param features their places among all features, in the order of the bits
 * @param places the bit of each feature; -1 of those with other than two values
 * @param isLow of each bit, whether it is set in rows with the lower value, as that is the rarer one
 * @param words the bits, 64 to a word: of each word, of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Flags(int[] features, int[] places, boolean[] isLow, long[][] words) {
    static final Flags NONE = new Flags(new int[0], new int[0], new boolean[0], new long[0][]);

    static Flags of(Bins bins, int rows) {
        int columns = bins.bins().length;
        int[] features = new int[columns];
        int[] places = new int[columns];
        int count = 0;
        for (int feature = 0; feature < columns; feature++) {
            boolean isFlag = bins.edges()[feature].length == 1;
            places[feature] = isFlag ? count : -1;
            if (isFlag) {
                features[count++] = feature;
            }
        }
        boolean[] isLow = new boolean[count];
        long[][] words = new long[(count + 63) / 64][rows];
        for (int place = 0; place < count; place++) {
            byte[] column = bins.bins()[features[place]];
            int high = 0;
            for (byte bin : column) {
                high += bin;
            }
            isLow[place] = 2L * high > rows;
            int set = isLow[place] ? 0 : 1;
            long[] word = words[place / 64];
            for (int row = 0; row < rows; row++) {
                word[row] |= (column[row] == set ? 1L : 0L) << place;
            }
        }
        return new Flags(Arrays.copyOf(features, count), places, isLow, words);
    }

    /** Of a feature; -1 for those that are no flags. */
    int place(int feature) {
        return features.length == 0 ? -1 : places[feature];
    }
}
