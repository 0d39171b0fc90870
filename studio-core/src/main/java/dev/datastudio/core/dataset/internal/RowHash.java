package dev.datastudio.core.dataset.internal;

import dev.datastudio.core.dataset.RowColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of columns and rows, from bytes that are equal for equal values of equal types and for nothing else: a tag,
 * then the value in a fixed width or after its length. Not thread-safe.
 */
final class RowHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BUFFER = 1 << 16;
    /** What a value of a fixed width takes at most, with its tag. */
    private static final int WIDEST = 16;

    private static final byte NULL = 0;
    private static final byte FALSE = 1;
    private static final byte TRUE = 2;
    private static final byte LONG = 3;
    private static final byte DOUBLE = 4;
    private static final byte DECIMAL = 5;
    private static final byte DATE = 6;
    private static final byte TIMESTAMP = 7;
    private static final byte TIME = 8;
    private static final byte TEXT = 9;

    private final MessageDigest digest = ContentHash.sha256();
    private final byte[] buffer = new byte[BUFFER];
    private int length;

    RowHash(List<String> names, List<RowColumn> columns) {
        addText("rows 2");
        for (int i = 0; i < names.size(); i++) {
            addText(names.get(i));
            addText(columns.get(i).type().name());
        }
    }

    /** Adds the next value of a row, as {@link StoredColumn#store} gives it. */
    void add(@Nullable Object value) {
        if (value == null) {
            addTag(NULL);
        } else if (value instanceof String text) {
            addText(text);
        } else if (value instanceof Long number) {
            addLong(LONG, number);
        } else if (value instanceof Double number) {
            addLong(DOUBLE, Double.doubleToLongBits(number));
        } else if (value instanceof Boolean truth) {
            addTag(truth ? TRUE : FALSE);
        } else if (value instanceof LocalDate date) {
            addLong(DATE, date.toEpochDay());
        } else if (value instanceof LocalDateTime time) {
            Instant at = time.toInstant(ZoneOffset.UTC);
            addLong(TIMESTAMP, at.getEpochSecond());
            addInt(at.getNano());
        } else if (value instanceof LocalTime time) {
            addLong(TIME, time.toNanoOfDay());
        } else if (value instanceof BigDecimal number) {
            addTag(DECIMAL);
            addInt(number.scale());
            addBytes(number.unscaledValue().toByteArray());
        } else {
            throw new AssertionError(value.getClass());
        }
    }

    private void addText(String text) {
        addTag(TEXT);
        addBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void addTag(byte tag) {
        room();
        buffer[length++] = tag;
    }

    private void addLong(byte tag, long value) {
        room();
        buffer[length] = tag;
        LONGS.set(buffer, length + 1, value);
        length += 1 + Long.BYTES;
    }

    private void addInt(int value) {
        room();
        INTS.set(buffer, length, value);
        length += Integer.BYTES;
    }

    private void addBytes(byte[] bytes) {
        addInt(bytes.length);
        if (bytes.length > BUFFER - length) {
            flush();
        }
        if (bytes.length > BUFFER) {
            digest.update(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, length, bytes.length);
            length += bytes.length;
        }
    }

    private void room() {
        if (BUFFER - length < WIDEST) {
            flush();
        }
    }

    private void flush() {
        digest.update(buffer, 0, length);
        length = 0;
    }

    /** The hash of everything that was added, as 64 lower-case hexadecimal digits; ends the hash. */
    String conclude() {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }
}
