package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.query.internal.Refusals;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/**
 * Walks a syntax tree by the fields of its nodes, so that nothing in it is overlooked: a kind of node that is not on the
 * list is refused, whichever release of the parser brings it. Not thread-safe; one for each statement.
 */
final class SyntaxNodes {
    private static final Set<String> KINDS = Set.of(
            // statements and their clauses
            "PlainSelect",
            "SetOperationList",
            "ParenthesedSelect",
            "LateralSubSelect",
            "Values",
            "UnionOp",
            "SetOperationType",
            "IntersectOp",
            "ExceptOp",
            "SelectItem",
            "AllColumns",
            "AllTableColumns",
            "Distinct",
            "Join",
            "ParenthesedFromItem",
            "TableFunction",
            "GroupByElement",
            "OrderByElement",
            "Top",
            "Limit",
            "Offset",
            "Fetch",
            "WithItem",
            "Table",
            "Alias",
            "AliasColumn",
            "Column",
            // expressions
            "Addition",
            "Subtraction",
            "Multiplication",
            "Division",
            "IntegerDivision",
            "Modulo",
            "Concat",
            "BitwiseAnd",
            "BitwiseOr",
            "BitwiseXor",
            "BitwiseLeftShift",
            "BitwiseRightShift",
            "AndExpression",
            "OrExpression",
            "XorExpression",
            "NotExpression",
            "SignedExpression",
            "Parenthesis",
            "ParenthesedExpressionList",
            "ExpressionList",
            "NamedExpressionList",
            "RowConstructor",
            "Between",
            "EqualsTo",
            "NotEqualsTo",
            "GreaterThan",
            "GreaterThanEquals",
            "MinorThan",
            "MinorThanEquals",
            "InExpression",
            "IsNullExpression",
            "IsBooleanExpression",
            "IsUnknownExpression",
            "IsDistinctExpression",
            "LikeExpression",
            "SimilarToExpression",
            "RegExpMatchOperator",
            "ExistsExpression",
            "AnyComparisonExpression",
            "CaseExpression",
            "WhenClause",
            "CastExpression",
            "ColDataType",
            "Function",
            "AnalyticExpression",
            "WindowDefinition",
            "WindowElement",
            "WindowOffset",
            "WindowRange",
            "PartitionByClause",
            "OrderByClause",
            "ExtractExpression",
            "IntervalExpression",
            "TrimFunction",
            "TranscodingFunction",
            "MySQLGroupConcat",
            "JsonExpression",
            "TimeKeyExpression",
            "DateTimeLiteralExpression",
            "TimezoneExpression",
            "CollateExpression",
            "ArrayConstructor",
            "ArrayExpression",
            "JdbcParameter",
            "NullValue",
            "LongValue",
            "DoubleValue",
            "StringValue",
            "BooleanValue",
            "AllValue",
            "FilterOverImpl",
            // constants that nodes are marked with
            "AnalyticType",
            "Type",
            "NullOrdering",
            "DateTime",
            "KeyWord",
            "TrimSpecification",
            "AnyType",
            "NullHandling",
            "RegExpMatchOperatorType");

    private static final Set<String> FORBIDDEN_FIELDS =
            Set.of("intoTables", "intoTempTable", "forUpdateTable", "forXmlPath", "withClause", "commentText");

    private final SqlTokens tokens;
    private final DialectRules rules;
    private final TableScope tables;
    private final Map<String, Integer> named = new HashMap<>();
    private final Deque<Set<String>> scopes = new ArrayDeque<>();

    private final TextGrowth growth;

    SyntaxNodes(SqlTokens tokens, DialectRules rules, TableScope tables) {
        this.growth = new TextGrowth(tokens, isRecursive(tokens, rules));
        this.tokens = tokens;
        this.rules = rules;
        this.tables = tables;
    }

    /** Told by its words; where there is no word for it, what unites rows within WITH may be recursive. */
    private static boolean isRecursive(SqlTokens tokens, DialectRules rules) {
        List<Token> all = tokens.list();
        boolean told = all.stream().anyMatch(t -> t.is("recursive"));
        boolean with = all.stream().anyMatch(t -> t.is("with")) && all.stream().anyMatch(t -> t.is("union"));
        return told || (with && rules.dialect() != SqlDialect.POSTGRESQL && rules.dialect() != SqlDialect.MYSQL);
    }

    /** @throws StudioException with {@link ErrorCode#SQL_REFUSED} or {@link ErrorCode#SQL_INVALID} */
    void check(Select select) {
        walk(select);
    }

    /** How often a name stands before brackets that hold column names, not arguments. */
    Map<String, Integer> namedColumnLists() {
        return named;
    }

    private void walk(@Nullable Object node) {
        if (node == null || isLeaf(node)) {
            return;
        } else if (node instanceof Collection<?> nodes) {
            nodes.forEach(this::walk);
            return;
        } else if (node instanceof Map<?, ?> map) {
            walk(map.keySet());
            walk(map.values());
            return;
        } else if (node instanceof Map.Entry<?, ?> entry) {
            walk(entry.getKey());
            walk(entry.getValue());
            return;
        }
        checkKind(node);
        if (node instanceof Select select) {
            walkSelect(select);
        } else if (node instanceof Column column) {
            walk(column.getArrayConstructor());
        } else if (node instanceof AllTableColumns all) {
            walkFields(all, Set.of("table"));
        } else {
            checkNames(node);
            walkFields(node, Set.of());
        }
    }

    private static boolean isLeaf(Object node) {
        return node instanceof String || node instanceof Number || node instanceof Boolean || node instanceof Character;
    }

    private static void checkKind(Object node) {
        Class<?> type = node instanceof Enum<?> constant ? constant.getDeclaringClass() : node.getClass();
        if (!type.getName().startsWith("net.sf.jsqlparser.") || !KINDS.contains(type.getSimpleName())) {
            throw Refusals.part(type.getSimpleName());
        }
    }

    private void checkNames(Object node) {
        if (node instanceof Function function && !(node instanceof TableFunction)) {
            List<String> parts = function.getMultipartName();
            String name = parts == null || parts.size() != 1 ? String.valueOf(function.getName()) : parts.get(0);
            checkFunction(name);
            growth.add(function, name.toLowerCase(Locale.ROOT));
        } else if (node instanceof AnalyticExpression analytic) {
            checkFunction(analytic.getName());
        } else if (node instanceof ColDataType type) {
            rules.checkType(type.getDataType());
        } else if (node instanceof Table table) {
            checkTable(table);
        } else if (node instanceof Alias alias
                && alias.getAliasColumns() != null
                && !alias.getAliasColumns().isEmpty()) {
            named.merge(tokens.name(alias.getName()).folded(), 1, Integer::sum);
        }
    }

    private void checkFunction(String name) {
        Token token = tokens.name(name);
        if (token.kind() != Token.Kind.WORD || !rules.functions().contains(token.folded())) {
            throw Refusals.function(token.text());
        }
    }

    private void checkTable(Table table) {
        List<Token> parts = new ArrayList<>();
        for (String part : table.getNameParts()) {
            if (part != null) {
                parts.add(0, tokens.name(part));
            } else if (rules.dialect() == SqlDialect.SQLSERVER) {
                throw GateRefusals.otherDatabase(table.toString());
            }
        }
        boolean hinted = rules.dialect() == SqlDialect.SQLSERVER
                && table.getAlias() != null
                && table.getAlias().getAliasColumns() != null;
        if (hinted) {
            throw GateRefusals.tableWithColumns(
                    tokens.name(table.getAlias().getName()).text());
        }
        boolean common = parts.size() == 1 && scopes.stream().anyMatch(s -> s.contains(tables.fold(parts.get(0))));
        if (!common) {
            tables.check(parts);
        }
    }

    /** A common table expression sees those before it, and itself when it is recursive. */
    private void walkSelect(Select select) {
        Set<String> scope = new HashSet<>();
        scopes.push(scope);
        List<WithItem<?>> items = select.getWithItemsList() == null ? List.of() : select.getWithItemsList();
        boolean recursive = items.stream().anyMatch(WithItem::isRecursive);
        for (WithItem<?> item : items) {
            checkKind(item);
            Token name = tokens.name(
                    item.getUnquotedAliasName() == null ? "" : item.getAlias().getName());
            tables.checkNewName(name);
            if (item.getWithItemList() != null && !item.getWithItemList().isEmpty()) {
                named.merge(name.folded(), 1, Integer::sum);
            }
            if (recursive || isRecursiveUnion(item)) {
                scope.add(tables.fold(name));
            }
            walkFields(item, Set.of());
            scope.add(tables.fold(name));
        }
        walkFields(select, Set.of("withItemsList"));
        scopes.pop();
    }

    /** SQL Server has no word for recursion: what unites itself with more rows is recursive. */
    private boolean isRecursiveUnion(WithItem<?> item) {
        return rules.dialect() == SqlDialect.SQLSERVER
                && item.getSelect() != null
                && item.getSelect().getSelect() instanceof SetOperationList union
                && union.getOperations().stream().allMatch(o -> o.toString().equalsIgnoreCase("UNION ALL"));
    }

    private void walkFields(Object node, Set<String> except) {
        for (Class<?> type = node.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            if (!type.getName().startsWith("net.sf.jsqlparser.")) {
                continue;
            }
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers)
                        && !Modifier.isTransient(modifiers)
                        && !except.contains(field.getName())) {
                    Object value = value(field, node);
                    if (value != null && FORBIDDEN_FIELDS.contains(field.getName())) {
                        throw Refusals.part(field.getName());
                    }
                    walk(value);
                }
            }
        }
        if (node instanceof Collection<?> nodes) {
            nodes.forEach(this::walk);
        }
    }

    private static @Nullable Object value(Field field, Object node) {
        try {
            field.setAccessible(true);
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new StudioException(
                    ErrorCode.INTERNAL,
                    "The syntax tree's " + field + " can't be read",
                    "Put JSqlParser on the class path, where its fields are open",
                    e);
        }
    }
}
