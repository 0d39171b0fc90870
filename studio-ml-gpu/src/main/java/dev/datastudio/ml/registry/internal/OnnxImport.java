package dev.datastudio.ml.registry.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.onnx.internal.OnnxFile;
import dev.datastudio.ml.onnx.internal.OnnxGraph;
import dev.datastudio.ml.onnx.internal.OnnxSession.Told;
import dev.datastudio.ml.prepare.internal.Encoder;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.registry.OnnxOptions;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Imported;
import dev.datastudio.ml.train.internal.Imported.Input;
import dev.datastudio.ml.train.internal.Imported.Kind;
import dev.datastudio.ml.train.internal.Imported.Output;
import dev.datastudio.ml.train.internal.Imported.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a model of an ONNX file, as far as its inputs and outputs can be understood. Not thread-safe. */
public final class OnnxImport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final int MOST_COLUMNS = 10_000;
    /** Two rows are tried where any number is taken, so that rows can be told from columns. */
    private static final int TRIED = 2;

    private static final double ROUNDING = 1e-3;

    private final byte[] content;
    private final OnnxOptions options;
    private final OnnxFile file;
    private final List<String> warnings = new ArrayList<>();

    /**
     * What came of it.
     *
     * @param task classification or regression
     * @param target the column that is predicted; may be empty
     * @param producer what made the file; may be empty
     */
    public record Found(KeptModel model, Task task, String target, String producer, List<String> warnings) {
        public Found {
            warnings = List.copyOf(warnings);
        }
    }

    /** @throws StudioException as {@link OnnxFile#read} */
    public OnnxImport(byte[] content, OnnxOptions options) {
        this.content = content;
        this.options = options;
        this.file = OnnxFile.read(content);
    }

    /**
     * Finds out what it is given and tells, and tries it.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when that can't be found out or does not fit the
     *     options, and as the runtime refuses it
     */
    public Found find() {
        Optional<FittedPreparation> preparation = preparation();
        List<Input> inputs = preparation.isPresent() ? List.of(features(preparation.get())) : inputs();
        int fixedRows = fixedRows();
        Map<String, Told> told = Imported.tried(content, inputs, fixedRows == 0 ? TRIED : fixedRows);
        Output output = output(told);
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        inputs.forEach(each -> each.columns()
                .forEach(column -> columns.put(column, each.values().column())));
        KeptModel model = new KeptModel(
                preparation.orElseGet(
                        () -> new FittedPreparation(columns, List.of(), List.of(), List.of(), List.of(), List.of())),
                output.classes(),
                new Imported(content, inputs, preparation.isEmpty(), output, fixedRows),
                List.of());
        String target = options.target().isBlank()
                ? file.properties().getOrDefault("studio.target", "").strip()
                : options.target().strip();
        return new Found(
                model,
                output.classes().isEmpty() ? Task.REGRESSION : Task.CLASSIFICATION,
                target,
                file.producer(),
                warnings);
    }

    /** How features are made of columns, where a file of a studio says it and no other columns were asked for. */
    private Optional<FittedPreparation> preparation() {
        String json = file.properties().get("studio.preparation");
        if (json == null || !options.columns().isEmpty()) {
            return Optional.empty();
        }
        try {
            FittedPreparation read = JSON.readValue(json, FittedPreparation.class);
            return Optional.of(checked(read));
        } catch (JsonProcessingException | RuntimeException e) { // what came from elsewhere may be wrong in any way
            warnings.add("How its features are made of columns stands in the file, but can't be read ("
                    + firstLine(e.getMessage()) + "): it takes features as they were prepared.");
            return Optional.empty();
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "it is not whole" : text.lines().findFirst().orElse("");
    }

    /** What came from elsewhere must fit together, or predictions would fail in odd ways. */
    private FittedPreparation checked(FittedPreparation read) {
        for (Encoder each : read.encoders()) {
            ColumnType type = read.columns().get(each.column());
            boolean readsNumbers = each instanceof Encoder.Plain || each instanceof Encoder.Date;
            if (type == null || type == ColumnType.OTHER || readsNumbers == (type == ColumnType.TEXT)) {
                throw new IllegalArgumentException("the column " + each.column() + " is of the kind " + type);
            }
        }
        int made =
                read.encoders().stream().mapToInt(each -> each.names().size()).sum();
        for (FittedPreparation.Pair pair : read.products()) {
            requirePlace(pair.first(), made);
            requirePlace(pair.second(), made);
        }
        read.kept().forEach(place -> requirePlace(place, made + read.products().size()));
        int used = read.names().size();
        boolean isScaled = read.shifts().size() == used
                && read.factors().size() == used
                && read.shifts().stream().allMatch(Double::isFinite)
                && read.factors().stream().allMatch(Double::isFinite);
        List<OnnxFile.Input> inputs = file.inputs();
        boolean fits = inputs.size() == 1
                && inputs.get(0).name().equals(OnnxGraph.FEATURES)
                && inputs.get(0).sizes().size() == 2
                && inputs.get(0).sizes().get(1) == used;
        if (!isScaled || !fits) {
            throw new IllegalArgumentException("it makes " + used + " features, which do not fit the input");
        }
        return read;
    }

    private static void requirePlace(int place, int count) {
        if (place < 0 || place >= count) {
            throw new IllegalArgumentException("there is no feature " + place + " among " + count);
        }
    }

    private Input features(FittedPreparation preparation) {
        return new Input(OnnxGraph.FEATURES, values(file.inputs().get(0)), false, preparation.names());
    }

    private List<Input> inputs() {
        if (file.inputs().isEmpty()) {
            throw wrong("takes no inputs", "Export a model that predicts from columns");
        }
        List<String> names = names();
        List<Input> inputs = new ArrayList<>();
        int at = 0;
        boolean isOne = file.inputs().size() == 1;
        for (OnnxFile.Input each : file.inputs()) {
            Values values = values(each);
            int rank = each.sizes().size();
            if (rank < 1 || rank > 2) {
                throw wrong(
                        "takes " + StudioException.quote(each.name()) + " with the sizes " + each.sizes()
                                + ", which are no rows of values (-1 is open)",
                        "Export it with the number of rows first, and one dimension behind it or none");
            }
            int width = rank == 1 ? 1 : Math.toIntExact(Math.min(each.sizes().get(1), MOST_COLUMNS + 1));
            if (width <= 0 && isOne && !names.isEmpty()) {
                width = names.size();
            }
            if (width <= 0 || at + width > MOST_COLUMNS) {
                throw wrong(
                        width <= 0
                                ? "does not say how many values " + StudioException.quote(each.name()) + " takes a row"
                                : "takes more than " + MOST_COLUMNS + " values a row",
                        width <= 0 ? "Name the columns, in their order" : "Import a smaller model");
            }
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                columns.add(
                        at + i < names.size()
                                ? names.get(at + i)
                                : width == 1 && !isOne
                                        ? each.name()
                                        : (isOne ? "feature " : each.name() + " ") + (i + 1));
            }
            inputs.add(new Input(each.name(), values, rank == 1, columns));
            at += width;
        }
        List<String> all =
                inputs.stream().flatMap(each -> each.columns().stream()).toList();
        if (!options.columns().isEmpty() && options.columns().size() != at) {
            throw wrong(
                    "takes " + at + " values a row, and " + options.columns().size() + " columns are named",
                    "Name one column for each, in their order");
        }
        if (all.stream().distinct().count() < all.size()) {
            throw wrong("has inputs of the same name", "Name the columns, in their order");
        }
        return inputs;
    }

    /** How many rows it takes at a time; 0 where any number. Inputs that are open take as many as the others. */
    private int fixedRows() {
        long fixed = 0;
        for (OnnxFile.Input each : file.inputs()) {
            long rows = Math.max(0, each.sizes().get(0));
            if (fixed != 0 && rows != 0 && rows != fixed) {
                throw wrong(
                        "takes " + rows + " rows of " + StudioException.quote(each.name()) + " and " + fixed
                                + " of another input at a time",
                        "Export it with one number of rows for all inputs, or an open one");
            }
            fixed = Math.max(fixed, rows);
        }
        if (fixed > Imported.MOST_FIXED_ROWS) {
            throw wrong(
                    "takes " + fixed + " rows at a time, no fewer",
                    "Export it with an open number of rows, or with at most " + Imported.MOST_FIXED_ROWS);
        }
        return (int) fixed;
    }

    /** Those that were asked for, or that a file of a studio has. */
    private List<String> names() {
        if (!options.columns().isEmpty()) {
            return options.columns();
        }
        try {
            return texts("studio.features");
        } catch (JsonProcessingException e) {
            warnings.add("The names of its features in the file can't be read.");
            return List.of();
        }
    }

    private List<String> texts(String property) throws JsonProcessingException {
        String json = file.properties().get(property);
        List<String> texts = json == null ? List.of() : JSON.readValue(json, TEXTS);
        return texts.stream().anyMatch(each -> each == null || each.isBlank())
                        || texts.stream().distinct().count() < texts.size()
                ? List.of()
                : texts;
    }

    private static Values values(OnnxFile.Input input) {
        return switch (input.type()) {
            case 1 -> Values.FLOAT;
            case 6 -> Values.INT32;
            case 7 -> Values.INT64;
            case 8 -> Values.STRING;
            case 9 -> Values.BOOL;
            case 11 -> Values.DOUBLE;
            default ->
                throw wrong(
                        "takes " + StudioException.quote(input.name())
                                + (input.type() == 0
                                        ? ", which is no tensor"
                                        : ", a tensor of the kind " + input.type() + " of TensorProto.DataType"),
                        "Export it with inputs of 32 or 64-bit numbers, true and false, or texts");
        };
    }

    private Output output(Map<String, Told> told) {
        boolean mayBeClasses = options.task() != Task.REGRESSION;
        boolean mayBeNumber = options.task() != Task.CLASSIFICATION;
        Optional<Output> found = mayBeClasses ? shares(told) : Optional.empty();
        if (found.isEmpty() && mayBeClasses) {
            found = label(told);
        }
        if (found.isEmpty() && mayBeNumber) {
            found = told.entrySet().stream()
                    .filter(each -> each.getValue() instanceof Told.Numbers numbers && numbers.width() == 1)
                    .map(each -> new Output(each.getKey(), Kind.NUMBER, List.of()))
                    .findFirst();
        }
        return found.orElseThrow(() -> wrong(
                "tells " + told.keySet() + ", of which none is "
                        + (mayBeNumber ? "one number a row or " : "")
                        + "the shares of classes",
                mayBeNumber
                        ? "Export it with one number a row, or with classes and their shares"
                        : "Name its classes, or import it as a regression"));
    }

    /** Shares of classes: by name, row by row, or of the second of two. */
    private Optional<Output> shares(Map<String, Told> told) {
        for (Map.Entry<String, Told> each : told.entrySet()) {
            if (each.getValue() instanceof Told.Shares shares
                    && !shares.values().isEmpty()) {
                List<String> named = ordered(shares.values().get(0).keySet());
                boolean fits = options.classes().isEmpty()
                        || (options.classes().size() == named.size() && named.containsAll(options.classes()));
                if (!fits) {
                    throw wrong("tells the classes " + named, "Name these classes, or none");
                }
                return Optional.of(new Output(
                        each.getKey(), Kind.NAMED_SHARES, options.classes().isEmpty() ? named : options.classes()));
            }
        }
        for (Map.Entry<String, Told> each : told.entrySet()) {
            if (!(each.getValue() instanceof Told.Numbers numbers) || numbers.areWhole()) {
                continue;
            }
            if (numbers.width() > 1 && addUp(numbers)) {
                return Optional.of(new Output(each.getKey(), Kind.SHARES, classes(numbers.width())));
            }
            boolean isSecond = numbers.width() == 1 && options.classes().size() == 2 && areShares(numbers);
            if (isSecond) {
                return Optional.of(new Output(each.getKey(), Kind.SECOND_SHARE, options.classes()));
            }
        }
        return Optional.empty();
    }

    /** As the file lists them; the runtime gives them in no order. */
    private List<String> ordered(Set<String> classes) {
        return file.classes().stream()
                .filter(each -> each.size() == classes.size() && classes.containsAll(each))
                .findFirst()
                .orElseGet(() -> classes.stream().sorted().toList());
    }

    private static boolean areShares(Told.Numbers numbers) {
        return Arrays.stream(numbers.values()).allMatch(value -> value >= -ROUNDING && value <= 1 + ROUNDING);
    }

    private static boolean addUp(Told.Numbers numbers) {
        if (!areShares(numbers)) {
            return false;
        }
        double[] values = numbers.values();
        for (int from = 0; from < values.length; from += numbers.width()) {
            double sum = Arrays.stream(values, from, from + numbers.width()).sum();
            if (Math.abs(sum - 1) > ROUNDING) {
                return false;
            }
        }
        return true;
    }

    /** The class alone, which counts as if it were sure. */
    private Optional<Output> label(Map<String, Told> told) {
        for (Map.Entry<String, Told> each : told.entrySet()) {
            boolean isLabel = each.getValue() instanceof Told.Words
                    || (each.getValue() instanceof Told.Numbers numbers
                            && numbers.areWhole()
                            && numbers.width() == 1
                            && (options.task() == Task.CLASSIFICATION
                                    || told.size() > 1
                                    || !options.classes().isEmpty()));
            if (!isLabel) {
                continue;
            }
            List<String> classes = options.classes().isEmpty() ? known(each.getValue()) : options.classes();
            if (classes.isEmpty()) {
                throw wrong(
                        "tells a class in " + StudioException.quote(each.getKey()) + ", and not which there are",
                        "Name its classes");
            }
            warnings.add("It tells no shares of classes: the class that it says counts as sure.");
            return Optional.of(new Output(each.getKey(), Kind.LABEL, classes));
        }
        return Optional.empty();
    }

    /** A list in the file that has the class that was told. */
    private List<String> known(Told told) {
        List<String> labels = Imported.labels(told);
        return file.classes().stream()
                .filter(each -> each.containsAll(labels))
                .findFirst()
                .orElse(List.of());
    }

    private List<String> classes(int count) {
        if (!options.classes().isEmpty()) {
            if (options.classes().size() != count) {
                throw wrong(
                        "tells " + count + " classes apart, and "
                                + options.classes().size() + " are named",
                        "Name " + count + " classes, in the order of their shares");
            }
            return options.classes();
        }
        try {
            List<String> own = texts("studio.classes");
            if (own.size() == count) {
                return own;
            }
        } catch (JsonProcessingException e) {
            warnings.add("The names of its classes in the file can't be read.");
        }
        return file.classes().stream()
                .filter(each -> each.size() == count)
                .findFirst()
                .orElseGet(() -> {
                    warnings.add("The file does not name its classes: they are called 0 to " + (count - 1) + ".");
                    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
                });
    }

    private static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, "The ONNX model " + what, mend);
    }
}
