package dev.datastudio.ml.prepare.internal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes features of one column, as it was fitted on training rows. Immutable; written as JSON by its kind, of which there
 * are only these.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Encoder.Plain.class, name = "plain"),
    @JsonSubTypes.Type(value = Encoder.Date.class, name = "date"),
    @JsonSubTypes.Type(value = Encoder.OneHot.class, name = "one_hot"),
    @JsonSubTypes.Type(value = Encoder.Rank.class, name = "rank"),
    @JsonSubTypes.Type(value = Encoder.Target.class, name = "target"),
    @JsonSubTypes.Type(value = Encoder.Hashing.class, name = "hashing"),
    @JsonSubTypes.Type(value = Encoder.Tokens.class, name = "tokens"),
    @JsonSubTypes.Type(value = Encoder.Picture.class, name = "picture")
})
public sealed interface Encoder {
    /** The column that it reads. */
    String column();

    /** What its features are called, at least one. */
    List<String> names();

    /** Writes the features of one row into {@code out}, from {@code at} on. */
    void encode(RawColumn raw, int row, double[] out, int at);

    /** Makes what a whole column needs once, such as the places of its words. */
    default Encoder on(RawColumn raw) {
        return this;
    }

    /**
     * A number as it is.
     *
     * @param fill for one that is missing
     * @param tellsMissing whether a second feature says that it was missing
     */
    record Plain(String column, double fill, boolean tellsMissing) implements Encoder {
        @Override
        public List<String> names() {
            return tellsMissing ? List.of(column, column + " is missing") : List.of(column);
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            boolean isMissing = raw.isMissing(row);
            out[at] = isMissing ? fill : ((RawColumn.Numbers) raw).values()[row];
            if (tellsMissing) {
                out[at + 1] = isMissing ? 1 : 0;
            }
        }
    }

    /**
     * A point in time as days since 1970-01-01 and as its place in year, month, week and day.
     *
     * @param fill days for one that is missing
     * @param hasHours whether the time of day tells something
     * @param tellsMissing whether a feature says that it was missing
     */
    record Date(String column, double fill, boolean hasHours, boolean tellsMissing) implements Encoder {
        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>(List.of(
                    column + " in days",
                    column + " year",
                    column + " month",
                    column + " day of month",
                    column + " day of week",
                    column + " day of year"));
            if (hasHours) {
                names.add(column + " hour");
            }
            if (tellsMissing) {
                names.add(column + " is missing");
            }
            return names;
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            boolean isMissing = raw.isMissing(row);
            double days = isMissing ? fill : ((RawColumn.Numbers) raw).values()[row];
            LocalDate date = LocalDate.ofEpochDay((long) Math.floor(days));
            int next = at;
            out[next++] = days;
            out[next++] = date.getYear();
            out[next++] = date.getMonthValue();
            out[next++] = date.getDayOfMonth();
            out[next++] = date.getDayOfWeek().getValue();
            out[next++] = date.getDayOfYear();
            if (hasHours) {
                out[next++] = (days - Math.floor(days)) * 24;
            }
            if (tellsMissing) {
                out[next] = isMissing ? 1 : 0;
            }
        }
    }

    /** Makes features of words, by their places among the values that are told apart, which a column is looked up for once. */
    sealed interface OfWords extends Encoder {
        /** The values that are told apart. */
        List<String> values();

        /**
         * Writes the features of one value.
         *
         * @param place in {@link #values}, {@link #UNKNOWN} or {@link #MISSING}
         */
        void encode(int place, double[] out, int at);

        @Override
        default Encoder on(RawColumn raw) {
            return new Placed(this, places(raw, values()));
        }

        @Override
        default void encode(RawColumn raw, int row, double[] out, int at) {
            throw new AssertionError("a column is placed first");
        }
    }

    /**
     * A feature a value, 1 where it stands. Of a column of two values the second alone.
     *
     * @param values that are told apart
     * @param hasOthers whether a feature stands for values that are not among them; else all features are 0 then
     * @param hasMissing whether a feature stands for none
     */
    record OneHot(String column, List<String> values, boolean hasOthers, boolean hasMissing) implements OfWords {
        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            values.forEach(value -> names.add(column + " = " + value));
            if (hasOthers) {
                names.add(column + " is another value");
            }
            if (hasMissing) {
                names.add(column + " is missing");
            }
            return names;
        }

        @Override
        public void encode(int place, double[] out, int at) {
            int width = values.size() + (hasOthers ? 1 : 0) + (hasMissing ? 1 : 0);
            java.util.Arrays.fill(out, at, at + width, 0);
            int feature = place >= 0 ? place : place == UNKNOWN ? values.size() : values.size() + (hasOthers ? 1 : 0);
            boolean isTold = place >= 0 || (place == UNKNOWN ? hasOthers : hasMissing);
            if (isTold) {
                out[at + feature] = 1;
            }
        }
    }

    /**
     * The rank of the value by how often it stood in training; -1 for none, the number of values for others.
     *
     * @param values the most frequent first
     */
    record Rank(String column, List<String> values) implements OfWords {
        @Override
        public List<String> names() {
            return List.of(column);
        }

        @Override
        public void encode(int place, double[] out, int at) {
            out[at] = place == UNKNOWN ? values.size() : place == MISSING ? -1 : place;
        }
    }

    /**
     * The mean of the target where the value stands.
     *
     * @param values that are told apart
     * @param outputs what the means are of: one name, or one a class but the first
     * @param means of each output by value
     * @param fallbacks of each output, for other values and none
     */
    record Target(
            String column, List<String> values, List<String> outputs, List<List<Double>> means, List<Double> fallbacks)
            implements OfWords {
        @Override
        public List<String> names() {
            return outputs.stream()
                    .map(output -> "mean of " + output + " by " + column)
                    .toList();
        }

        @Override
        public void encode(int place, double[] out, int at) {
            for (int i = 0; i < outputs.size(); i++) {
                out[at + i] = place < 0 ? fallbacks.get(i) : means.get(i).get(place);
            }
        }
    }

    /**
     * The words of a text, hashed into features and weighted by how rare they are (TF-IDF over hashes), to length 1.
     *
     * @param weights of each feature
     */
    record Hashing(String column, List<Double> weights) implements Encoder {
        private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= weights.size(); i++) {
                names.add(column + " words " + i);
            }
            return names;
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            int width = weights.size();
            java.util.Arrays.fill(out, at, at + width, 0);
            for (int feature : features(raw.text(row), width)) {
                out[at + feature] += weights.get(feature);
            }
            double length = 0;
            for (int i = at; i < at + width; i++) {
                length += out[i] * out[i];
            }
            if (length > 0) {
                double factor = 1 / Math.sqrt(length);
                for (int i = at; i < at + width; i++) {
                    out[i] *= factor;
                }
            }
        }

        /** The features of the words of a text, each as often as it stands there. */
        static int[] features(String text, int width) {
            return BETWEEN.splitAsStream(text.toLowerCase(Locale.ROOT))
                    .filter(word -> !word.isEmpty())
                    .mapToInt(word -> Math.floorMod((word.hashCode() * 0x9E3779B9) >>> 7, width))
                    .toArray();
        }
    }

    /**
     * The words of a text in order, as codes: 0 for none, 1 for a word that is not known, then the vocabulary. Texts that are
     * shorter begin with zeros, so that all end at the same place.
     *
     * @param vocabulary the most frequent word first
     * @param length how many words are read
     */
    record Tokens(String column, List<String> vocabulary, int length) implements Encoder {
        private static final int FIRST_WORD = 2;

        @Override
        public List<String> names() {
            return numbered(column + " word ", length);
        }

        @Override
        public Encoder on(RawColumn raw) {
            Map<String, Integer> codes = new HashMap<>();
            vocabulary.forEach(word -> codes.put(word, codes.size() + FIRST_WORD));
            return new Coded(this, codes);
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            throw new AssertionError("a column is placed first");
        }

        private void encode(String text, Map<String, Integer> codes, double[] out, int at) {
            List<String> words = words(text);
            int count = Math.min(length, words.size());
            for (int i = 0; i < length; i++) {
                int word = i - (length - count);
                out[at + i] = word < 0 ? 0 : codes.getOrDefault(words.get(word), 1);
            }
        }

        /** Letters and digits that stand together, in lower case. */
        static List<String> words(String text) {
            return Hashing.BETWEEN
                    .splitAsStream(text.toLowerCase(Locale.ROOT))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
    }

    /** An encoder of texts with the codes of its words; never written. */
    record Coded(Tokens tokens, Map<String, Integer> codes) implements Encoder {
        @Override
        public String column() {
            return tokens.column();
        }

        @Override
        public List<String> names() {
            return tokens.names();
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            tokens.encode(raw.text(row), codes, out, at);
        }
    }

    /**
     * The points of a picture, from -1 to 1, each colour row by row.
     *
     * @param size points a side
     */
    record Picture(String column, int size, boolean isGrey) implements Encoder {
        @Override
        public List<String> names() {
            return numbered(column + " point ", Pictures.points(size, isGrey));
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            Pictures.points(column, raw.text(row), size, isGrey, out, at);
        }
    }

    private static List<String> numbered(String name, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(name + i);
        }
        return names;
    }

    /** The place of a value that is not among those that are told apart. */
    int UNKNOWN = -1;

    /** The place of no value. */
    int MISSING = -2;

    /** Where the words of a column stand among some values, by their code. */
    private static int[] places(RawColumn raw, List<String> values) {
        Map<String, Integer> known = new HashMap<>();
        values.forEach(value -> known.put(value, known.size()));
        if (!(raw instanceof RawColumn.Words words)) {
            throw new AssertionError(raw.name() + " holds no words");
        }
        return words.values().stream()
                .mapToInt(value -> known.getOrDefault(value, UNKNOWN))
                .toArray();
    }

    /** An encoder of words with the places of the words of one column; never written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Placed(OfWords encoder, int[] places) implements Encoder {
        @Override
        public String column() {
            return encoder.column();
        }

        @Override
        public List<String> names() {
            return encoder.names();
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            int code = ((RawColumn.Words) raw).codes()[row];
            encoder.encode(code < 0 ? MISSING : places[code], out, at);
        }
    }
}
