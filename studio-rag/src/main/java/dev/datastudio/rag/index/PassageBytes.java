package dev.datastudio.rag.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A passage as bytes, and back as it was: also texts that are no valid Unicode. */
final class PassageBytes {
    private static final int FORMAT = 1;
    private static final int UTF_16 = 1 << 31;

    private PassageBytes() {}

    /** Whether the numbers of the vector come along. */
    enum Vector {
        KEPT,
        LEFT_OUT
    }

    static byte[] write(Passage passage, Vector vector) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(passage.text().length() + 128);
        try {
            write(passage, vector, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Passage passage, Vector vector, DataOutputStream out) throws IOException {
        out.writeByte(FORMAT);
        out.writeInt(passage.key().ordinal());
        writeText(passage.key().version().document(), out);
        writeText(passage.key().version().version(), out);
        writeText(passage.text(), out);
        writeText(passage.context(), out);
        writeText(passage.language(), out);
        out.writeInt(passage.attributes().size());
        for (Map.Entry<String, Object> attribute : passage.attributes().entrySet()) {
            writeText(attribute.getKey(), out);
            out.writeBoolean(attribute.getValue() instanceof Long);
            if (attribute.getValue() instanceof Long number) {
                out.writeLong(number);
            } else {
                writeText((String) attribute.getValue(), out);
            }
        }
        writeVector(vector == Vector.KEPT ? passage.vector() : new float[0], out);
    }

    private static void writeVector(float[] vector, DataOutputStream out) throws IOException {
        out.writeInt(vector.length);
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        out.write(bytes.array());
    }

    /** @throws IOException if these are not the bytes of a passage */
    static Passage read(byte[] bytes, int offset, int length) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, offset, length));
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("a passage of the unknown format " + format);
        }
        try {
            int ordinal = in.readInt();
            PassageKey.Version version = new PassageKey.Version(readText(in), readText(in));
            PassageKey key = new PassageKey(version, ordinal);
            Passage words = new Passage(key, readText(in), readText(in), readText(in), readAttributes(in));
            int dimension = in.readInt();
            return dimension == 0 ? words : withVector(words, readVector(dimension, in));
        } catch (IllegalArgumentException e) {
            throw new IOException("the bytes of a passage are damaged", e);
        }
    }

    /** The ordinal of a passage, without reading the rest. */
    static int ordinal(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset + 1);
    }

    private static Map<String, Object> readAttributes(DataInputStream in) throws IOException {
        int count = checked(in.readInt(), in.available());
        Map<String, Object> attributes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String name = readText(in);
            attributes.put(name, in.readBoolean() ? (Object) in.readLong() : readText(in));
        }
        return attributes;
    }

    private static Passage withVector(Passage passage, float[] vector) {
        return new Passage(
                passage.key(), passage.text(), passage.context(), passage.language(), passage.attributes(), vector);
    }

    private static float[] readVector(int dimension, DataInputStream in) throws IOException {
        byte[] bytes = new byte[checked(dimension, in.available() / Float.BYTES) * Float.BYTES];
        in.readFully(bytes);
        float[] vector = new float[dimension];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        return vector;
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        if (isWellFormed(text)) {
            out.writeInt(bytes.length);
            out.write(bytes);
        } else {
            out.writeInt(text.length() | UTF_16);
            out.writeChars(text);
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size >= 0) {
            byte[] bytes = new byte[checked(size, in.available())];
            in.readFully(bytes);
            return new String(bytes, UTF_8);
        }
        char[] chars = new char[checked(size & ~UTF_16, in.available() / Character.BYTES)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = in.readChar();
        }
        return new String(chars);
    }

    /** A size that was read, before an array is made of it. */
    private static int checked(int size, int most) throws IOException {
        if (size < 0 || size > most) {
            throw new IOException("the bytes of a passage are damaged: a size of " + size + " where " + most + " are");
        }
        return size;
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
