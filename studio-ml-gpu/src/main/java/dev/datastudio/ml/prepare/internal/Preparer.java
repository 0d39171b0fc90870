package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.InputKind;
import dev.datastudio.ml.algorithm.Reading;
import dev.datastudio.ml.prepare.internal.FittedPreparation.Pair;
import dev.datastudio.ml.spec.Categories;
import dev.datastudio.ml.spec.MissingNumbers;
import dev.datastudio.ml.spec.Preparation;
import dev.datastudio.ml.spec.Scaling;
import dev.datastudio.ml.spec.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Fits a preparation on training rows. Not thread-safe; use one a fit. */
public final class Preparer {
    /** Beyond it, and below its inverse, columns are scaled for trees, too. */
    private static final double MOST_PLAIN = 1e30;
    /** So much of its largest value a column must range over, lest too few of its values stay apart. */
    private static final double LEAST_RANGE = 1e-3;

    private static final Pattern SPACE = Pattern.compile("\\s+");
    /** From that many words on average, and mostly different, values are texts. */
    static final double WORDS_OF_A_TEXT = 4;

    private static final double MOSTLY_DIFFERENT = 0.5;
    private static final int FEWEST_OF_IDS = 100;
    private static final int TARGET_FOLDS = 5;
    /** As if so many rows with the mean of all stood beside those of a value. */
    private static final double TARGET_SHRINKAGE = 10;

    private final Preparation spec;
    private final Traits traits;
    private final long seed;
    private final long room;
    private Optional<Embedder> embedder = Optional.empty();
    private IntFunction<Beside> beside = features -> Beside.NOTHING;
    private int judged;
    private final List<String> warnings = new ArrayList<>();

    /**
     * What an algorithm does best with.
     *
     * @param likesRanks whether it splits by order, so that categories can be ranks
     * @param needsScale whether features must be of one size
     * @param reading what a row is to it
     * @param readsBack whether values are made of features again, so that each value needs one
     */
    public record Traits(boolean likesRanks, boolean needsScale, Reading reading, boolean readsBack) {
        /** Of an algorithm that reads a table. */
        public Traits(boolean likesRanks, boolean needsScale) {
            this(likesRanks, needsScale, Reading.DEFAULT.of(InputKind.TABLE), false);
        }
    }

    /**
     * What came of it.
     *
     * @param train the features of the training rows; not those of {@link FittedPreparation#apply} where the target took
     *     part in them
     * @param warnings what people should know, whole sentences
     */
    public record Fit(FittedPreparation preparation, Matrix train, List<String> warnings) {
        public Fit {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What is needed beside the features.
     *
     * @param bytes an estimate, of the memory of the process outside the heap, too
     * @param what it is for, as {@code a network of …}
     */
    public record Beside(long bytes, String what) {
        /** The estimate of the features covers it. */
        public static final Beside NOTHING = new Beside(0, "");
    }

    public Preparer(Preparation spec, Traits traits, long seed) {
        this(spec, traits, seed, Long.MAX_VALUE);
    }

    /** @param room how many bytes the features may take */
    public Preparer(Preparation spec, Traits traits, long seed, long room) {
        this.room = room;
        this.spec = spec;
        this.traits = traits;
        this.seed = seed;
    }

    /** Texts are embedded by this, where the spec wants that. */
    public void embedBy(Optional<Embedder> other) {
        embedder = other;
    }

    /** So many rows more become features while those that are learnt are there: rows held back, or judged at the end. */
    public void countJudged(int rows) {
        judged = rows;
    }

    /** Features are refused that leave no room for what their number needs beside them. */
    public void leaveRoom(IntFunction<Beside> needed) {
        beside = needed;
    }

    /**
     * Fits.
     *
     * @param columns those that features are made of
     * @param mayLeaveOut whether columns that can tell nothing are left out with no more than a warning, since nobody
     *     asked for them by name
     * @param target of the training rows
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when no column is left
     */
    public Fit fit(List<RawColumn> columns, boolean mayLeaveOut, Target target) {
        List<RawColumn> train =
                columns.stream().map(each -> each.rows(target.rows())).toList();
        if (traits.reading().input() != InputKind.TABLE) {
            return OrderedInputs.fit(
                    train, target.rows().length, traits.reading(), spec, width -> requireRoom(target, width, width));
        }
        List<Encoder> encoders = new ArrayList<>();
        Map<String, ColumnType> types = new LinkedHashMap<>();
        List<RawColumn> read = new ArrayList<>();
        for (RawColumn column : train) {
            Optional<Encoder> encoder = encoder(column, mayLeaveOut, target);
            encoder.ifPresent(each -> {
                encoders.add(each);
                types.put(column.name(), column.type());
                read.add(column);
            });
        }
        if (encoders.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "No column is left to learn from" + (warnings.isEmpty() ? "" : ". " + String.join(" ", warnings)),
                    "Name features that have at least two different values");
        }
        RawTable table = RawTable.of(read, target.rows().length, room);
        int width = encoders.stream().mapToInt(each -> each.names().size()).sum() + spec.interactions();
        int used = spec.maxFeatures() == 0 ? width : Math.min(width, spec.maxFeatures());
        requireRoom(target, width, used);
        Matrix encoded = foldedTargets(encoders, table, FittedPreparation.encode(encoders, table), target);
        List<Pair> products = products(encoded, target);
        Matrix all = FittedPreparation.withProducts(encoded, products);
        List<Integer> kept = kept(all, target);
        double[][] scale = scale(all, kept);
        FittedPreparation fitted =
                new FittedPreparation(types, encoders, products, kept, boxed(scale[0]), boxed(scale[1]));
        return new Fit(fitted, fitted.finish(encoded), warnings);
    }

    private void requireRoom(Target target, int width, int used) {
        RawTable.requireRoom((long) target.rows().length + judged, width, room, beside.apply(used));
    }

    private Optional<Encoder> encoder(RawColumn column, boolean mayLeaveOut, Target target) {
        int present = (int) IntStream.range(0, column.rows())
                .filter(row -> !column.isMissing(row))
                .count();
        if (present == 0) {
            warnings.add(quoted(column) + " has no values in the training rows and is left out.");
            return Optional.empty();
        }
        boolean hasMissing = present < column.rows();
        if (column instanceof RawColumn.Words words) {
            words.nearlyNumbers().ifPresent(why -> warnings.add(quoted(column) + " " + why + "."));
            return words(words, present, hasMissing, mayLeaveOut, target);
        }
        RawColumn.Numbers numbers = (RawColumn.Numbers) column;
        if (numbers.distinct() == 1 && !hasMissing) {
            warnings.add(quoted(column) + " has one value only in the training rows and is left out.");
            return Optional.empty();
        }
        double[] values = Arrays.stream(numbers.values())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (column.type().isTemporal()) {
            boolean hasHours = Arrays.stream(values).anyMatch(value -> value != Math.floor(value));
            return Optional.of(new Encoder.Date(column.name(), values[values.length / 2], hasHours, hasMissing));
        }
        return Optional.of(new Encoder.Plain(column.name(), fill(values), hasMissing));
    }

    private double fill(double[] sorted) {
        if (spec.missingNumbers() == MissingNumbers.ZERO) {
            return 0;
        }
        if (spec.missingNumbers() == MissingNumbers.MEAN) {
            return Arrays.stream(sorted).average().orElse(0);
        }
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private Optional<Encoder> words(
            RawColumn.Words column, int present, boolean hasMissing, boolean mayLeaveOut, Target target) {
        int[] counts = new int[column.values().size()];
        for (int code : column.codes()) {
            if (code >= 0) {
                counts[code]++;
            }
        }
        int distinct = (int) Arrays.stream(counts).filter(count -> count > 0).count();
        if (distinct == 1 && !hasMissing) {
            warnings.add(quoted(column) + " has one value only in the training rows and is left out.");
            return Optional.empty();
        }
        boolean mostlyDifferent = distinct > MOSTLY_DIFFERENT * present;
        if (mostlyDifferent && wordsPerValue(column) >= WORDS_OF_A_TEXT) {
            if (spec.texts() == Texts.LEAVE_OUT) {
                return Optional.empty();
            }
            return Optional.of(spec.texts() == Texts.EMBEDDING ? embedding(column) : hashing(column));
        }
        if (mostlyDifferent && distinct >= FEWEST_OF_IDS && mayLeaveOut) {
            warnings.add(quoted(column) + " has " + distinct + " different values in " + present
                    + " training rows, as names and ids do, and is left out.");
            return Optional.empty();
        }
        List<String> values = IntStream.range(0, counts.length)
                .filter(code -> counts[code] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer code) -> -counts[code]).thenComparing(column.values()::get))
                .limit(spec.maxCategories())
                .map(column.values()::get)
                .toList();
        boolean hasOthers = distinct > values.size();
        if (hasOthers) {
            warnings.add(quoted(column) + " has " + distinct + " different values, of which the " + values.size()
                    + " most frequent are told apart.");
        }
        return Optional.of(category(column, values, hasOthers, hasMissing, target));
    }

    private Encoder category(
            RawColumn.Words column, List<String> values, boolean hasOthers, boolean hasMissing, Target target) {
        Categories how = spec.categories();
        if (how == Categories.TARGET) {
            return means(column, values, target, row -> true);
        }
        if (how == Categories.ORDINAL || (how == Categories.AUTOMATIC && traits.likesRanks() && values.size() > 2)) {
            return new Encoder.Rank(column.name(), values);
        }
        boolean isFlag = !traits.readsBack() && values.size() == 2 && !hasOthers && !hasMissing;
        return new Encoder.OneHot(column.name(), isFlag ? values.subList(1, 2) : values, hasOthers, hasMissing);
    }

    static double wordsPerValue(RawColumn.Words column) {
        return column.values().stream()
                .limit(1_000)
                .mapToInt(value -> SPACE.split(value.strip()).length)
                .average()
                .orElse(0);
    }

    private EmbeddedTexts embedding(RawColumn.Words column) {
        EmbeddedTexts texts = EmbeddedTexts.of(column.name(), embedder);
        warnings.add(quoted(column) + " is read by its meaning with the embedder "
                + StudioException.quote(texts.model()) + ", which predictions need, too.");
        return texts;
    }

    private Encoder hashing(RawColumn.Words column) {
        int width = spec.textFeatures();
        int[] texts = new int[width];
        for (int row = 0; row < column.rows(); row++) {
            Arrays.stream(Encoder.Hashing.features(column.text(row), width))
                    .distinct()
                    .forEach(feature -> texts[feature]++);
        }
        List<Double> weights = new ArrayList<>();
        for (int count : texts) {
            weights.add(Math.log((1.0 + column.rows()) / (1 + count)) + 1);
        }
        return new Encoder.Hashing(column.name(), weights);
    }

    /** Means of the target by value, over some of the training rows. */
    private static Encoder.Target means(
            RawColumn.Words column, List<String> values, Target target, java.util.function.IntPredicate rows) {
        int outputs = target.isClasses() ? target.classes().size() - 1 : 1;
        List<String> names = target.isClasses() ? target.classes().subList(1, outputs + 1) : List.of("the target");
        Map<String, Integer> places = new LinkedHashMap<>();
        values.forEach(value -> places.put(value, places.size()));
        double[][] sums = new double[outputs][values.size()];
        int[] counts = new int[values.size()];
        double[] totals = new double[outputs];
        int all = 0;
        for (int row = 0; row < column.rows(); row++) {
            if (!rows.test(row)) {
                continue;
            }
            all++;
            int place = column.isMissing(row) ? -1 : places.getOrDefault(column.text(row), -1);
            if (place >= 0) {
                counts[place]++;
            }
            for (int i = 0; i < outputs; i++) {
                double y = target.isClasses() ? (target.values()[row] == i + 1 ? 1 : 0) : target.values()[row];
                totals[i] += y;
                if (place >= 0) {
                    sums[i][place] += y;
                }
            }
        }
        List<List<Double>> means = new ArrayList<>();
        List<Double> fallbacks = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            double mean = totals[i] / Math.max(1, all);
            fallbacks.add(mean);
            List<Double> each = new ArrayList<>();
            for (int place = 0; place < counts.length; place++) {
                each.add((sums[i][place] + TARGET_SHRINKAGE * mean) / (counts[place] + TARGET_SHRINKAGE));
            }
            means.add(List.copyOf(each));
        }
        return new Encoder.Target(column.name(), values, names, List.copyOf(means), fallbacks);
    }

    /** The means that a training row gets come from other rows, or it would be told its own target. */
    private Matrix foldedTargets(List<Encoder> encoders, RawTable table, Matrix encoded, Target target) {
        int at = 0;
        for (Encoder encoder : encoders) {
            if (encoder instanceof Encoder.Target means) {
                RawColumn.Words column = (RawColumn.Words) table.column(encoder.column());
                int[] folds = Splits.folds(target, TARGET_FOLDS, seed);
                for (int fold = 0; fold < TARGET_FOLDS; fold++) {
                    int each = fold;
                    Encoder others = means(column, means.values(), target, row -> folds[row] != each)
                            .on(column);
                    for (int row = 0; row < folds.length; row++) {
                        if (folds[row] == fold) {
                            others.encode(column, row, encoded.values(), row * encoded.columns() + at);
                        }
                    }
                }
            }
            at += encoder.names().size();
        }
        return encoded;
    }

    private List<Pair> products(Matrix encoded, Target target) {
        if (spec.interactions() == 0 || encoded.columns() < 2) {
            return List.of();
        }
        double[] strengths = Strengths.of(encoded, target);
        int[] order = IntStream.range(0, strengths.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -strengths[i]).thenComparing(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Pair> pairs = new ArrayList<>();
        for (int second = 1; second < order.length; second++) {
            for (int first = 0; first < second && pairs.size() < spec.interactions(); first++) {
                pairs.add(new Pair(order[first], order[second]));
            }
        }
        return pairs;
    }

    private List<Integer> kept(Matrix all, Target target) {
        if (spec.maxFeatures() == 0 || all.columns() <= spec.maxFeatures()) {
            return List.of();
        }
        double[] strengths = Strengths.of(all, target);
        return IntStream.range(0, strengths.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -strengths[i]).thenComparing(i -> i))
                .limit(spec.maxFeatures())
                .sorted()
                .toList();
    }

    /** What is taken off each used feature, and what it is multiplied with then. */
    private double[][] scale(Matrix all, List<Integer> kept) {
        int width = kept.isEmpty() ? all.columns() : kept.size();
        double[] shifts = new double[width];
        double[] factors = new double[width];
        Arrays.fill(factors, 1);
        boolean isPlain = spec.scaling() == Scaling.AUTOMATIC && !traits.needsScale();
        for (int i = 0; i < width && spec.scaling() != Scaling.NONE; i++) {
            int column = kept.isEmpty() ? i : kept.get(i);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double mean = 0;
            for (int row = 0; row < all.rows(); row++) {
                double value = all.at(row, column);
                low = Math.min(low, value);
                high = Math.max(high, value);
                mean += value / all.rows();
            }
            if (isPlain && suitsFloats(low, high)) {
                continue;
            }
            boolean isRange = spec.scaling() == Scaling.MIN_MAX;
            double size = isRange ? high - low : deviation(all, column, mean, high - low);
            shifts[i] = isRange || high == low ? low : mean;
            factors[i] = size > 0 && Double.isFinite(1 / size) ? 1 / size : 1;
        }
        return new double[][] {shifts, factors};
    }

    /** The standard deviation; of parts of the range, as squares of the values themselves may be too large or small. */
    private static double deviation(Matrix all, int column, double mean, double range) {
        double squares = 0;
        for (int row = 0; row < all.rows() && range > 0; row++) {
            double off = (all.at(row, column) - mean) / range;
            squares += off * off / all.rows();
        }
        return Math.sqrt(squares) * range;
    }

    /** Whether numbers of seven digits up to 1e38, as trees split, hold values of a range, and tell them apart. */
    private static boolean suitsFloats(double low, double high) {
        double most = Math.max(Math.abs(low), Math.abs(high));
        return high == low || (most <= MOST_PLAIN && most >= 1 / MOST_PLAIN && high - low >= most * LEAST_RANGE);
    }

    private static List<Double> boxed(double[] values) {
        return Collections.unmodifiableList(Arrays.stream(values).boxed().toList());
    }

    private static String quoted(RawColumn column) {
        return "The column " + StudioException.quote(column.name());
    }
}
