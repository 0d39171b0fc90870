package dev.datastudio.ml.onnx.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes an ONNX file (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, IR version 7, opset 12 and ai.onnx.ml 3) of one
 * model: {@code features}, rows of 64-bit numbers, become {@code value}, or {@code shares} of classes and {@code label}. Not
 * thread-safe.
 */
public final class OnnxGraph {
    /** The input: a row of 64-bit numbers for each row of data. */
    public static final String FEATURES = "features";

    private static final int IR_VERSION = 7;
    private static final int OPSET = 12;
    private static final int ML_OPSET = 3;
    private static final String ML = "ai.onnx.ml";
    private static final int FLOAT = 1;
    private static final int STRING = 8;
    private static final int DOUBLE = 11;

    private final int features;
    private final List<String> classes;
    private final Protobuf graph = new Protobuf();
    private int nodes;

    /**
     * Of one model.
     *
     * @param features how many it takes
     * @param classes it tells; empty when it predicts a number
     */
    public OnnxGraph(int features, List<String> classes) {
        this.features = features;
        this.classes = List.copyOf(classes);
    }

    private int outputs() {
        return Math.max(1, classes.size());
    }

    /**
     * Sums of features and coefficients: the value, or the margins of classes.
     *
     * @param coefficients feature by feature, one an output
     * @param constants one an output
     */
    public void linear(double[] coefficients, double[] constants) {
        initializer("coefficients", coefficients, features, outputs());
        initializer("constants", constants, outputs());
        node("MatMul", "", List.of(FEATURES, "coefficients"), "products").add();
        node("Add", "", List.of("products", "constants"), "sums").add();
        finish("sums", true);
    }

    /**
     * Sums of what trees add to {@code bases}: the value, or margins or shares of classes.
     *
     * @param bases one an output
     * @param areMargins whether the shares of classes are the softmax of the sums
     * @param areNarrow whether features are rounded to 32 bits before they are compared
     */
    public void trees(OnnxTrees trees, double[] bases, boolean areMargins, boolean areNarrow) {
        String input = FEATURES;
        if (areNarrow) {
            node("Cast", "", List.of(FEATURES), "narrow").integer("to", FLOAT).add();
            node("Cast", "", List.of("narrow"), "rounded").integer("to", DOUBLE).add();
            input = "rounded";
        }
        Node ensemble = node("TreeEnsembleRegressor", ML, List.of(input), "added");
        trees.write(ensemble);
        ensemble.integer("n_targets", outputs())
                .text("aggregate_function", "SUM")
                .add();
        node("Cast", "", List.of("added"), "wide").integer("to", DOUBLE).add();
        initializer("bases", bases, outputs());
        node("Add", "", List.of("wide", "bases"), "sums").add();
        finish("sums", areMargins);
    }

    private void finish(String sums, boolean areMargins) {
        if (classes.isEmpty()) {
            node("Identity", "", List.of(sums), "value").add();
            return;
        }
        if (areMargins) {
            node("Softmax", "", List.of(sums), "shares").integer("axis", 1).add();
        } else {
            // The shares of leaves are rounded, and are to add up to 1.
            node("ReduceSum", "", List.of(sums), "all")
                    .ints("axes", new int[] {1})
                    .integer("keepdims", 1)
                    .add();
            node("Div", "", List.of(sums, "all"), "shares").add();
        }
        node("ArgMax", "", List.of("shares"), "place")
                .integer("axis", 1)
                .integer("keepdims", 0)
                .add();
        node("LabelEncoder", ML, List.of("place"), "label")
                .ints("keys_int64s", IntStream.range(0, classes.size()).toArray())
                .texts("values_strings", classes)
                .add();
    }

    /**
     * The file.
     *
     * @param about what people and programs should know of it, by name
     */
    public byte[] write(String name, String description, Map<String, String> about) {
        graph.text(2, name).message(11, info -> info(info, FEATURES, DOUBLE, features));
        if (classes.isEmpty()) {
            graph.message(12, info -> info(info, "value", DOUBLE, 1));
        } else {
            graph.message(12, info -> info(info, "label", STRING, 0));
            graph.message(12, info -> info(info, "shares", DOUBLE, classes.size()));
        }
        Protobuf model = new Protobuf()
                .number(1, IR_VERSION)
                .text(2, "Studio")
                .text(6, description)
                .bytes(7, graph.bytes())
                .message(8, set -> set.text(1, "").number(2, OPSET))
                .message(8, set -> set.text(1, ML).number(2, ML_OPSET));
        new LinkedHashMap<>(about)
                .forEach((key, value) ->
                        model.message(14, entry -> entry.text(1, key).text(2, value)));
        return model.bytes();
    }

    /** A list of rows, of so many numbers each; of 0 a list of values. */
    private static void info(Protobuf info, String name, int type, int width) {
        info.text(1, name)
                .message(
                        2,
                        any -> any.message(
                                1,
                                tensor -> tensor.number(1, type).message(2, shape -> {
                                    shape.message(1, rows -> rows.text(2, "rows"));
                                    if (width > 0) {
                                        shape.message(1, columns -> columns.number(1, width));
                                    }
                                })));
    }

    private void initializer(String name, double[] values, int... sizes) {
        graph.message(5, tensor -> tensor(tensor.text(8, name), values, sizes));
    }

    private static void tensor(Protobuf tensor, double[] values, int... sizes) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asDoubleBuffer().put(values);
        Arrays.stream(sizes).forEach(size -> tensor.number(1, size));
        tensor.number(2, DOUBLE).bytes(9, raw.array());
    }

    private Node node(String operator, String domain, List<String> inputs, String output) {
        Protobuf node = new Protobuf()
                .texts(1, inputs)
                .text(2, output)
                .text(3, operator + " " + ++nodes)
                .text(4, operator)
                .text(7, domain);
        return new Node(graph, node);
    }

    /** A step, with its attributes; {@link #add} puts it into the graph. */
    static final class Node {
        private static final int OF_INT = 2;
        private static final int OF_TEXT = 3;
        private static final int OF_TENSOR = 4;
        private static final int OF_INTS = 7;
        private static final int OF_TEXTS = 8;

        private final Protobuf graph;
        private final Protobuf node;

        private Node(Protobuf graph, Protobuf node) {
            this.graph = graph;
            this.node = node;
        }

        Node integer(String name, int value) {
            node.message(5, each -> each.text(1, name).number(3, value).number(20, OF_INT));
            return this;
        }

        Node text(String name, String value) {
            node.message(5, each -> each.text(1, name).text(4, value).number(20, OF_TEXT));
            return this;
        }

        Node ints(String name, int[] values) {
            node.message(5, each -> each.text(1, name).numbers(8, values).number(20, OF_INTS));
            return this;
        }

        Node texts(String name, List<String> values) {
            node.message(5, each -> each.text(1, name).texts(9, values).number(20, OF_TEXTS));
            return this;
        }

        Node doubles(String name, double[] values) {
            node.message(
                    5,
                    each -> each.text(1, name)
                            .message(5, tensor -> tensor(tensor, values, values.length))
                            .number(20, OF_TENSOR));
            return this;
        }

        void add() {
            graph.bytes(1, node.bytes());
        }
    }
}
