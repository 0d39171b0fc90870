package dev.datastudio.ml.train.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.ml.onnx.internal.OnnxSession;
import dev.datastudio.ml.onnx.internal.OnnxSession.Given;
import dev.datastudio.ml.onnx.internal.OnnxSession.Told;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.train.internal.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model from an ONNX file. It reads columns as they are, or features where these are made by a preparation that stood in the
 * file. It is loaded when it is first used.
 */
public final class Imported implements Model {
    /** The most rows that a model may take at a time when it takes a fixed number of them. */
    public static final int MOST_FIXED_ROWS = 4_096;

    private static final int AT_A_TIME = 4_096;

    private final byte[] file;
    private final List<Input> inputs;
    private final boolean readsColumns;
    private final Output output;
    private final int fixedRows;
    private final Duration longest;
    private final Cancellation cancellation;
    private @Nullable OnnxSession session;
    private boolean isClosed;

    /**
     * A tensor that the model is given: some columns side by side.
     *
     * @param values what its values are
     * @param isList whether it has a value a row, and not a row of values
     * @param columns at least one
     */
    public record Input(String name, Values values, boolean isList, List<String> columns) {
        public Input {
            columns = List.copyOf(columns);
        }
    }

    /** What values of a tensor are. */
    public enum Values {
        FLOAT(ColumnType.DECIMAL),
        DOUBLE(ColumnType.DECIMAL),
        INT32(ColumnType.INTEGER),
        INT64(ColumnType.INTEGER),
        BOOL(ColumnType.BOOLEAN),
        STRING(ColumnType.TEXT);

        private final ColumnType column;

        Values(ColumnType column) {
            this.column = column;
        }

        /** What columns for it hold. */
        public ColumnType column() {
            return column;
        }
    }

    /**
     * What is taken of what the model tells.
     *
     * @param name of the output
     * @param kind how it is read
     * @param classes in order; empty for a number
     */
    public record Output(String name, Kind kind, List<String> classes) {
        public Output {
            classes = List.copyOf(classes);
        }
    }

    /** How an output is read. */
    public enum Kind {
        /** A number a row. */
        NUMBER,
        /** A number a row, which is the share of the second of two classes. */
        SECOND_SHARE,
        /** A row of shares, in the order of the classes. */
        SHARES,
        /** Shares by the names of the classes. */
        NAMED_SHARES,
        /** The class itself. */
        LABEL
    }

    /**
     * A model that reads columns as they are, or their features.
     *
     * @param readsColumns whether the columns of the inputs are columns of data; else its only input takes features
     * @param fixedRows how many rows it takes at a time, no more and no fewer, at most {@value #MOST_FIXED_ROWS}; 0 when it
     *     takes any number
     */
    public Imported(byte[] file, List<Input> inputs, boolean readsColumns, Output output, int fixedRows) {
        this(file, inputs, readsColumns, output, fixedRows, OnnxSession.LONGEST, Cancellation.none());
    }

    private Imported(
            byte[] file,
            List<Input> inputs,
            boolean readsColumns,
            Output output,
            int fixedRows,
            Duration longest,
            Cancellation cancellation) {
        this.file = file.clone();
        this.inputs = List.copyOf(inputs);
        this.readsColumns = readsColumns;
        this.output = output;
        this.fixedRows = fixedRows;
        this.longest = longest;
        this.cancellation = cancellation;
    }

    /** The same, ended by a cancellation; in place of this one, which has not been used. */
    public Imported stoppedBy(Cancellation by) {
        return new Imported(file, inputs, readsColumns, output, fixedRows, longest, by);
    }

    /** The same with another limit for some thousand rows, so that tests need not wait for the usual one. */
    Imported within(Duration other) {
        return new Imported(file, inputs, readsColumns, output, fixedRows, other, cancellation);
    }

    /** The file as it was imported. */
    public byte[] file() {
        return file.clone();
    }

    @Override
    public double[] predict(Matrix features) {
        Input input = inputs.get(0);
        int width = features.columns();
        return predict(features.rows(), rows -> {
            double[] some = new double[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(features.values(), rows[i] * width, some, i * width, width);
            }
            long[] sizes = {rows.length, width};
            return List.of(new Given(input.name(), input.values() == Values.DOUBLE ? some : narrow(some), sizes));
        });
    }

    @Override
    public double[] predict(RawTable table, FittedPreparation preparation) {
        if (!readsColumns) {
            return predict(preparation.apply(table));
        }
        return predict(
                table.rows(),
                rows -> inputs.stream().map(each -> given(each, table, rows)).toList());
    }

    /**
     * Some thousand rows in a turn, and in each run as many as it takes. What is missing of the last ones of a fixed number
     * repeats the last row, whose values it is sure to take, and is not looked at.
     *
     * @param given what the model is given of these rows
     */
    private double[] predict(int all, Function<int[], List<Given>> given) {
        double[] found = new double[all * width()];
        int atOnce = fixedRows == 0 ? AT_A_TIME : fixedRows;
        int inTurn = AT_A_TIME / atOnce * atOnce;
        for (int turns = 0; turns < all; turns += inTurn) {
            int end = Math.min(all, turns + inTurn);
            try (OnnxSession.Turn turn = session().begin(longest, cancellation)) {
                for (int from = turns; from < end; from += atOnce) {
                    int rows = Math.min(atOnce, end - from);
                    int[] places = new int[fixedRows == 0 ? rows : fixedRows];
                    for (int i = 0; i < places.length; i++) {
                        places[i] = from + Math.min(i, rows - 1);
                    }
                    tell(turn.run(given.apply(places), places.length), rows, found, from);
                }
            }
        }
        return found;
    }

    @Override
    public List<String> features(FittedPreparation preparation) {
        return readsColumns
                ? inputs.stream().flatMap(each -> each.columns().stream()).toList()
                : preparation.names();
    }

    private int width() {
        return Math.max(1, output.classes().size());
    }

    private synchronized OnnxSession session() {
        if (isClosed) {
            throw new IllegalStateException("the model is closed");
        }
        if (session == null) {
            session = OnnxSession.open(file);
        }
        return session;
    }

    private static Given given(Input input, RawTable table, int[] rows) {
        int width = input.columns().size();
        int count = rows.length * width;
        List<RawColumn> columns = input.columns().stream().map(table::column).toList();
        Object values = switch (input.values()) {
            case STRING -> {
                String[] words = new String[count];
                for (int i = 0; i < count; i++) {
                    words[i] = columns.get(i % width).text(rows[i / width]);
                }
                yield words;
            }
            case DOUBLE -> numbers(columns, rows, false);
            case FLOAT -> narrow(numbers(columns, rows, false));
            case INT64 ->
                Arrays.stream(numbers(columns, rows, true))
                        .mapToLong(value -> (long) value)
                        .toArray();
            case INT32 ->
                Arrays.stream(numbers(columns, rows, true))
                        .mapToInt(value -> (int) value)
                        .toArray();
            case BOOL -> {
                double[] numbers = numbers(columns, rows, true);
                boolean[] flags = new boolean[count];
                for (int i = 0; i < count; i++) {
                    flags[i] = numbers[i] != 0;
                }
                yield flags;
            }
        };
        return new Given(
                input.name(), values, input.isList() ? new long[] {rows.length} : new long[] {rows.length, width});
    }

    private static double[] numbers(List<RawColumn> columns, int[] rows, boolean areWhole) {
        int width = columns.size();
        double[] numbers = new double[rows.length * width];
        for (int i = 0; i < numbers.length; i++) {
            RawColumn.Numbers column = (RawColumn.Numbers) columns.get(i % width);
            double value = column.values()[rows[i / width]];
            if (areWhole && value != Math.rint(value)) { // also when it is missing
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The column " + StudioException.quote(column.name()) + " has a "
                                + (Double.isNaN(value) ? "missing value" : "fraction: " + value)
                                + ", and the imported model takes whole numbers there",
                        "Give a whole number in each row");
            }
            numbers[i] = value;
        }
        return numbers;
    }

    private static float[] narrow(double[] wide) {
        float[] narrow = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (float) wide[i];
        }
        return narrow;
    }

    private void tell(Map<String, Told> told, int rows, double[] found, int from) {
        Told mine = told.get(output.name());
        int width = width();
        List<String> classes = output.classes();
        if (mine instanceof Told.Shares shares && output.kind() == Kind.NAMED_SHARES) {
            for (int row = 0; row < rows; row++) {
                for (int k = 0; k < width; k++) {
                    found[(from + row) * width + k] = shares.values().get(row).getOrDefault(classes.get(k), 0.0);
                }
            }
            return;
        }
        if (output.kind() == Kind.LABEL && mine != null) {
            List<String> labels = labels(mine);
            for (int row = 0; row < rows; row++) {
                int place = classes.indexOf(labels.get(row));
                if (place < 0) {
                    throw unlike(
                            "the class " + StudioException.quote(labels.get(row)) + ", which is none of " + classes);
                }
                found[(from + row) * width + place] = 1;
            }
            return;
        }
        boolean isSecond = output.kind() == Kind.SECOND_SHARE;
        if (!(mine instanceof Told.Numbers numbers) || numbers.width() != (isSecond ? 1 : width)) {
            throw unlike("another number of values than when it was imported");
        }
        for (int i = 0; i < rows * numbers.width(); i++) {
            if (isSecond) {
                found[(from + i) * 2] = 1 - numbers.values()[i];
                found[(from + i) * 2 + 1] = numbers.values()[i];
            } else {
                found[from * width + i] = numbers.values()[i];
            }
        }
    }

    /** The classes that an output names; whole numbers without a point. */
    public static List<String> labels(Told told) {
        if (told instanceof Told.Words words) {
            return words.values();
        }
        return told instanceof Told.Numbers numbers
                ? Arrays.stream(numbers.values())
                        .mapToObj(value -> String.valueOf((long) value))
                        .toList()
                : List.of();
    }

    private StudioException unlike(String what) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The imported model tells in " + StudioException.quote(output.name()) + " " + what,
                "Import it again, naming its classes");
    }

    @Override
    public void write(ObjectNode json) {
        json.put("readsColumns", readsColumns);
        json.put("fixedRows", fixedRows);
        ArrayNode all = json.putArray("inputs");
        for (Input each : inputs) {
            ObjectNode one = all.addObject().put("name", each.name());
            one.put("values", each.values().name()).put("isList", each.isList());
            ArrayNode columns = one.putArray("columns");
            each.columns().forEach(columns::add);
        }
        ObjectNode told = json.putObject("output").put("name", output.name());
        told.put("kind", output.kind().name());
        ArrayNode classes = told.putArray("classes");
        output.classes().forEach(classes::add);
        json.put("file", file);
    }

    static Imported read(JsonNode json) {
        List<Input> inputs = new ArrayList<>();
        for (JsonNode each : json.required("inputs")) {
            inputs.add(new Input(
                    each.required("name").asText(),
                    Values.valueOf(each.required("values").asText()),
                    each.required("isList").asBoolean(),
                    texts(each.required("columns"))));
        }
        JsonNode told = json.required("output");
        try {
            return new Imported(
                    json.required("file").binaryValue(),
                    inputs,
                    json.required("readsColumns").asBoolean(),
                    new Output(
                            told.required("name").asText(),
                            Kind.valueOf(told.required("kind").asText()),
                            texts(told.required("classes"))),
                    json.path("fixedRows").asInt(0)); // those of before took any number
        } catch (IOException e) {
            throw new UncheckedIOException("the file is no Base64", e);
        }
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /**
     * All that it tells of rows of zeros, false and empty words: whether it runs at all, and what comes of it.
     *
     * @param rows how many; of a model that takes a fixed number, that number
     */
    public static Map<String, Told> tried(byte[] file, List<Input> inputs, int rows) {
        List<Given> given = new ArrayList<>();
        for (Input each : inputs) {
            int count = rows * each.columns().size();
            Object values = switch (each.values()) {
                case FLOAT -> new float[count];
                case DOUBLE -> new double[count];
                case INT32 -> new int[count];
                case INT64 -> new long[count];
                case BOOL -> new boolean[count];
                case STRING -> filled(new String[count]);
            };
            long[] sizes = each.isList()
                    ? new long[] {rows}
                    : new long[] {rows, each.columns().size()};
            given.add(new Given(each.name(), values, sizes));
        }
        try (OnnxSession session = OnnxSession.open(file);
                OnnxSession.Turn turn = session.begin(OnnxSession.LONGEST, Cancellation.none())) {
            return new LinkedHashMap<>(turn.run(given, rows));
        }
    }

    private static String[] filled(String[] words) {
        Arrays.fill(words, "");
        return words;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
