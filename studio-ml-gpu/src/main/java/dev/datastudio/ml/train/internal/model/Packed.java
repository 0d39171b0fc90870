package dev.datastudio.ml.train.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Arrays of numbers in JSON, exact: Base64 of their bytes, the lowest first. */
public final class Packed {
    private Packed() {}

    public static void put(ObjectNode json, String name, double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asDoubleBuffer().put(values);
        json.put(name, buffer.array());
    }

    public static void put(ObjectNode json, String name, float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        json.put(name, buffer.array());
    }

    public static void put(ObjectNode json, String name, int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        json.put(name, buffer.array());
    }

    public static double[] doubles(JsonNode json, String name) {
        ByteBuffer buffer = buffer(json, name);
        double[] values = new double[buffer.remaining() / 8];
        buffer.asDoubleBuffer().get(values);
        return values;
    }

    public static float[] floats(JsonNode json, String name) {
        ByteBuffer buffer = buffer(json, name);
        float[] values = new float[buffer.remaining() / 4];
        buffer.asFloatBuffer().get(values);
        return values;
    }

    public static int[] ints(JsonNode json, String name) {
        ByteBuffer buffer = buffer(json, name);
        int[] values = new int[buffer.remaining() / 4];
        buffer.asIntBuffer().get(values);
        return values;
    }

    /**
     * Writes rows of the same length, and how many there are.
     *
     * @param count the name of how many
     */
    public static void put(ObjectNode json, String count, String name, double[][] rows) {
        json.put(count, rows.length);
        put(json, name, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    /** What {@link #put(ObjectNode, String, String, double[][])} wrote. */
    public static double[][] rows(JsonNode json, String counted, String name) {
        int count = json.required(counted).asInt();
        double[] values = doubles(json, name);
        if (count < 1 || values.length % count != 0) {
            throw new IllegalArgumentException(values.length + " values are not " + count + " rows");
        }
        int width = values.length / count;
        double[][] rows = new double[count][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * width, (row + 1) * width));
        return rows;
    }

    /** Each of its own. */
    public static double[][] copied(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    private static ByteBuffer buffer(JsonNode json, String name) {
        try {
            return ByteBuffer.wrap(json.required(name).binaryValue()).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is no Base64", e);
        }
    }
}
