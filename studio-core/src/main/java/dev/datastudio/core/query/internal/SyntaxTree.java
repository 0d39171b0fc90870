package dev.datastudio.core.query.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks one statement's syntax tree, as {@code json_serialize_sql} writes it, and refuses what is not on the lists of
 * {@link GateRules}. Every object of the tree is visited, so a part in an unexpected place is judged like any other.
 *
 * <p>Not thread-safe; one per statement.
 */
final class SyntaxTree {
    private static final Set<String> TEXT_OF_FUNCTION = Set.of("function_name", "schema", "catalog", "qualified_name");

    private final TableNames tables;
    private boolean repeatable = true;

    SyntaxTree(TableNames tables) {
        this.tables = tables;
    }

    /** Whether the same statement gives the same rows again. Meaningful after {@link #check}. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Checks the node of a statement. */
    void check(JsonNode node) {
        if (!GateRules.QUERY_NODES.contains(node.path("type").asText())) {
            throw Refusals.part(node.path("type").asText());
        }
        visit(node, null);
    }

    private void visit(JsonNode node, @Nullable Scope scope) {
        if (node.isArray()) {
            for (JsonNode element : node) {
                visit(element, scope);
            }
        } else if (node.isObject()) {
            visitObject(node, scope);
        }
    }

    private void visitObject(JsonNode node, @Nullable Scope scope) {
        JsonNode type = node.get("type");
        if (node.has("class")) {
            expression(node, scope);
        } else if (type == null) {
            children(node, scope);
        } else if (type.isTextual()) {
            part(node, type.textValue(), scope);
        } else if (!node.has("is_null")) {
            throw Refusals.part(type.toString());
        }
        // What is left is a constant with its type: data, nothing to judge.
    }

    private void part(JsonNode node, String type, @Nullable Scope scope) {
        if (GateRules.QUERY_NODES.contains(type)) {
            query(node, scope);
        } else if (type.equals("BASE_TABLE")) {
            table(node, scope);
        } else if (type.equals("TABLE_FUNCTION")) {
            tableFunction(node, scope);
        } else if (type.equals("SHOW_REF")) {
            show(node, scope);
        } else if (GateRules.PLAIN_PARTS.contains(type)) {
            children(node, scope);
        } else {
            throw Refusals.part(type);
        }
    }

    /** A common table expression sees those before it, and itself only where it is recursive. */
    private void query(JsonNode node, @Nullable Scope outer) {
        noteSample(node);
        Scope scope = outer;
        for (JsonNode entry : node.path("cte_map").path("map")) {
            String name = entry.path("key").asText();
            JsonNode definition = entry.path("value");
            visit(definition, isRecursive(definition) ? new Scope(name, scope) : scope);
            scope = new Scope(name, scope);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getKey().equals("cte_map")) {
                visit(field.getValue(), scope);
            }
        }
    }

    private static boolean isRecursive(JsonNode definition) {
        JsonNode body = definition.has("query_node")
                ? definition.path("query_node")
                : definition.path("query").path("node");
        return body.path("type").asText().equals("RECURSIVE_CTE_NODE");
    }

    private void table(JsonNode node, @Nullable Scope scope) {
        String name = node.path("table_name").asText();
        if (!isPlain(node, "catalog_name", "schema_name", name)) {
            throw Refusals.qualifiedTable(path(node, "catalog_name", "schema_name", name), tables);
        }
        if (node.has("at_clause")) {
            throw Refusals.part("AT (VERSION or TIMESTAMP)");
        }
        if (!Scope.contains(scope, name) && !tables.contains(name)) {
            throw Refusals.unknownTable(name, tables);
        }
        noteSample(node);
        children(node, scope);
    }

    private void tableFunction(JsonNode node, @Nullable Scope scope) {
        JsonNode function = node.path("function");
        String name = functionName(function);
        if (!GateRules.TABLE_FUNCTIONS.contains(name)) {
            throw Refusals.tableFunction(name, tables);
        }
        noteSample(node);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().equals("function")) {
                arguments(function, scope);
            } else {
                visit(field.getValue(), scope);
            }
        }
    }

    private void show(JsonNode node, @Nullable Scope scope) {
        String what = node.path("show_type").asText();
        if (!GateRules.SHOW_TYPES.contains(what) || !node.has("query") || node.has("table_name")) {
            throw Refusals.show();
        }
        children(node, scope);
    }

    private void expression(JsonNode node, @Nullable Scope scope) {
        String expressionClass = node.path("class").asText();
        String type = node.path("type").asText();
        if (!GateRules.EXPRESSION_CLASSES.contains(expressionClass) || !GateRules.EXPRESSION_TYPES.contains(type)) {
            throw Refusals.part(type.isEmpty() ? expressionClass : type);
        }
        switch (expressionClass) {
            case "FUNCTION", "WINDOW" -> {
                function(node);
                arguments(node, scope);
            }
            case "CONSTANT", "COLUMN_REF" -> {
                // Data and names: nothing below them.
            }
            case "CAST" -> cast(node, scope);
            default -> children(node, scope);
        }
    }

    private void function(JsonNode node) {
        String name = functionName(node);
        if (!GateRules.FUNCTIONS.contains(name)) {
            throw GateRules.TABLE_FUNCTIONS.contains(name) ? Refusals.listFunction(name) : Refusals.function(name);
        }
        GrowthRule.check(name, node);
        repeatable &= !GateRules.VOLATILE_FUNCTIONS.contains(name);
    }

    /**
     * A name before the function's is a column in method syntax ({@code region.upper()}), or the schema {@code main} that
     * 1.5 writes where a function stands behind syntax such as {@code [1, 2]}. As no function can be made here, every
     * schema's function of an allowed name is the built-in one.
     */
    private static String functionName(JsonNode function) {
        String name = function.path("function_name").asText();
        if (!function.path("catalog").asText().isEmpty()) {
            throw Refusals.function(path(function, "catalog", "schema", name));
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private void arguments(JsonNode function, @Nullable Scope scope) {
        for (Map.Entry<String, JsonNode> field : function.properties()) {
            if (!TEXT_OF_FUNCTION.contains(field.getKey())) {
                visit(field.getValue(), scope);
            }
        }
    }

    /** The target type is data in 1.5 ({@code cast_type}) and an expression in 2.0. */
    private void cast(JsonNode node, @Nullable Scope scope) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getKey().equals("cast_type")) {
                visit(field.getValue(), scope);
            }
        }
    }

    private void children(JsonNode node, @Nullable Scope scope) {
        noteSample(node);
        for (JsonNode child : node) {
            visit(child, scope);
        }
    }

    private void noteSample(JsonNode node) {
        repeatable &= !node.has("sample");
    }

    private static boolean isPlain(JsonNode node, String catalogKey, String schemaKey, String name) {
        JsonNode parts = node.path("qualified_name").path("path");
        boolean pathIsPlain = parts.isMissingNode()
                || (parts.size() == 1 && parts.get(0).asText().equals(name));
        return pathIsPlain
                && node.path(catalogKey).asText().isEmpty()
                && node.path(schemaKey).asText().isEmpty();
    }

    private static String path(JsonNode node, String catalogKey, String schemaKey, String name) {
        StringBuilder path = new StringBuilder();
        for (String key : new String[] {catalogKey, schemaKey}) {
            String part = node.path(key).asText();
            path.append(part).append(part.isEmpty() ? "" : ".");
        }
        return path.append(name).toString();
    }

    /** Names of common table expressions, innermost first. */
    private record Scope(String name, @Nullable Scope outer) {
        static boolean contains(@Nullable Scope scope, String name) {
            for (Scope at = scope; at != null; at = at.outer) {
                if (at.name.equalsIgnoreCase(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The error for text that DuckDB's parser doesn't take. */
    static StudioException syntaxError(String message) {
        return new StudioException(
                ErrorCode.SQL_INVALID,
                "The statement is not valid SQL: " + Refusals.cut(message),
                "Mend the statement at that place; the dialect is DuckDB's");
    }
}
