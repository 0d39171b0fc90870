package dev.datastudio.ml.onnx.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes one message of the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding): fields by
 * their number, in any order. Not thread-safe.
 */
public final class Protobuf {
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Protobuf number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    public Protobuf text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public Protobuf texts(int field, List<String> values) {
        values.forEach(value -> text(field, value));
        return this;
    }

    public Protobuf bytes(int field, byte[] value) {
        tag(field, BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** A message within this one. */
    public Protobuf message(int field, Consumer<Protobuf> content) {
        Protobuf inner = new Protobuf();
        content.accept(inner);
        return bytes(field, inner.bytes());
    }

    /** Whole numbers, packed. */
    public Protobuf numbers(int field, int[] values) {
        Protobuf packed = new Protobuf();
        Arrays.stream(values).forEach(packed::varint);
        return bytes(field, packed.bytes());
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    private void tag(int field, int type) {
        varint(((long) field << 3) | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
