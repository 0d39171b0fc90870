package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/** MySQL 8 and MariaDB 10.5; neither has quantiles as an aggregate that both understand. */
final class MySqlDialect extends Dialect {
    MySqlDialect() {
        super(SqlDialect.MYSQL);
    }

    @Override
    Sql name(String name) {
        return Sql.name('`' + name.replace("`", "``") + '`');
    }

    @Override
    int maxLabelLength() {
        return 64;
    }

    /** A backslash begins an escape here unless the server's mode says otherwise; doubled it is right in the default. */
    @Override
    String text(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    String timestamp(LocalDateTime time) {
        return "TIMESTAMP '" + iso(time) + "'";
    }

    @Override
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, ColumnType type) {
        return switch (aggregate) {
            case STANDARD_DEVIATION -> Sql.of("stddev_samp(", asDouble(of), ")");
            case STANDARD_ERROR, COEFFICIENT_OF_VARIATION ->
                ofDeviation(aggregate, of, Sql.of("stddev_samp(", asDouble(of), ")"));
            case VARIANCE -> Sql.of("var_samp(", asDouble(of), ")");
            case POPULATION_STANDARD_DEVIATION -> Sql.of("stddev_pop(", asDouble(of), ")");
            case POPULATION_VARIANCE -> Sql.of("var_pop(", asDouble(of), ")");
            default -> commonAggregate(aggregate, of);
        };
    }

    @Override
    boolean needsHelpers(Aggregate aggregate) {
        return aggregate == Aggregate.MEDIAN
                || aggregate == Aggregate.PERCENTILE
                || aggregate == Aggregate.INTERQUARTILE_RANGE;
    }

    /** Place and number of the values of a group, from which a quantile follows. */
    @Override
    Helpers helpers(Sql of, Sql partition, String suffix) {
        Sql place = name("place" + suffix);
        Sql count = name("count" + suffix);
        return new Helpers(
                List.of(
                        Sql.of(
                                "row_number() OVER (",
                                partition,
                                "ORDER BY ",
                                windowKey(of, Direction.ASCENDING),
                                ") AS ",
                                place),
                        Sql.of("count(", of, ") OVER (", partition, ") AS ", count)),
                place,
                count);
    }

    @Override
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, Helpers helpers) {
        return switch (aggregate) {
            case MEDIAN -> quantile(of, "0.5", helpers);
            case PERCENTILE ->
                quantile(of, BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString(), helpers);
            case INTERQUARTILE_RANGE -> Sql.of(quantile(of, "0.75", helpers), " - ", quantile(of, "0.25", helpers));
            default -> throw unsupported(Words.lower(aggregate));
        };
    }

    /** The two values around the place (n - 1) * p, each as much as the place is near it (type 7). */
    private Sql quantile(Sql of, String fraction, Helpers helpers) {
        Sql at = Sql.of("((", helpers.second(), " - 1) * " + fraction + ")");
        Sql before = Sql.of("(", helpers.first(), " - 1)");
        return Sql.of(
                Sql.of("sum(CASE WHEN ", before, " = floor(", at, ") THEN ", asDouble(of)),
                Sql.of(" * (1 - (", at, " - floor(", at, ")))"),
                Sql.of(" WHEN ", before, " = floor(", at, ") + 1 AND ", before, " < ", helpers.second(), " THEN "),
                Sql.of(asDouble(of), " * (", at, " - floor(", at, ")) END)"));
    }

    /** The default collations take letters with and without case or accent for one. */
    @Override
    Sql exact(Sql of, ColumnType type) {
        return type == ColumnType.TEXT ? Sql.of("convert(", of, " USING utf8mb4) COLLATE utf8mb4_bin") : of;
    }

    @Override
    Sql compared(Sql of, ColumnType type) {
        return exact(of, type);
    }

    /** That of whole numbers would have four digits after the point. */
    @Override
    Sql mean(Sql of) {
        return Sql.of("avg((", of, ") + 0e0)");
    }

    /** A length is counted in bytes and a floating-point number rounded half to even otherwise. */
    @Override
    Sql apply(Expression.Function function, Sql of) {
        return switch (function) {
            case LENGTH -> Sql.of("char_length(", of, ")");
            case ROUND -> Sql.of("sign(", of, ") * floor(abs(", of, ") + 0.5)");
            default -> super.apply(function, of);
        };
    }

    @Override
    Sql same(Sql one, Sql other) {
        return Sql.of("(", one, " = ", other, " OR (", one, " IS NULL AND ", other, " IS NULL))");
    }

    @Override
    Sql truthAsText(Sql of) {
        return Sql.of("CASE ", of, " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END");
    }

    /** Without their table the names of the results come first, and those hold windows themselves. */
    @Override
    List<Sql> inWindows(Sql table, List<Sql> columns) {
        return columns.stream().map(c -> Sql.of(table, ".", c)).toList();
    }

    @Override
    boolean hasMode() {
        return false;
    }

    @Override
    boolean hasCorrelation() {
        return false;
    }

    /** Whole numbers would be divided to four digits. */
    @Override
    Sql divide(Sql left, Sql right) {
        return Sql.of(asDouble(left), " / nullif(", right, ", 0)");
    }

    /** An aggregate can't be named by its label within an expression. Missing values are the least anyway. */
    @Override
    Sql groupKey(int position, Sql label, Sql of, Direction direction) {
        return direction == Direction.DESCENDING ? Sql.of(position + " DESC") : Sql.of(of, " IS NULL, " + position);
    }

    /** MySQL and MariaDB write rows of VALUES differently. */
    @Override
    Sql values(List<List<Sql>> rows) {
        List<Sql> selects =
                rows.stream().map(row -> Sql.of("SELECT ", Sql.join(", ", row))).toList();
        return Sql.join(" UNION ALL\n", selects);
    }

    @Override
    Sql grain(TimeGrain grain, Sql of) {
        return switch (grain) {
            case YEAR -> asDate(Sql.of("date_format(", of, ", '%Y-01-01')"));
            case QUARTER -> asDate(Sql.of("concat(year(", of, "), '-', quarter(", of, ") * 3 - 2, '-01')"));
            case MONTH -> asDate(Sql.of("date_format(", of, ", '%Y-%m-01')"));
            case WEEK -> Sql.of("date(", of, ") - INTERVAL weekday(", of, ") DAY");
            case DAY -> Sql.of("date(", of, ")");
            case HOUR -> asTimestamp(Sql.of("date_format(", of, ", '%Y-%m-%d %H:00:00')"));
            case MINUTE -> asTimestamp(Sql.of("date_format(", of, ", '%Y-%m-%d %H:%i:00')"));
        };
    }

    @Override
    Sql part(DatePart part, Sql of) {
        return switch (part) {
            case YEAR -> Sql.of("year(", of, ")");
            case QUARTER -> Sql.of("quarter(", of, ")");
            case MONTH -> Sql.of("month(", of, ")");
            case WEEK -> Sql.of("week(", of, ", 3)");
            case DAY -> Sql.of("dayofmonth(", of, ")");
            case WEEKDAY -> Sql.of("weekday(", of, ") + 1");
            case HOUR -> Sql.of("hour(", of, ")");
        };
    }

    @Override
    Sql daysBetween(Sql from, Sql to) {
        return Sql.of("datediff(", to, ", ", from, ")");
    }

    @Override
    Sql asText(Sql of) {
        return Sql.of("CAST(", of, " AS CHAR)");
    }

    @Override
    Sql asDouble(Sql of) {
        return Sql.of("((", of, ") + 0e0)");
    }

    @Override
    Sql asWhole(Sql of) {
        return Sql.of("CAST(", of, " AS SIGNED)");
    }

    @Override
    Sql asTimestamp(Sql of) {
        return Sql.of("CAST(", of, " AS DATETIME)");
    }

    @Override
    Sql sortKey(int position, Sql label, Direction direction) {
        return windowKey(label, direction);
    }

    @Override
    Sql windowKey(Sql of, Direction direction) {
        return Sql.of(of, " IS NULL, ", of, direction == Direction.DESCENDING ? " DESC" : "");
    }
}
