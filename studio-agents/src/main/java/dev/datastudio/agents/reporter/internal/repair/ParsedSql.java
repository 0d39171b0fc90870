package dev.datastudio.agents.reporter.internal.repair;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;

/**
 * A statement as a syntax tree that can be changed. Only a single SELECT that the parser, writing down what it
 * understood, writes down the same way: any other is not touched. Not thread-safe.
 */
public final class ParsedSql {
    private static final int LONGEST = 20_000;
    private static final int DEEPEST = 40;
    private static final int PATIENCE_MILLIS = 2_000;

    private final Select select;

    private ParsedSql(Select select) {
        this.select = select;
    }

    /** The tree of a statement, if there is one to trust. */
    public static Optional<ParsedSql> read(String sql) {
        if (sql.length() > LONGEST || CCJSqlParserUtil.getNestingDepth(sql) > DEEPEST) {
            return Optional.empty();
        }
        return parse(sql, false).or(() -> sql.indexOf('[') >= 0 ? parse(sql, true) : Optional.empty());
    }

    private static Optional<ParsedSql> parse(String sql, boolean brackets) {
        try {
            Statement statement = CCJSqlParserUtil.parse(
                    sql,
                    parser -> parser.withSquareBracketQuotation(brackets)
                            .withAllowComplexParsing(true)
                            .withTimeOut(PATIENCE_MILLIS));
            boolean same = statement != null && plain(statement.toString()).equals(plain(sql));
            return same && statement instanceof Select select && partLists(select)
                    ? Optional.of(new ParsedSql(select))
                    : Optional.empty();
        } catch (JSQLParserException e) {
            return Optional.empty(); // no statement that it knows: then no rule touches it
        }
    }

    /**
     * Parts what the parser takes together: {@code a IN (1, 2) AND b = 3} comes as a list of which {@code b = 3} is a part
     * (JSqlParser 5.3). With an OR in it the right tree can't be told.
     *
     * @return whether the tree is right now
     */
    private static boolean partLists(Select select) {
        for (InExpression in : SqlNodes.all(select, InExpression.class)) {
            if (in.getRightExpression() instanceof OrExpression) {
                return false;
            }
        }
        SqlNodes.replace(
                select,
                expression ->
                        expression instanceof InExpression in && in.getRightExpression() instanceof AndExpression and
                                ? Optional.of(parted(in, and))
                                : Optional.empty());
        return true;
    }

    private static Expression parted(InExpression in, AndExpression conditions) {
        AndExpression first = conditions;
        while (first.getLeftExpression() instanceof AndExpression left) {
            first = left;
        }
        in.setRightExpression(first.getLeftExpression());
        first.setLeftExpression(in);
        return conditions;
    }

    private static String plain(String sql) {
        String plain = sql.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
        return plain.endsWith(";") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** The whole statement. */
    Select select() {
        return select;
    }

    /** The statement itself, when it does not unite several. */
    Optional<PlainSelect> plainSelect() {
        return select instanceof PlainSelect plain ? Optional.of(plain) : Optional.empty();
    }

    /** The names that the statement gives to rows of its own. */
    Set<String> commonNames() {
        Set<String> names = new LinkedHashSet<>();
        for (WithItem<?> item : allWithItems()) {
            if (item.getUnquotedAliasName() != null) {
                names.add(item.getUnquotedAliasName().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal has no type arguments
    private List<WithItem<?>> allWithItems() {
        return (List) SqlNodes.all(select, WithItem.class);
    }

    /** The tables that it reads; not those that only stand before a column's name. */
    List<Table> tables() {
        Set<String> common = commonNames();
        List<Table> tables = new ArrayList<>();
        SqlNodes.visit(select, node -> {
            if (node instanceof Column) {
                return false;
            }
            if (node instanceof Table table
                    && (table.getSchemaName() != null
                            || !common.contains(table.getUnquotedName().toLowerCase(Locale.ROOT)))) {
                tables.add(table);
            }
            return true;
        });
        return tables;
    }

    /** The names of the tables that it reads, without quotes, with their schema where it is named. */
    public Set<String> tableNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Table table : tables()) {
            String name = table.getUnquotedName();
            names.add(table.getSchemaName() == null ? name : table.getUnquotedSchemaName() + "." + name);
        }
        return names;
    }

    List<Column> columns() {
        return SqlNodes.all(select, Column.class);
    }

    /** The statement, written down. */
    public String text() {
        return select.toString();
    }
}
