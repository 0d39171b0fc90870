package dev.datastudio.ml.onnx.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an ONNX file holds (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), read before it is given to a runtime: it
 * may come from anywhere. Immutable.
 *
 * @param producer what made it, with its version; empty when the file does not say
 * @param properties that were put beside the model
 * @param inputs without the constants that older files list among them
 * @param classes lists of classes that its operators name, each once, in order
 */
public record OnnxFile(
        String producer, Map<String, String> properties, List<Input> inputs, List<List<String>> classes) {
    /** The most bytes that a file may have: 64 MiB. */
    public static final int MOST_BYTES = 64 << 20;

    private static final int MOST_NODES = 50_000;
    private static final int MOST_CLASSES = 10_000;
    private static final int DEEPEST = 8;
    private static final int MOST_SHOWN = 80;
    private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml");
    /** Of which nobody knows when they end, or which say something else each time. */
    private static final Set<String> REFUSED = Set.of(
            "Loop",
            "Scan",
            "SequenceMap",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Multinomial",
            "Bernoulli");

    private static final Set<String> CLASS_LISTS =
            Set.of("classlabels_strings", "classlabels_int64s", "classlabels_ints", "values_strings");

    public OnnxFile {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        inputs = List.copyOf(inputs);
        classes = classes.stream().map(List::copyOf).toList();
    }

    /**
     * What is given.
     *
     * @param type as {@code TensorProto.DataType} numbers it; 0 when it is no tensor
     * @param sizes -1 for one that is open; the first is that of the rows
     */
    public record Input(String name, int type, List<Long> sizes) {
        public Input {
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * Reads and checks a file.
     *
     * @throws StudioException with {@link ErrorCode#LIMIT_EXCEEDED} when it is too large; {@link ErrorCode#FILE_MALFORMED}
     *     when it is damaged or no ONNX file; {@link ErrorCode#INVALID_ARGUMENT} when it asks for what is not let in: data in
     *     other files, operators that are not of ONNX itself, loops, chance
     */
    public static OnnxFile read(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw tooLarge(file.length);
        }
        try {
            return new Reading().file(new ProtobufReader(ByteBuffer.wrap(file)));
        } catch (IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "The file is no ONNX file, or damaged: " + e.getMessage(),
                    "Export the model again, as one file",
                    e);
        }
    }

    /** The error for a file of too many bytes. */
    public static StudioException tooLarge(long bytes) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                "An ONNX file of " + bytes + " bytes is too large",
                "Import one of at most " + MOST_BYTES
                        + " bytes: train fewer or smaller trees, or store numbers with 32 bits");
    }

    private static final class Reading {
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final Map<String, Input> inputs = new LinkedHashMap<>();
        private final List<String> constants = new ArrayList<>();
        private final List<List<String>> classes = new ArrayList<>();
        private int nodes;
        private boolean hasGraph;

        OnnxFile file(ProtobufReader in) {
            String producer = "";
            String version = "";
            while (in.next()) {
                switch (in.field()) {
                    case 2 -> producer = shown(in.text());
                    case 3 -> version = shown(in.text());
                    case 7 -> graph(in.message(), 0);
                    case 8 -> domain(in.message());
                    case 14 -> property(in.message());
                    case 25 ->
                        throw refused(
                                "defines operators of its own", "Export it with all functions written out (inlined)");
                    default -> {}
                }
            }
            if (!hasGraph || nodes == 0) {
                throw new IllegalArgumentException("it has no graph of operators");
            }
            constants.forEach(inputs::remove);
            return new OnnxFile((producer + " " + version).strip(), properties, List.copyOf(inputs.values()), classes);
        }

        private static String shown(String text) {
            String line = text.replaceAll("\\p{Cntrl}", " ").strip();
            return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN);
        }

        private static void domain(ProtobufReader in) {
            while (in.next()) {
                if (in.field() == 1) {
                    requireDomain(in.text());
                }
            }
        }

        private static void requireDomain(String domain) {
            if (!DOMAINS.contains(domain)) {
                throw refused(
                        "needs operators of " + StudioException.quote(shown(domain)) + ", which are not of ONNX itself",
                        "Export it with the operators of ai.onnx and ai.onnx.ml only");
            }
        }

        private void property(ProtobufReader in) {
            String key = "";
            String value = "";
            while (in.next()) {
                if (in.field() == 1) {
                    key = in.text();
                } else if (in.field() == 2) {
                    value = in.text();
                }
            }
            properties.put(key, value);
        }

        private void graph(ProtobufReader in, int depth) {
            if (depth > DEEPEST) {
                throw refused("has graphs within graphs, more than " + DEEPEST + " deep", "Export it without them");
            }
            hasGraph = true;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> node(in.message(), depth);
                    case 5 -> tensor(in.message(), depth == 0);
                    case 11 -> {
                        if (depth == 0) {
                            input(in.message());
                        }
                    }
                    case 15 -> sparse(in.message());
                    default -> {}
                }
            }
        }

        private void node(ProtobufReader in, int depth) {
            if (++nodes > MOST_NODES) {
                throw refused("has more than " + MOST_NODES + " operators", "Import a smaller model");
            }
            while (in.next()) {
                switch (in.field()) {
                    case 4 -> {
                        String operator = in.text();
                        if (REFUSED.contains(operator)) {
                            throw refused(
                                    "has the operator " + operator + ", which may run without end or by chance",
                                    "Export a model without it");
                        }
                    }
                    case 5 -> attribute(in.message(), depth);
                    case 7 -> requireDomain(in.text());
                    default -> {}
                }
            }
        }

        private void attribute(ProtobufReader in, int depth) {
            String name = "";
            List<String> values = new ArrayList<>();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> name = in.text();
                    case 5, 10 -> tensor(in.message(), false);
                    case 6, 11 -> graph(in.message(), depth + 1);
                    case 8 -> {
                        if (CLASS_LISTS.contains(name)) {
                            for (long value : in.numbers()) {
                                values.add(String.valueOf(value));
                            }
                        }
                    }
                    case 9 -> {
                        if (CLASS_LISTS.contains(name)) {
                            values.add(in.text());
                        }
                    }
                    case 22, 23 -> sparse(in.message());
                    default -> {}
                }
            }
            boolean isNew = !values.isEmpty() && values.size() <= MOST_CLASSES && !classes.contains(values);
            if (CLASS_LISTS.contains(name)
                    && isNew
                    && values.stream().distinct().count() == values.size()) {
                classes.add(values);
            }
        }

        private void sparse(ProtobufReader in) {
            while (in.next()) {
                if (in.field() == 1 || in.field() == 2) {
                    tensor(in.message(), false);
                }
            }
        }

        private void tensor(ProtobufReader in, boolean isConstant) {
            while (in.next()) {
                boolean isElsewhere = in.field() == 13 || (in.field() == 14 && in.number() != 0);
                if (isElsewhere) {
                    throw refused(
                            "has external_data: numbers that lie in another file, which is not read",
                            "Save the model as one file, such as with save_as_external_data=False");
                }
                if (in.field() == 8 && isConstant) {
                    constants.add(in.text());
                }
            }
        }

        private void input(ProtobufReader in) {
            String name = "";
            Input found = new Input("", 0, List.of());
            while (in.next()) {
                if (in.field() == 1) {
                    name = in.text();
                } else if (in.field() == 2) {
                    found = type(in.message());
                }
            }
            inputs.put(name, new Input(name, found.type(), found.sizes()));
        }

        private static Input type(ProtobufReader in) {
            int type = 0;
            List<Long> sizes = new ArrayList<>();
            while (in.next()) {
                if (in.field() != 1) {
                    continue; // a sequence, a map, …
                }
                ProtobufReader tensor = in.message();
                while (tensor.next()) {
                    if (tensor.field() == 1) {
                        type = (int) tensor.number();
                    } else if (tensor.field() == 2) {
                        ProtobufReader shape = tensor.message();
                        while (shape.next()) {
                            if (shape.field() == 1) {
                                sizes.add(size(shape.message()));
                            }
                        }
                    }
                }
            }
            return new Input("", type, sizes);
        }

        private static long size(ProtobufReader in) {
            long size = -1;
            while (in.next()) {
                if (in.field() == 1) {
                    size = in.number();
                }
            }
            return size;
        }

        private static StudioException refused(String what, String mend) {
            return new StudioException(ErrorCode.INVALID_ARGUMENT, "The ONNX file " + what, mend);
        }
    }
}
