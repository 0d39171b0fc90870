package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Colours;
import dev.datastudio.ml.algorithm.InputKind;
import dev.datastudio.ml.algorithm.Reading;
import dev.datastudio.ml.spec.Preparation;
import dev.datastudio.ml.spec.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Fits how steps, pictures and texts become numbers in an order that tells something: none is left out or added. */
public final class OrderedInputs {
    private OrderedInputs() {}

    /** What a row is: a single column of words is a picture or a text, else {@code otherwise}. */
    public static InputKind kind(List<RawColumn> columns, InputKind otherwise) {
        if (columns.size() != 1 || !(columns.get(0) instanceof RawColumn.Words words)) {
            return otherwise;
        }
        boolean isPicture = !words.values().isEmpty() && words.values().stream().allMatch(Pictures::isPicture);
        return isPicture ? InputKind.PICTURE : InputKind.TEXT;
    }

    /**
     * Which columns are read where nobody named them: the first that holds pictures, else the one whose texts are the
     * longest, else all numbers; of the kind that was asked for, if one was. All of them where there is no such column.
     *
     * @param asked not {@link InputKind#TABLE}
     * @param readsPictures whether pictures are looked for when nothing was asked for
     */
    public static List<RawColumn> choose(List<RawColumn> columns, InputKind asked, boolean readsPictures) {
        boolean isAny = asked == InputKind.AUTOMATIC;
        List<RawColumn> chosen = List.of();
        if (asked == InputKind.PICTURE || (isAny && readsPictures)) {
            chosen = columns.stream()
                    .filter(each -> kind(List.of(each), InputKind.TABLE) == InputKind.PICTURE)
                    .limit(1)
                    .toList();
        }
        if (chosen.isEmpty() && (asked == InputKind.TEXT || isAny)) {
            double fewest = isAny ? Preparer.WORDS_OF_A_TEXT : 0;
            chosen = columns.stream()
                    .filter(each -> kind(List.of(each), InputKind.TABLE) == InputKind.TEXT)
                    .map(RawColumn.Words.class::cast)
                    .filter(each -> Preparer.wordsPerValue(each) >= fewest)
                    .max(Comparator.comparingDouble(Preparer::wordsPerValue))
                    .map(each -> List.<RawColumn>of(each))
                    .orElse(List.of());
        }
        if (chosen.isEmpty() && (asked == InputKind.STEPS || isAny)) {
            chosen = columns.stream().filter(each -> each.type().isNumeric()).toList();
        }
        return chosen.isEmpty() ? columns : chosen;
    }

    static Preparer.Fit fit(
            List<RawColumn> columns, int rows, Reading reading, Preparation spec, IntConsumer requireRoom) {
        if (spec.interactions() > 0 || spec.maxFeatures() > 0) {
            throw wrong(
                    "Interactions and maxFeatures can't be used where features stand in an order",
                    "Leave them out, or use the input table");
        }
        List<Encoder> encoders = switch (reading.input()) {
            case STEPS -> columns.stream().map(OrderedInputs::step).toList();
            case PICTURE -> {
                String column = only(columns, reading.input()).name();
                boolean isGrey = reading.colours() == Colours.GREY;
                yield List.of(new Encoder.Picture(column, reading.pictureSize(), isGrey));
            }
            case TEXT -> List.of(tokens(only(columns, reading.input()), reading));
            default -> throw new AssertionError(reading);
        };
        int width = encoders.stream().mapToInt(each -> each.names().size()).sum();
        requireRoom.accept(width);
        Map<String, ColumnType> types = new LinkedHashMap<>();
        columns.forEach(each -> types.put(each.name(), each.type()));
        Matrix encoded = FittedPreparation.encode(encoders, RawTable.of(columns, rows, Long.MAX_VALUE));
        double[] shifts = new double[encoded.columns()];
        double[] factors = new double[encoded.columns()];
        Arrays.fill(factors, 1);
        if (reading.input() == InputKind.STEPS && spec.scaling() != Scaling.NONE) {
            scale(encoded, reading.valuesPerStep(), shifts, factors);
        }
        FittedPreparation fitted =
                new FittedPreparation(types, encoders, List.of(), List.of(), boxed(shifts), boxed(factors));
        return new Preparer.Fit(fitted, fitted.finish(encoded), List.of());
    }

    private static Encoder step(RawColumn column) {
        if (!(column instanceof RawColumn.Numbers numbers)) {
            throw wrong(
                    "The column " + StudioException.quote(column.name()) + " holds words and can't be a step",
                    "Name features that hold numbers, in the order of their steps");
        }
        double[] values = Arrays.stream(numbers.values())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Encoder.Plain(column.name(), values.length == 0 ? 0 : values[values.length / 2], false);
    }

    private static RawColumn.Words only(List<RawColumn> columns, InputKind input) {
        if (columns.size() != 1 || !(columns.get(0) instanceof RawColumn.Words words)) {
            throw wrong(
                    "A " + input.name().toLowerCase(java.util.Locale.ROOT)
                            + " is read from one column of texts, and the" + " features are "
                            + columns.stream().map(RawColumn::name).limit(10).toList(),
                    "Name that column alone among the features");
        }
        return words;
    }

    private static Encoder tokens(RawColumn.Words column, Reading reading) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row = 0; row < column.rows(); row++) {
            Encoder.Tokens.words(column.text(row)).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        List<String> vocabulary = new ArrayList<>(counts.keySet());
        vocabulary.sort(Comparator.comparingInt((String word) -> -counts.getOrDefault(word, 0))
                .thenComparing(word -> word));
        return new Encoder.Tokens(
                column.name(),
                List.copyOf(vocabulary.subList(0, Math.min(reading.words(), vocabulary.size()))),
                reading.textLength());
    }

    /** Each value of a step has one mean and one size over all steps: how they differ from each other tells something. */
    private static void scale(Matrix encoded, int width, double[] shifts, double[] factors) {
        for (int value = 0; value < Math.min(width, encoded.columns()); value++) {
            double sum = 0;
            long count = 0;
            for (int column = value; column < encoded.columns(); column += width) {
                for (int row = 0; row < encoded.rows(); row++) {
                    sum += encoded.at(row, column);
                    count++;
                }
            }
            double mean = sum / count;
            double squares = 0;
            for (int column = value; column < encoded.columns(); column += width) {
                for (int row = 0; row < encoded.rows(); row++) {
                    double off = encoded.at(row, column) - mean;
                    squares += off * off / count;
                }
            }
            for (int column = value; column < encoded.columns(); column += width) {
                shifts[column] = mean;
                factors[column] = squares == 0 ? 1 : 1 / Math.sqrt(squares);
            }
        }
    }

    private static List<Double> boxed(double[] values) {
        return Collections.unmodifiableList(Arrays.stream(values).boxed().toList());
    }

    private static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
