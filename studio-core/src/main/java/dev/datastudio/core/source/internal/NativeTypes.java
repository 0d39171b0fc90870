package dev.datastudio.core.source.internal;

import dev.datastudio.api.dataset.ColumnType;
import java.util.Locale;
import java.util.Set;

/** What the types of databases are here, by their names. */
final class NativeTypes {
    private static final Set<String> INTEGERS = Set.of(
            "int",
            "integer",
            "smallint",
            "bigint",
            "tinyint",
            "mediumint",
            "int2",
            "int4",
            "int8",
            "serial",
            "bigserial",
            "smallserial",
            "year",
            "utinyint",
            "usmallint",
            "uinteger",
            "int unsigned",
            "integer unsigned",
            "smallint unsigned",
            "tinyint unsigned",
            "mediumint unsigned",
            "oid");
    private static final Set<String> DECIMALS = Set.of(
            "decimal",
            "numeric",
            "number",
            "real",
            "float",
            "float4",
            "float8",
            "double",
            "double precision",
            "money",
            "smallmoney",
            "hugeint",
            "uhugeint",
            "ubigint",
            "bigint unsigned",
            "decimal unsigned",
            "double unsigned",
            "float unsigned");
    private static final Set<String> TEXTS = Set.of(
            "char",
            "character",
            "varchar",
            "character varying",
            "text",
            "nchar",
            "nvarchar",
            "ntext",
            "bpchar",
            "tinytext",
            "mediumtext",
            "longtext",
            "name",
            "citext",
            "uuid",
            "uniqueidentifier",
            "json",
            "jsonb",
            "xml",
            "enum",
            "set",
            "string",
            "clob",
            "nclob",
            "sysname",
            "\"char\"",
            "inet",
            "cidr",
            "macaddr");
    private static final Set<String> TIMESTAMPS = Set.of(
            "datetime",
            "datetime2",
            "smalldatetime",
            "datetimeoffset",
            "timestamp",
            "timestamptz",
            "timestamp without time zone",
            "timestamp with time zone",
            "timestamp_s",
            "timestamp_ms",
            "timestamp_ns");

    private NativeTypes() {}

    /** The type of a declared one, such as {@code numeric(12,2)}. */
    static ColumnType of(Product product, String declared) {
        String full = declared.toLowerCase(Locale.ROOT).strip();
        String base =
                full.replaceAll("\\s*\\([^)]*\\)", "").replace(" zerofill", "").strip();
        if (full.endsWith("]")) {
            return ColumnType.OTHER;
        } else if (full.startsWith("tinyint(1)") || base.startsWith("bool")) {
            return ColumnType.BOOLEAN;
        } else if (base.equals("bit")) {
            boolean truth = product == Product.SQLSERVER || full.equals("bit(1)") && product != Product.POSTGRESQL;
            return truth ? ColumnType.BOOLEAN : ColumnType.OTHER;
        } else if (base.equals("timestamp") && product == Product.SQLSERVER) {
            return ColumnType.OTHER; // a row version there
        } else if (INTEGERS.contains(base)) {
            return ColumnType.INTEGER;
        } else if (DECIMALS.contains(base)) {
            return ColumnType.DECIMAL;
        } else if (TIMESTAMPS.contains(base)) {
            return ColumnType.TIMESTAMP;
        } else if (base.equals("date")) {
            return ColumnType.DATE;
        } else if (base.equals("time") || base.equals("time without time zone")) {
            return ColumnType.TIME;
        } else if (TEXTS.contains(base) || base.startsWith("enum")) {
            return ColumnType.TEXT;
        }
        return product == Product.SQLITE ? affinity(base) : ColumnType.OTHER;
    }

    /** As SQLite decides, "Datatypes In SQLite", section 3.1. */
    private static ColumnType affinity(String base) {
        if (base.contains("int")) {
            return ColumnType.INTEGER;
        } else if (base.contains("char") || base.contains("clob") || base.contains("text")) {
            return ColumnType.TEXT;
        } else if (base.isEmpty() || base.contains("blob")) {
            return ColumnType.OTHER;
        }
        return ColumnType.DECIMAL;
    }
}
