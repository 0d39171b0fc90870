package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A column as it was read, in memory. Its arrays are not to be changed. */
public sealed interface RawColumn {
    String name();

    /** What its values were. */
    ColumnType type();

    int rows();

    boolean isMissing(int row);

    /** The value as people write it; empty when it is missing. */
    String text(int row);

    /** A copy of some rows, in that order. */
    RawColumn rows(int[] chosen);

    /**
     * Numbers; true is 1 and false 0; points in time are days since 1970-01-01, times of day are shares of a day.
     *
     * @param values NaN where there is none; never infinite
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numbers(String name, ColumnType type, double[] values) implements RawColumn {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public String text(int row) {
            double value = values[row];
            if (Double.isNaN(value)) {
                return "";
            }
            if (type == ColumnType.BOOLEAN) {
                return value == 1 ? "true" : "false";
            }
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.valueOf((long) value)
                    : String.valueOf(value);
        }

        @Override
        public RawColumn rows(int[] chosen) {
            return new Numbers(
                    name,
                    type,
                    Arrays.stream(chosen).mapToDouble(row -> values[row]).toArray());
        }

        /** How many different values there are. */
        public int distinct() {
            double[] sorted = Arrays.stream(values)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            int count = sorted.length == 0 ? 0 : 1;
            for (int i = 1; i < sorted.length; i++) {
                count += sorted[i] == sorted[i - 1] ? 0 : 1;
            }
            return count;
        }
    }

    /**
     * Words.
     *
     * @param codes the place of each row's value in {@code values}; -1 where there is none
     * @param values all different, in the order in which they were read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Words(String name, int[] codes, List<String> values) implements RawColumn {
        private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
        private static final double MOSTLY = 0.8;

        @Override
        public ColumnType type() {
            return ColumnType.TEXT;
        }

        /**
         * What keeps a column from being one of numbers: a sentence without its end, where most values look like numbers
         * and some others do not.
         */
        public Optional<String> nearlyNumbers() {
            boolean[] isNumber = new boolean[values.size()];
            for (int i = 0; i < isNumber.length; i++) {
                isNumber[i] = NUMBER.matcher(values.get(i)).matches();
            }
            int present = 0;
            int count = 0;
            String other = "";
            for (int code : codes) {
                if (code >= 0) {
                    present++;
                    count += isNumber[code] ? 1 : 0;
                    other = isNumber[code] || !other.isEmpty() ? other : values.get(code);
                }
            }
            return count >= MOSTLY * present && count < present
                    ? Optional.of("holds words, though " + count + " of its " + present
                            + " values are numbers: others, as " + StudioException.quote(other) + ", are not")
                    : Optional.empty();
        }

        @Override
        public int rows() {
            return codes.length;
        }

        @Override
        public boolean isMissing(int row) {
            return codes[row] < 0;
        }

        @Override
        public String text(int row) {
            return codes[row] < 0 ? "" : values.get(codes[row]);
        }

        @Override
        public RawColumn rows(int[] chosen) {
            return new Words(name, Arrays.stream(chosen).map(row -> codes[row]).toArray(), values);
        }
    }
}
