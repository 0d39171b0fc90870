package dev.datastudio.ml;

import dev.datastudio.ml.onnx.internal.Protobuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** ONNX files as other programs write them, made by hand. */
public final class OnnxFiles {
    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int STRING = 8;

    private final Protobuf graph = new Protobuf().text(2, "made elsewhere");
    private final Protobuf rest = new Protobuf();
    private String domain = "";

    /** Rows of {@code width} values; of width 0 a list of values. */
    OnnxFiles input(String name, int type, long... sizes) {
        graph.message(11, info -> tensor(info, name, type, sizes));
        return this;
    }

    OnnxFiles output(String name, int type, long... sizes) {
        graph.message(12, info -> tensor(info, name, type, sizes));
        return this;
    }

    /** A list of maps from texts to numbers, as scikit-learn's converter gives shares. */
    OnnxFiles mapsOutput(String name) {
        graph.message(
                12,
                info -> info.text(1, name)
                        .message(
                                2,
                                type -> type.message(
                                        4,
                                        sequence -> sequence.message(
                                                1,
                                                each -> each.message(
                                                        5,
                                                        map -> map.number(1, STRING)
                                                                .message(
                                                                        2,
                                                                        value -> value.message(
                                                                                1, of -> of.number(1, FLOAT))))))));
        return this;
    }

    private static void tensor(Protobuf info, String name, int type, long... sizes) {
        info.text(1, name)
                .message(
                        2,
                        any -> any.message(
                                1,
                                tensor -> tensor.number(1, type).message(2, shape -> {
                                    for (long size : sizes) {
                                        shape.message(1, each -> {
                                            if (size >= 0) {
                                                each.number(1, size);
                                            }
                                        });
                                    }
                                })));
    }

    OnnxFiles node(
            String operator, String of, List<String> inputs, List<String> outputs, Consumer<Protobuf> attributes) {
        graph.message(1, node -> {
            node.texts(1, inputs).texts(2, outputs).text(4, operator).text(7, of);
            attributes.accept(node);
        });
        return this;
    }

    static Consumer<Protobuf> texts(String name, String... values) {
        return node -> node.message(
                5, each -> each.text(1, name).texts(9, List.of(values)).number(20, 8));
    }

    static Consumer<Protobuf> text(String name, String value) {
        return node -> node.message(5, each -> each.text(1, name).text(4, value).number(20, 3));
    }

    static Consumer<Protobuf> number(String name, long value) {
        return node ->
                node.message(5, each -> each.text(1, name).number(3, value).number(20, 2));
    }

    static Consumer<Protobuf> floats(String name, float... values) {
        ByteBuffer packed = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        packed.asFloatBuffer().put(values);
        return node -> node.message(
                5, each -> each.text(1, name).bytes(7, packed.array()).number(20, 6));
    }

    /** A constant of {@code sizes}. */
    OnnxFiles constant(String name, float[] values, long... sizes) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        graph.message(5, tensor -> {
            for (long size : sizes) {
                tensor.number(1, size);
            }
            tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
        });
        return this;
    }

    /** A constant whose numbers are said to lie in another file. */
    OnnxFiles externalConstant(String name, String location) {
        graph.message(
                5,
                tensor -> tensor.number(1, 1)
                        .number(2, FLOAT)
                        .text(8, name)
                        .message(13, entry -> entry.text(1, "location").text(2, location))
                        .number(14, 1));
        return this;
    }

    OnnxFiles property(String key, String value) {
        rest.message(14, entry -> entry.text(1, key).text(2, value));
        return this;
    }

    OnnxFiles domain(String other) {
        domain = other;
        return this;
    }

    OnnxFiles function() {
        rest.message(25, each -> each.text(1, "mine"));
        return this;
    }

    byte[] bytes() {
        Protobuf model = new Protobuf()
                .number(1, 7)
                .text(2, "skl2onnx")
                .text(3, "1.16")
                .bytes(7, graph.bytes())
                .message(8, set -> set.text(1, "").number(2, 12))
                .message(8, set -> set.text(1, "ai.onnx.ml").number(2, 2));
        if (!domain.isEmpty()) {
            model.message(8, set -> set.text(1, domain).number(2, 1));
        }
        byte[] head = model.bytes();
        byte[] tail = rest.bytes();
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    /** A logistic regression of two columns with three classes, as scikit-learn's converter writes one. */
    static OnnxFiles classifier() {
        return classifier(-1);
    }

    /** That takes so many rows at a time. */
    static OnnxFiles classifier(int rows) {
        return new OnnxFiles()
                .input("X", FLOAT, rows, 2)
                .output("output_label", STRING, rows)
                .mapsOutput("output_probability")
                .node(
                        "LinearClassifier",
                        "ai.onnx.ml",
                        List.of("X"),
                        List.of("output_label", "probabilities"),
                        floats("coefficients", 1, 0, 0, 1, -1, -1)
                                .andThen(floats("intercepts", 0.5f, 0, -0.5f))
                                .andThen(texts("classlabels_strings", "setosa", "versicolor", "virginica"))
                                .andThen(number("multi_class", 1))
                                .andThen(text("post_transform", "SOFTMAX")))
                .node(
                        "ZipMap",
                        "ai.onnx.ml",
                        List.of("probabilities"),
                        List.of("output_probability"),
                        texts("classlabels_strings", "setosa", "versicolor", "virginica"));
    }

    /** Twice the sum of a number and of 10 for "gold", else 0: a tensor for each column. */
    static OnnxFiles columns() {
        return columns(-1);
    }

    /** That takes so many rows of the first column at a time; how many of the other is open. */
    static OnnxFiles columns(int rows) {
        return new OnnxFiles()
                .input("age", INT64, rows, 1)
                .input("plan", STRING, -1, 1)
                .output("variable", FLOAT, rows, 1)
                .node("Cast", "", List.of("age"), List.of("years"), number("to", FLOAT))
                .node(
                        "LabelEncoder",
                        "ai.onnx.ml",
                        List.of("plan"),
                        List.of("points"),
                        texts("keys_strings", "gold").andThen(floats("values_floats", 10)))
                .node("Add", "", List.of("years", "points"), List.of("sum"), node -> {})
                .node("Add", "", List.of("sum", "sum"), List.of("variable"), node -> {});
    }

    /** Takes some tenths of a millisecond a row: {@code steps} products of matrices, which leave a number as it is. */
    public static byte[] slow(int steps) {
        int width = 256;
        float[] means = new float[width * width];
        Arrays.fill(means, 1f / width);
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        float[] first = new float[width];
        first[0] = 1;
        OnnxFiles file = new OnnxFiles()
                .input("x", FLOAT, -1, 1)
                .output("y", FLOAT, -1, 1)
                .constant("ones", ones, 1, width)
                .constant("means", means, width, width)
                .constant("first", first, width, 1)
                .node("MatMul", "", List.of("x", "ones"), List.of("step 0"), node -> {});
        for (int i = 0; i < steps; i++) {
            file.node("MatMul", "", List.of("step " + i, "means"), List.of("step " + (i + 1)), node -> {});
        }
        return file.node("MatMul", "", List.of("step " + steps, "first"), List.of("y"), node -> {})
                .bytes();
    }
}
