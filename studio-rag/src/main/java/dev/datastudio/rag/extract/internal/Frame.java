package dev.datastudio.rag.extract.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A message between the two processes: four bytes of length, one of type, then values. Whoever reads believes nothing:
 * every length is checked, and anything odd is a {@link ProtocolException}. Not thread-safe.
 */
final class Frame {
    /** Larger than the largest block in UTF-8. */
    static final int MAX_LENGTH = 8 << 20;

    static final byte HELLO = 'H';
    static final byte REQUEST = 'R';
    static final byte METADATA = 'M';
    static final byte BLOCK = 'B';
    static final byte RESULT = 'E';

    private final byte type;
    private final ByteBuffer values;

    private Frame(byte type, ByteBuffer values) {
        this.type = type;
        this.values = values;
    }

    /** The other side does not keep to the protocol. */
    static final class ProtocolException extends IOException {
        private static final long serialVersionUID = 1L;

        ProtocolException(String what) {
            super(what);
        }
    }

    /** Waits for the next frame. */
    static Frame read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > MAX_LENGTH) {
            throw new ProtocolException("A frame can't have " + length + " bytes");
        }
        byte type = in.readByte();
        byte[] bytes = in.readNBytes(length - 1);
        if (bytes.length < length - 1) {
            throw new EOFException("A frame was cut off");
        }
        return new Frame(type, ByteBuffer.wrap(bytes));
    }

    byte type() {
        return type;
    }

    Frame expect(byte expected) throws ProtocolException {
        if (type != expected) {
            throw new ProtocolException("Expected a frame '" + (char) expected + "', got " + type);
        }
        return this;
    }

    int integer() throws ProtocolException {
        try {
            return values.getInt();
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("A number is missing");
        }
    }

    long number() throws ProtocolException {
        try {
            return values.getLong();
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("A number is missing");
        }
    }

    /** A count of what follows, each of which takes four bytes at least. */
    int count() throws ProtocolException {
        int count = integer();
        if (count < 0 || count > values.remaining() / Integer.BYTES) {
            throw new ProtocolException("There can't be " + count + " values");
        }
        return count;
    }

    String text() throws ProtocolException {
        int length = integer();
        if (length < 0 || length > values.remaining()) {
            throw new ProtocolException("A text can't have " + length + " bytes");
        }
        ByteBuffer bytes = values.slice(values.position(), length);
        values.position(values.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("A text is not UTF-8");
        }
    }

    <E extends Enum<E>> E constant(Class<E> type) throws ProtocolException {
        String name = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new ProtocolException("There is no such " + type.getSimpleName());
    }

    void end() throws ProtocolException {
        if (values.hasRemaining()) {
            throw new ProtocolException("A frame has " + values.remaining() + " bytes too many");
        }
    }

    /** Puts a frame together. */
    static final class Writer {
        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        private final DataOutputStream values = new DataOutputStream(bytes);

        Writer(byte type) throws IOException {
            values.writeByte(type);
        }

        Writer integer(int value) throws IOException {
            values.writeInt(value);
            return this;
        }

        Writer number(long value) throws IOException {
            values.writeLong(value);
            return this;
        }

        Writer text(String text) throws IOException {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            values.writeInt(encoded.length);
            values.write(encoded);
            return this;
        }

        void to(DataOutputStream out) throws IOException {
            out.writeInt(bytes.size());
            bytes.writeTo(out);
        }
    }
}
