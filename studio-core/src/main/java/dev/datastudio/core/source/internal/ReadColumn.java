package dev.datastudio.core.source.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.dataset.RowColumn;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result and how its values are taken: numbers exactly, times with a zone as UTC, what has no type here
 * as text. Immutable.
 *
 * @param index its place in the result, from 1
 * @param column what is stored
 * @param getter takes its values
 * @param note what is said about it, after its name; empty for nothing
 */
record ReadColumn(int index, RowColumn column, Getter getter, String note) {
    private static final int LONG_DIGITS = 18;
    private static final int UNSIGNED_LONG_DIGITS = 20;
    private static final int SQLSERVER_DATETIMEOFFSET = -155;

    /** The column of a result; empty for binary data. */
    static Optional<ReadColumn> of(Product product, ResultSetMetaData meta, int index) throws SQLException {
        int type = meta.getColumnType(index);
        boolean binary =
                type == Types.BINARY || type == Types.VARBINARY || type == Types.LONGVARBINARY || type == Types.BLOB;
        return binary ? Optional.empty() : Optional.of(of(product, meta, index, type));
    }

    private static ReadColumn of(Product product, ResultSetMetaData meta, int index, int type) throws SQLException {
        String label = meta.getColumnLabel(index);
        String name = String.valueOf(meta.getColumnTypeName(index)).toLowerCase(Locale.ROOT);
        boolean zoned =
                type == Types.TIMESTAMP_WITH_TIMEZONE || type == SQLSERVER_DATETIMEOFFSET || name.equals("timestamptz");
        if (zoned) {
            return plain(index, label, ColumnType.TIMESTAMP, ReadColumn::instant)
                    .noting("has times with a zone; they are stored as UTC");
        } else if (name.equals("money") && product == Product.POSTGRESQL || name.equals("timetz")) {
            return plain(index, label, ColumnType.TEXT, ResultSet::getString);
        } else if (name.equals("hugeint") || name.equals("uhugeint")) {
            return new ReadColumn(index, RowColumn.exact(label), ReadColumn::huge, "");
        }
        if (name.equals("ubigint")) {
            return unsigned(index, label);
        }
        return switch (type) {
            case Types.BOOLEAN -> plain(index, label, ColumnType.BOOLEAN, ReadColumn::truth);
            case Types.BIT -> bits(product, meta, index, name);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> whole(index, label);
            case Types.BIGINT -> meta.isSigned(index) ? whole(index, label) : unsigned(index, label);
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> floating(index, label);
            case Types.DECIMAL, Types.NUMERIC -> decimal(meta, index, label);
            case Types.DATE -> plain(index, label, ColumnType.DATE, ReadColumn::date);
            case Types.TIME -> plain(index, label, ColumnType.TIME, time(product));
            case Types.TIMESTAMP -> plain(index, label, ColumnType.TIMESTAMP, ReadColumn::timestamp);
            case Types.ARRAY, Types.STRUCT -> plain(index, label, ColumnType.OTHER, ResultSet::getString);
            default -> plain(index, label, ColumnType.TEXT, ResultSet::getString);
        };
    }

    static ReadColumn plain(int index, String label, ColumnType type, Getter getter) {
        return new ReadColumn(index, RowColumn.of(label, type), getter, "");
    }

    static ReadColumn whole(int index, String label) {
        return plain(index, label, ColumnType.INTEGER, ReadColumn::whole);
    }

    private static ReadColumn unsigned(int index, String label) {
        return new ReadColumn(index, RowColumn.decimal(label, UNSIGNED_LONG_DIGITS, 0), ReadColumn::huge, "");
    }

    static ReadColumn floating(int index, String label) {
        return plain(index, label, ColumnType.DECIMAL, ReadColumn::floating);
    }

    ReadColumn noting(String predicate) {
        return new ReadColumn(index, column, getter, predicate);
    }

    /** One bit is a truth value; more of them are reported as text or bytes. */
    private static ReadColumn bits(Product product, ResultSetMetaData meta, int index, String name)
            throws SQLException {
        boolean truth = product == Product.POSTGRESQL ? name.equals("bool") : meta.getPrecision(index) <= 1;
        return truth
                ? plain(index, meta.getColumnLabel(index), ColumnType.BOOLEAN, ReadColumn::truth)
                : plain(index, meta.getColumnLabel(index), ColumnType.TEXT, ResultSet::getString);
    }

    private static ReadColumn decimal(ResultSetMetaData meta, int index, String label) throws SQLException {
        int precision = meta.getPrecision(index);
        int scale = meta.getScale(index);
        boolean sized = precision > 0 && precision <= RowColumn.MAX_PRECISION && scale >= 0 && scale <= precision;
        if (sized && scale == 0 && precision <= LONG_DIGITS) {
            return whole(index, label);
        }
        // As an object, because a number of PostgreSQL may be NaN.
        RowColumn column = sized ? RowColumn.decimal(label, precision, scale) : RowColumn.exact(label);
        return new ReadColumn(index, column, ResultSet::getObject, "");
    }

    static @Nullable Object truth(ResultSet row, int column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object whole(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object floating(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object huge(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return value == null ? null : new BigDecimal(value.toString());
    }

    private static @Nullable Object date(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    private static @Nullable Object timestamp(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDateTime.class);
    }

    private static @Nullable Object instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : LocalDateTime.ofInstant(value.toInstant(), ZoneOffset.UTC);
    }

    /** MySQL's times are spans of up to 838 hours; those within a day are times of day. */
    private static Getter time(Product product) {
        return product == Product.MARIADB || product == Product.MYSQL
                ? (row, column) -> {
                    String text = row.getString(column);
                    return text == null ? null : LocalTime.parse(text);
                }
                : (row, column) -> row.getObject(column, LocalTime.class);
    }
}
