package dev.datastudio.core.dataset.internal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Names of tables that need no quotes in SQL. */
public final class TableNames {
    private static final int MAX_LENGTH = 60;
    private static final Set<String> RESERVED = Set.of(
            "all",
            "analyse",
            "analyze",
            "and",
            "any",
            "array",
            "as",
            "asc",
            "asymmetric",
            "both",
            "case",
            "cast",
            "check",
            "collate",
            "column",
            "constraint",
            "create",
            "cross",
            "data",
            "date",
            "default",
            "deferrable",
            "desc",
            "describe",
            "distinct",
            "do",
            "else",
            "end",
            "except",
            "exists",
            "false",
            "fetch",
            "for",
            "foreign",
            "from",
            "full",
            "glob",
            "grant",
            "group",
            "having",
            "in",
            "index",
            "initially",
            "inner",
            "insert",
            "intersect",
            "interval",
            "into",
            "is",
            "join",
            "key",
            "lambda",
            "lateral",
            "leading",
            "left",
            "like",
            "limit",
            "natural",
            "not",
            "null",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "outer",
            "pivot",
            "placing",
            "primary",
            "qualify",
            "references",
            "returning",
            "right",
            "select",
            "set",
            "show",
            "similar",
            "some",
            "summarize",
            "symmetric",
            "table",
            "then",
            "time",
            "timestamp",
            "to",
            "trailing",
            "true",
            "union",
            "unique",
            "unpivot",
            "update",
            "user",
            "using",
            "values",
            "variadic",
            "view",
            "when",
            "where",
            "window",
            "with");

    private TableNames() {}

    /** A name made from what people call the data: {@code Sales 2020.csv} gives {@code sales_2020}. */
    public static String from(String name) {
        String base = name.replaceFirst("(?i)(\\.(csv|tsv|txt|tab|json|jsonl|ndjson|parquet|xlsx|gz))+$", "");
        String plain = Normalizer.normalize(base, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        String safe =
                plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        if (safe.length() > MAX_LENGTH) {
            safe = safe.substring(0, MAX_LENGTH);
        }
        if (safe.isEmpty()) {
            return "table_1";
        }
        return Character.isDigit(safe.charAt(0)) || RESERVED.contains(safe) ? "t_" + safe : safe;
    }

    /** Whether a name needs no quotes. */
    public static boolean isSafe(String table) {
        return table.matches("[A-Za-z_][A-Za-z0-9_]{0,62}") && !RESERVED.contains(table.toLowerCase(Locale.ROOT));
    }
}
