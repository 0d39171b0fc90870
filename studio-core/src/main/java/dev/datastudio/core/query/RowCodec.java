package dev.datastudio.core.query;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.ResultColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result columns and rows as bytes, for caches. Each value carries a tag of a closed list, so a reader gets the types
 * back that were written and never loads a class by name.
 */
public final class RowCodec {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int LONG = 3;
    private static final int DOUBLE = 4;
    private static final int BIG_DECIMAL = 5;
    private static final int BIG_INTEGER = 6;
    private static final int DATE = 7;
    private static final int DATE_TIME = 8;
    private static final int TIME = 9;
    private static final int TEXT = 10;

    private RowCodec() {}

    /** Writes columns, their number first. */
    public static void writeColumns(DataOutput out, List<ResultColumn> columns) throws IOException {
        out.writeInt(columns.size());
        for (ResultColumn column : columns) {
            writeText(out, column.name());
            writeText(out, column.type().name());
        }
    }

    /** Reads what {@link #writeColumns} wrote. */
    public static List<ResultColumn> readColumns(DataInput in) throws IOException {
        int count = readCount(in);
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(new ResultColumn(readText(in), readType(in)));
        }
        return columns;
    }

    /** Writes rows, their number and width first. */
    public static void writeRows(DataOutput out, List<List<@Nullable Object>> rows) throws IOException {
        out.writeInt(rows.size());
        out.writeInt(rows.isEmpty() ? 0 : rows.get(0).size());
        for (List<@Nullable Object> row : rows) {
            for (Object value : row) {
                writeValue(out, value);
            }
        }
    }

    /** Reads what {@link #writeRows} wrote. */
    public static List<List<@Nullable Object>> readRows(DataInput in) throws IOException {
        int count = readCount(in);
        int width = readCount(in);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<@Nullable Object> row = new ArrayList<>(width);
            for (int j = 0; j < width; j++) {
                row.add(readValue(in));
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * Writes one value of a row.
     *
     * @throws IllegalArgumentException if it is of a type that no {@link dev.datastudio.api.query.QueryResult} holds
     */
    public static void writeValue(DataOutput out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Boolean b) {
            out.writeByte(b ? TRUE : FALSE);
        } else if (value instanceof Long n) {
            out.writeByte(LONG);
            out.writeLong(n);
        } else if (value instanceof Double n) {
            out.writeByte(DOUBLE);
            out.writeDouble(n);
        } else {
            writeAsText(out, value);
        }
    }

    private static void writeAsText(DataOutput out, Object value) throws IOException {
        out.writeByte(textTag(value));
        writeText(out, value.toString());
    }

    private static int textTag(Object value) {
        if (value instanceof String) {
            return TEXT;
        } else if (value instanceof BigDecimal) {
            return BIG_DECIMAL;
        } else if (value instanceof BigInteger) {
            return BIG_INTEGER;
        } else if (value instanceof LocalDate) {
            return DATE;
        } else if (value instanceof LocalDateTime) {
            return DATE_TIME;
        } else if (value instanceof LocalTime) {
            return TIME;
        }
        throw new IllegalArgumentException("value must be of a type that results hold, was a "
                + value.getClass().getName());
    }

    /** Reads what {@link #writeValue} wrote. */
    public static @Nullable Object readValue(DataInput in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case BIG_DECIMAL -> new BigDecimal(readText(in));
            case BIG_INTEGER -> new BigInteger(readText(in));
            case DATE -> LocalDate.parse(readText(in));
            case DATE_TIME -> LocalDateTime.parse(readText(in));
            case TIME -> LocalTime.parse(readText(in));
            case TEXT -> readText(in);
            default -> throw new IOException("Unknown value tag " + tag);
        };
    }

    /** Writes a text of any length, as UTF-8 after its length in bytes. */
    public static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads what {@link #writeText} wrote. */
    public static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[readCount(in)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int readCount(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("Negative length " + count);
        }
        return count;
    }

    private static ColumnType readType(DataInput in) throws IOException {
        String name = readText(in);
        try {
            return ColumnType.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("Unknown column type " + name, e);
        }
    }
}
