package dev.datastudio.ml.train.internal.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Direction;
import dev.datastudio.ml.algorithm.internal.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lists of layers: as JSON, and what shape each makes of what it gets. Shapes are without the rows: {@code (features)},
 * {@code (steps, values)} or {@code (channels, height, width)}.
 */
final class LayerList {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {};
    private static final String TYPE = "type";
    private static final String RESIDUAL = "residual";
    private static final int MOST_LAYERS = 1_000;
    private static final int DEEPEST = 8;
    /** Beyond that a row would take 64 MB. */
    private static final long MOST_NUMBERS = 1L << 24;

    private LayerList() {}

    /**
     * Reads a list.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it is none, naming the layer
     */
    static List<Layer> parse(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong("The layers are no JSON: " + e.getOriginalMessage(), "Send a list such as " + example());
        }
        return read(json, "layer ", 0);
    }

    static List<Layer> read(JsonNode json) {
        return read(json, "layer ", 0);
    }

    private static List<Layer> read(JsonNode json, String prefix, int depth) {
        if (!json.isArray() || json.size() > MOST_LAYERS || depth > DEEPEST) {
            throw wrong(
                    "The layers must be a JSON list of at most " + MOST_LAYERS + ", at most " + DEEPEST
                            + " in each other, was " + StudioException.quote(json),
                    "Send a list such as " + example());
        }
        List<Layer> layers = new ArrayList<>();
        for (JsonNode each : json) {
            String place = prefix + (layers.size() + 1);
            if (!each.isObject() || !each.path(TYPE).isTextual()) {
                throw wrong(upper(place) + " has no type: " + StudioException.quote(each), "Use one of " + names());
            }
            layers.add(read(each, each.path(TYPE).asText(), place, depth));
        }
        return layers;
    }

    private static Layer read(JsonNode json, String type, String place, int depth) {
        if (type.equals(RESIDUAL)) {
            return new Layer.Residual(read(json.path("layers"), place + ".", depth + 1));
        }
        for (Class<? extends Record> kind : Layer.KINDS) {
            if (Parameters.nameOf(kind).equals(type)) {
                Map<String, Object> values = JSON.convertValue(json, VALUES);
                values.remove(TYPE);
                try {
                    return (Layer) Parameters.make(kind, values);
                } catch (StudioException e) {
                    throw new StudioException(e.code(), upper(place) + ": " + e.what(), e.mend(), e);
                }
            }
        }
        throw wrong(upper(place) + " has the unknown type " + StudioException.quote(type), "Use one of " + names());
    }

    static ArrayNode write(List<Layer> layers) {
        ArrayNode json = JSON.createArrayNode();
        for (Layer layer : layers) {
            ObjectNode each = json.addObject();
            each.put(TYPE, layer.name());
            if (layer instanceof Layer.Residual residual) {
                each.set("layers", write(residual.layers()));
            } else {
                each.setAll((ObjectNode) JSON.valueToTree(Parameters.values((Record) layer)));
            }
        }
        return json;
    }

    /**
     * What shape the last layer makes.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when a layer can't take what it gets, naming both
     */
    static long[] shape(List<Layer> layers, long[] input) {
        return shape(layers, input, "layer ");
    }

    private static long[] shape(List<Layer> layers, long[] input, String prefix) {
        long[] shape = input;
        for (int i = 0; i < layers.size(); i++) {
            shape = shape(layers.get(i), shape, prefix + (i + 1));
            long size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            if (size > MOST_NUMBERS) {
                throw new StudioException(
                        ErrorCode.LIMIT_EXCEEDED,
                        upper(prefix + (i + 1)) + " (" + layers.get(i).name() + ") makes " + told(shape)
                                + " of each row",
                        "Make it smaller, or pool before it: " + MOST_NUMBERS + " numbers a row are the most");
            }
        }
        return shape;
    }

    /** What shape one layer makes. */
    static long[] shape(Layer layer, long[] in, String place) {
        boolean isSteps = in.length == 2;
        boolean isPicture = in.length == 3;
        if (layer instanceof Layer.Dense dense) {
            require(!isPicture, layer, in, place, "Put flatten or global_pool before it");
            return isSteps ? new long[] {in[0], dense.units()} : new long[] {dense.units()};
        }
        if (layer instanceof Layer.Convolution convolution) {
            require(convolution.kernel() % 2 == 1, layer, in, place, "Use an odd kernel, such as 3");
            require(isSteps || isPicture, layer, in, place, "Convolutions need steps or a picture as input");
            int stride = convolution.stride();
            return isSteps
                    ? new long[] {(in[0] - 1) / stride + 1, convolution.filters()}
                    : new long[] {convolution.filters(), (in[1] - 1) / stride + 1, (in[2] - 1) / stride + 1};
        }
        if (layer instanceof Layer.Pool pool) {
            require(isSteps || isPicture, layer, in, place, "Pools need steps or a picture as input");
            int size = pool.size();
            boolean isLarge = isSteps ? in[0] >= size : in[1] >= size && in[2] >= size;
            require(isLarge, layer, in, place, "Use fewer or smaller pools");
            return isSteps ? new long[] {in[0] / size, in[1]} : new long[] {in[0], in[1] / size, in[2] / size};
        }
        if (layer instanceof Layer.GlobalPool) {
            require(isSteps || isPicture, layer, in, place, "Pools need steps or a picture as input");
            return new long[] {isSteps ? in[1] : in[0]};
        }
        if (layer instanceof Layer.Flatten) {
            return new long[] {Arrays.stream(in).reduce(1, (a, b) -> a * b)};
        }
        if (layer instanceof Layer.Recurrent recurrent) {
            require(isSteps, layer, in, place, "Recurrent layers need steps as input");
            long units = (long) recurrent.units() * (recurrent.direction() == Direction.BOTH ? 2 : 1);
            return recurrent.output() == Layer.Output.ALL ? new long[] {in[0], units} : new long[] {units};
        }
        if (layer instanceof Layer.Positions) {
            require(isSteps, layer, in, place, "Positions need steps as input");
            return in;
        }
        if (layer instanceof Layer.Attention attention) {
            require(
                    isSteps && in[1] % attention.heads() == 0,
                    layer,
                    in,
                    place,
                    "Attention needs steps whose width is a multiple of its heads: put a dense layer before it");
            return in;
        }
        if (layer instanceof Layer.Embedding embedding) {
            require(in.length == 1, layer, in, place, "An embedding is the first layer, of texts");
            return new long[] {in[0], embedding.units()};
        }
        if (layer instanceof Layer.Residual residual) {
            long[] out = shape(residual.layers(), in, place + ".");
            boolean fits = out.length == in.length;
            if (fits && isSteps) {
                fits = out[0] == in[0] || (in[0] - 1) / Math.max(1, strideOf(in[0], out[0])) + 1 == out[0];
            } else if (fits && isPicture) {
                long stride = strideOf(in[1], out[1]);
                fits = (in[1] - 1) / stride + 1 == out[1] && (in[2] - 1) / stride + 1 == out[2];
            }
            require(fits, layer, in, place, "Its layers make " + told(out) + ", which can't be added to its input");
            return out;
        }
        return in;
    }

    /** How far a convolution has to move to make so many points of so many. */
    static int strideOf(long in, long out) {
        return (int) Math.max(1, (in + out - 1) / out);
    }

    /** A shape as people write it. */
    static String told(long[] shape) {
        String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
        return switch (shape.length) {
            case 1 -> "a list of " + sizes;
            case 2 -> "steps of " + sizes;
            default -> "pictures of " + sizes;
        };
    }

    private static void require(boolean fits, Layer layer, long[] in, String place, String mend) {
        if (!fits) {
            throw wrong(upper(place) + " (" + layer.name() + ") can't take " + told(in), mend);
        }
    }

    private static List<String> names() {
        List<String> names =
                new ArrayList<>(Layer.KINDS.stream().map(Parameters::nameOf).toList());
        names.add(RESIDUAL);
        return names;
    }

    private static String example() {
        return "[{\"type\": \"dense\", \"units\": 64}, {\"type\": \"activation\", \"function\": \"relu\"}]";
    }

    private static String upper(String place) {
        return Character.toUpperCase(place.charAt(0)) + place.substring(1);
    }

    private static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
