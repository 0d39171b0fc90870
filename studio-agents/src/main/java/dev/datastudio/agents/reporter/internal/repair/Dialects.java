package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.core.analysis.SqlDialect;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.Offset;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.Top;

/** Says in the engine's dialect what another one says in other words: TOP, LIMIT, IFNULL, YEAR, ILIKE, casts. */
final class Dialects {
    private static final Map<String, String> DATE_PARTS = Map.of("year", "%Y", "month", "%m", "day", "%d");

    /** MySQL casts to few types. */
    private static final Map<String, String> MYSQL_TYPES = Map.of(
            "int", "SIGNED", "integer", "SIGNED", "bigint", "SIGNED", "text", "CHAR", "varchar", "CHAR", "numeric",
            "DECIMAL", "float", "DOUBLE");

    private final SqlDialect dialect;
    private final Set<String> changes = new LinkedHashSet<>();

    private Dialects(SqlDialect dialect) {
        this.dialect = dialect;
    }

    static Optional<Repair> mend(Faulty faulty) {
        Dialects dialects = new Dialects(faulty.names().dialect());
        return faulty.parse().flatMap(dialects::mend);
    }

    private Optional<Repair> mend(ParsedSql parsed) {
        SqlNodes.all(parsed.select(), Select.class).forEach(this::limits);
        SqlNodes.replace(parsed.select(), this::expression);
        SqlNodes.all(parsed.select(), LikeExpression.class).forEach(this::like);
        SqlNodes.all(parsed.select(), CastExpression.class).forEach(this::cast);
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Repair(
                        "dialect",
                        parsed.text(),
                        "Said as " + dialect.displayName() + " says it: " + String.join(", ", changes) + "."));
    }

    private void limits(Select select) {
        if (dialect == SqlDialect.SQLSERVER) {
            limitToTop(select);
            return;
        }
        if (select instanceof PlainSelect plain && plain.getTop() != null) {
            topToLimit(plain, plain.getTop());
        }
        boolean fetches = dialect == SqlDialect.MYSQL || dialect == SqlDialect.SQLITE;
        if (fetches && select.getFetch() != null && select.getLimit() == null) {
            select.setLimit(new Limit().withRowCount(select.getFetch().getExpression()));
            select.setFetch(null);
            changes.add("LIMIT for FETCH");
        }
        Limit limit = select.getLimit();
        boolean commaIsUnknown = dialect == SqlDialect.POSTGRESQL || dialect == SqlDialect.DUCKDB;
        if (commaIsUnknown && limit != null && limit.getOffset() != null) {
            select.setOffset(new Offset().withOffset(limit.getOffset()));
            limit.setOffset(null);
            changes.add("LIMIT with OFFSET");
        }
    }

    private void topToLimit(PlainSelect select, Top top) {
        if (!top.isPercentage() && !top.isWithTies() && select.getLimit() == null) {
            select.setLimit(new Limit().withRowCount(top.getExpression()));
            select.setTop(null);
            changes.add("LIMIT for TOP");
        }
    }

    private void limitToTop(Select select) {
        Limit limit = select.getLimit();
        boolean plain = limit != null && limit.getOffset() == null && select.getOffset() == null;
        if (plain && select instanceof PlainSelect inner && inner.getTop() == null) {
            inner.setTop(new Top().withExpression(limit.getRowCount()));
            inner.setLimit(null);
            changes.add("TOP for LIMIT");
        }
    }

    private Optional<Expression> expression(Expression expression) {
        if (dialect == SqlDialect.MYSQL && expression instanceof Concat concat) {
            changes.add("CONCAT for ||");
            return Optional.of(new Function("CONCAT", concat.getLeftExpression(), concat.getRightExpression()));
        }
        if (!(expression instanceof Function function) || function.getName() == null) {
            return Optional.empty();
        }
        String name = function.getName().toLowerCase(Locale.ROOT);
        ExpressionList<?> arguments = function.getParameters();
        int count = arguments == null ? 0 : arguments.size();
        if (count == 2 && Set.of("ifnull", "nvl", "isnull").contains(name)) {
            function.setName("COALESCE");
            changes.add("COALESCE for " + name.toUpperCase(Locale.ROOT));
        } else if (count == 1 && name.equals("len") && dialect != SqlDialect.SQLSERVER) {
            function.setName("LENGTH");
            changes.add("LENGTH for LEN");
        } else if (count == 1 && DATE_PARTS.containsKey(name)) {
            return datePart(name, (Expression) arguments.get(0));
        }
        return Optional.empty();
    }

    private Optional<Expression> datePart(String part, Expression of) {
        String upper = part.toUpperCase(Locale.ROOT);
        if (dialect == SqlDialect.POSTGRESQL) {
            changes.add("date_part for " + upper);
            return Optional.of(new Function("date_part", new StringValue("'" + part + "'"), of));
        } else if (dialect == SqlDialect.SQLITE) {
            changes.add("strftime for " + upper);
            Function text = new Function("strftime", new StringValue("'" + DATE_PARTS.get(part) + "'"), of);
            CastExpression number = new CastExpression("CAST", text, "INTEGER");
            return Optional.of(number);
        }
        return Optional.empty();
    }

    private void like(LikeExpression like) {
        boolean knowsIt = dialect == SqlDialect.POSTGRESQL || dialect == SqlDialect.DUCKDB;
        if (!knowsIt && like.getLikeKeyWord() == LikeExpression.KeyWord.ILIKE) {
            like.setLikeKeyWord(LikeExpression.KeyWord.LIKE);
            changes.add("LIKE for ILIKE");
        }
    }

    private void cast(CastExpression cast) {
        boolean knowsIt = dialect == SqlDialect.POSTGRESQL || dialect == SqlDialect.DUCKDB;
        if (knowsIt || cast.getColDataType() == null) {
            return;
        }
        if (cast.keyword == null || cast.keyword.isEmpty()) {
            cast.keyword = "CAST";
            changes.add("CAST for ::");
        }
        String type = String.valueOf(cast.getColDataType().getDataType()).toLowerCase(Locale.ROOT);
        if (dialect == SqlDialect.MYSQL && MYSQL_TYPES.containsKey(type)) {
            String castable = MYSQL_TYPES.getOrDefault(type, type);
            cast.setColDataType(new ColDataType(castable));
            changes.add(castable + " for " + type);
        }
    }
}
