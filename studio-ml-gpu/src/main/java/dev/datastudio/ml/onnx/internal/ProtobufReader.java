package dev.datastudio.ml.onnx.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one message of the wire format of Protocol Buffers, one after the other, without a copy. Not
 * thread-safe.
 */
final class ProtobufReader {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteBuffer in;
    private int field;
    private int type;
    private long number;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    ProtobufReader(ByteBuffer message) {
        in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Goes to the next field.
     *
     * @return whether there was one
     * @throws IllegalArgumentException when the message is cut off or no such message
     */
    boolean next() {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = varint(in);
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (field <= 0 || tag >>> 3 > 536_870_911) {
            throw new IllegalArgumentException("a field has the number " + (tag >>> 3));
        }
        switch (type) {
            case VARINT -> number = varint(in);
            case EIGHT_BYTES -> number = require(in, 8).getLong();
            case FOUR_BYTES -> number = require(in, 4).getInt();
            case BYTES -> {
                long length = varint(in);
                if (length < 0 || length > in.remaining()) {
                    throw new IllegalArgumentException("a field of " + length + " bytes is cut off");
                }
                bytes = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
                in.position(in.position() + (int) length);
            }
            default -> throw new IllegalArgumentException("a field is of the kind " + type);
        }
        return true;
    }

    private static ByteBuffer require(ByteBuffer in, int count) {
        if (in.remaining() < count) {
            throw new IllegalArgumentException("it is cut off");
        }
        return in;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = require(in, 1).get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    int field() {
        return field;
    }

    /** The number of the field. */
    long number() {
        if (type == BYTES) {
            throw new IllegalArgumentException("the field " + field + " holds no number");
        }
        return number;
    }

    /** What the field holds, as a message. */
    ProtobufReader message() {
        return new ProtobufReader(content());
    }

    String text() {
        return StandardCharsets.UTF_8.decode(content()).toString();
    }

    private ByteBuffer content() {
        if (type != BYTES) {
            throw new IllegalArgumentException("the field " + field + " holds no text or message");
        }
        return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The whole numbers of the field, one of them or packed. */
    long[] numbers() {
        if (type != BYTES) {
            return new long[] {number};
        }
        ByteBuffer packed = content();
        long[] values = new long[packed.remaining()];
        int count = 0;
        while (packed.hasRemaining()) {
            values[count++] = varint(packed);
        }
        return java.util.Arrays.copyOf(values, count);
    }
}
