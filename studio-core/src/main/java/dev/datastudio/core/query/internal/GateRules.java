package dev.datastudio.core.query.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a statement may be made of, as allow-lists: whatever DuckDB adds is refused until it is named here. The names of
 * both syntax-tree formats (1.5 and 2.0) are the same where the lists have them.
 */
final class GateRules {
    static final Set<String> QUERY_NODES = Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE");

    static final Set<String> PLAIN_PARTS = Set.of(
            // table references without a rule of their own
            "SUBQUERY",
            "JOIN",
            "EXPRESSION_LIST",
            "EMPTY",
            "PIVOT",
            // modifiers and sort orders
            "ORDER_MODIFIER",
            "LIMIT_MODIFIER",
            "LIMIT_PERCENT_MODIFIER",
            "DISTINCT_MODIFIER",
            "ORDER_DEFAULT",
            "ASCENDING",
            "DESCENDING");

    static final Set<String> EXPRESSION_CLASSES = Set.of(
            "BETWEEN",
            "CASE",
            "CAST",
            "COLLATE",
            "COLUMN_REF",
            "COMPARISON",
            "CONJUNCTION",
            "CONSTANT",
            "FUNCTION",
            "LAMBDA",
            "OPERATOR",
            "PARAMETER",
            "POSITIONAL_REFERENCE",
            "STAR",
            "SUBQUERY",
            "TYPE",
            "WINDOW");

    static final Set<String> EXPRESSION_TYPES = Set.of(
            "ARRAY_CONSTRUCTOR",
            "ARRAY_EXTRACT",
            "ARRAY_SLICE",
            "ARROW",
            "CASE_EXPR",
            "COLLATE",
            "COLUMN_REF",
            "COMPARE_BETWEEN",
            "COMPARE_DISTINCT_FROM",
            "COMPARE_EQUAL",
            "COMPARE_GREATERTHAN",
            "COMPARE_GREATERTHANOREQUALTO",
            "COMPARE_IN",
            "COMPARE_LESSTHAN",
            "COMPARE_LESSTHANOREQUALTO",
            "COMPARE_NOTEQUAL",
            "COMPARE_NOT_BETWEEN",
            "COMPARE_NOT_DISTINCT_FROM",
            "COMPARE_NOT_IN",
            "CONJUNCTION_AND",
            "CONJUNCTION_OR",
            "FUNCTION",
            "GROUPING_FUNCTION",
            "LAMBDA",
            "OPERATOR_CAST",
            "OPERATOR_COALESCE",
            "OPERATOR_IS_NOT_NULL",
            "OPERATOR_IS_NULL",
            "OPERATOR_NOT",
            "OPERATOR_NULLIF",
            "OPERATOR_TRY",
            "OPERATOR_UNPACK",
            "POSITIONAL_REFERENCE",
            "STAR",
            "STRUCT_EXTRACT",
            "SUBQUERY",
            "TYPE",
            "VALUE_CONSTANT",
            "VALUE_PARAMETER",
            "WINDOW_AGGREGATE",
            "WINDOW_CUME_DIST",
            "WINDOW_FILL",
            "WINDOW_FIRST_VALUE",
            "WINDOW_LAG",
            "WINDOW_LAST_VALUE",
            "WINDOW_LEAD",
            "WINDOW_NTH_VALUE",
            "WINDOW_NTILE",
            "WINDOW_PERCENT_RANK",
            "WINDOW_RANK",
            "WINDOW_RANK_DENSE",
            "WINDOW_ROW_NUMBER");

    /** Both describe a query that is checked like any other. */
    static final Set<String> SHOW_TYPES = Set.of("DESCRIBE", "SUMMARY");

    static final Set<String> TABLE_FUNCTIONS =
            Set.of("generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest", "unlist");

    static final Set<String> FUNCTIONS = load("functions.txt");

    /** Functions that give something else each time, so that a second run may have another number of rows. */
    static final Set<String> VOLATILE_FUNCTIONS =
            Set.of("random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "reservoir_quantile");

    private GateRules() {}

    private static Set<String> load(String resource) {
        try (InputStream in = GateRules.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Resource '" + resource + "' is missing beside " + GateRules.class);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
