package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Everything in which the engines' SQL differs. Immutable; what an engine can't say is a typed error naming it. */
abstract class Dialect {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final int MAX_PLAIN_DIGITS = 15;
    private static final int MAX_DECIMAL_DIGITS = 30;
    private static final int VALUES_IN_A_LINE = 6;

    private final SqlDialect kind;

    Dialect(SqlDialect kind) {
        this.kind = kind;
    }

    static Dialect of(SqlDialect kind) {
        return switch (kind) {
            case DUCKDB -> new DuckDbDialect();
            case POSTGRESQL -> new PostgreSqlDialect();
            case MYSQL -> new MySqlDialect();
            case SQLITE -> new SqliteDialect();
            case SQLSERVER ->
                throw new StudioException(
                        ErrorCode.INVALID_PLAN,
                        "Plans can't be compiled for SQL Server",
                        "Import its tables as data sets, or write the statement yourself");
        };
    }

    /** A name in quotes, whatever its characters. */
    Sql name(String name) {
        return Sql.name('"' + name.replace("\"", "\"\"") + '"');
    }

    /** The longest label of a result column, in characters. */
    int maxLabelLength() {
        return 200;
    }

    /** Whether rows without an ORDER BY come in the order they were stored in. */
    boolean keepsRowOrder() {
        return false;
    }

    /** The place of a row in the order that rows are stored in, from 1. */
    Sql rowNumber() {
        throw unsupported("the place of a row in its table");
    }

    /** A value as it is bound: what means the same bound and written in. */
    Sql value(Object value) {
        if (value instanceof Double number) {
            return Sql.value(plain(number));
        } else if (value instanceof BigDecimal number) {
            return Sql.value(fits(number) ? number : (Object) number.doubleValue());
        }
        return Sql.value(value);
    }

    /**
     * A value within an expression, where an engine must know its type before it is bound: texts are bound as texts, the
     * others, which can't carry SQL, are written in.
     */
    Sql typed(Object value) {
        return value instanceof String ? asText(Sql.value(value)) : value(value).written(this::literal);
    }

    /** A bound value written in. */
    String literal(Object value) {
        if (value instanceof String text) {
            return text(text);
        } else if (value instanceof Boolean truth) {
            return truth ? "TRUE" : "FALSE";
        } else if (value instanceof LocalDate date) {
            return date(date);
        } else if (value instanceof LocalDateTime time) {
            return timestamp(time);
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        } else if (value instanceof Double number) {
            return inDouble(number);
        }
        return String.valueOf(value);
    }

    String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    String date(LocalDate date) {
        return "DATE '" + date + "'";
    }

    String timestamp(LocalDateTime time) {
        return "TIMESTAMP '" + iso(time) + "'";
    }

    static String iso(LocalDateTime time) {
        return TIMESTAMP.format(time);
    }

    /** A number that stays a binary floating-point number when written in. */
    String inDouble(double number) {
        String text = Double.toString(number);
        return text.contains("E") ? text : text + "E0";
    }

    /** A short number as the decimal it is read as; others stay binary, where the two forms agree anyway. */
    private static Object plain(Double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return number;
        }
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        if (decimal.precision() > MAX_PLAIN_DIGITS
                || decimal.scale() > MAX_PLAIN_DIGITS
                || decimal.scale() < -MAX_PLAIN_DIGITS) {
            return number;
        }
        return decimal.scale() < 1 ? decimal.setScale(1) : decimal;
    }

    private static boolean fits(BigDecimal number) {
        return number.precision() <= MAX_DECIMAL_DIGITS && Math.abs(number.scale()) <= MAX_DECIMAL_DIGITS;
    }

    abstract Sql aggregate(Aggregate aggregate, Sql of, double fraction, ColumnType type);

    /** Whether an aggregate is put together from {@link Helpers} that stand beside each value. */
    boolean needsHelpers(Aggregate aggregate) {
        return false;
    }

    /** Columns beside each value, which its aggregates need. */
    Helpers helpers(Sql of, Sql partition, String suffix) {
        throw new AssertionError(kind);
    }

    /** An aggregate that needs helpers, over rows that have them. */
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, Helpers helpers) {
        throw unsupported(Words.lower(aggregate));
    }

    /** A text that is grouped and sorted by its characters alone, whatever the database's collation. */
    Sql exact(Sql of, ColumnType type) {
        return of;
    }

    /** A value as it is compared with constants. */
    Sql compared(Sql of, ColumnType type) {
        return of;
    }

    /** A truth as {@code true} or {@code false}. */
    Sql truthAsText(Sql of) {
        return asText(of);
    }

    /** Columns of a table expression where a window of the same SELECT names them. */
    List<Sql> inWindows(Sql table, List<Sql> columns) {
        return columns;
    }

    /** Whether two values are equal, or both missing. */
    Sql same(Sql one, Sql other) {
        return Sql.of(one, " IS NOT DISTINCT FROM ", other);
    }

    /** The mean with all its digits. */
    Sql mean(Sql of) {
        return Sql.of("avg(", of, ")");
    }

    /** Whether the most frequent value is an aggregate here. */
    boolean hasMode() {
        return true;
    }

    /** Whether correlations and regressions are aggregates here; else they need deviations from the mean. */
    boolean hasCorrelation() {
        return true;
    }

    /**
     * What stands beside a value.
     *
     * @param columns their definitions
     * @param first the name of the first: the place in its group, or the group's mean
     * @param second the name of the second: the number of values in the group
     */
    record Helpers(List<Sql> columns, Sql first, Sql second) {}

    /** The aggregates that all engines share. */
    final Sql commonAggregate(Aggregate aggregate, Sql of) {
        return switch (aggregate) {
            case COUNT -> Sql.of("count(", of, ")");
            case COUNT_DISTINCT -> Sql.of("count(DISTINCT ", of, ")");
            case SUM -> Sql.of("sum(", of, ")");
            case MEAN -> mean(of);
            case MIN -> Sql.of("min(", of, ")");
            case MAX -> Sql.of("max(", of, ")");
            case RANGE -> Sql.of("max(", of, ") - min(", of, ")");
            case GEOMETRIC_MEAN -> {
                Sql log = Sql.of("CASE WHEN ", of, " > 0 THEN ln(", of, ") END");
                yield Sql.of("CASE WHEN min(", of, ") > 0 THEN exp(avg(", log, ")) END");
            }
            default -> throw unsupported(Words.lower(aggregate));
        };
    }

    /** The aggregates that follow from a standard deviation. */
    final Sql ofDeviation(Aggregate aggregate, Sql of, Sql deviation) {
        return aggregate == Aggregate.STANDARD_ERROR
                ? Sql.of(deviation, " / sqrt(nullif(count(", of, "), 0))")
                : Sql.of(deviation, " / nullif(", mean(of), ", 0)");
    }

    /** The first instant of the grain; a date for days and coarser grains. */
    abstract Sql grain(TimeGrain grain, Sql of);

    /** The first day of the grain that the rows name themselves: {@code 'month'}. */
    Sql grain(Sql name, Sql of) {
        List<Sql> cases = new ArrayList<>();
        for (TimeGrain grain : List.of(TimeGrain.YEAR, TimeGrain.QUARTER, TimeGrain.MONTH, TimeGrain.WEEK)) {
            cases.add(Sql.of("WHEN '" + grain.name().toLowerCase(Locale.ROOT) + "' THEN ", grain(grain, of)));
        }
        return Sql.of("CASE ", name, " ", Sql.join(" ", cases), " ELSE ", grain(TimeGrain.DAY, of), " END");
    }

    /** A recurring part as a whole number. */
    abstract Sql part(DatePart part, Sql of);

    /** Days from one date to a later one. */
    abstract Sql daysBetween(Sql from, Sql to);

    Sql asDate(Sql of) {
        return Sql.of("CAST(", of, " AS DATE)");
    }

    Sql asText(Sql of) {
        return Sql.of("CAST(", of, " AS VARCHAR)");
    }

    Sql asDouble(Sql of) {
        return Sql.of("CAST(", of, " AS DOUBLE PRECISION)");
    }

    Sql asWhole(Sql of) {
        return Sql.of("CAST(", of, " AS INTEGER)");
    }

    Sql asTimestamp(Sql of) {
        return Sql.of("CAST(", of, " AS TIMESTAMP)");
    }

    /** A quotient with a fraction; missing when divided by zero. */
    Sql divide(Sql left, Sql right) {
        return Sql.of(left, " / nullif(", right, ", 0)");
    }

    Sql apply(Expression.Function function, Sql of) {
        return switch (function) {
            case ABSOLUTE -> Sql.of("abs(", of, ")");
            case ROUND -> Sql.of("round(", of, ")");
            case NATURAL_LOG -> Sql.of("CASE WHEN ", of, " > 0 THEN ln(", of, ") END");
            case SQUARE_ROOT -> Sql.of("CASE WHEN ", of, " >= 0 THEN sqrt(", of, ") END");
            case LENGTH -> Sql.of("length(", of, ")");
            case LOWER -> Sql.of("lower(", of, ")");
            case UPPER -> Sql.of("upper(", of, ")");
            case NUMBER_IN_TEXT -> throw unsupported("the number in a text");
        };
    }

    /** A sort key of the outermost SELECT, missing values last. */
    Sql sortKey(int position, Sql label, Direction direction) {
        return Sql.of(position + (direction == Direction.DESCENDING ? " DESC" : "") + " NULLS LAST");
    }

    /** A sort key of a SELECT with GROUP BY, missing values last. */
    Sql groupKey(int position, Sql label, Sql of, Direction direction) {
        return sortKey(position, label, direction);
    }

    /** A sort key within a window, missing values last. */
    Sql windowKey(Sql of, Direction direction) {
        return Sql.of(of, direction == Direction.DESCENDING ? " DESC NULLS LAST" : " NULLS LAST");
    }

    /** Pearson's coefficient over the rows of a group that have both; missing when one of them is constant. */
    Sql correlation(Sql x, Sql y) {
        return Sql.of("sum(dx * dy) / nullif(sqrt(sum(dx * dx) * sum(dy * dy)), 0)");
    }

    /** The sample covariance over the rows of a group that have both; missing for less than two. */
    Sql covariance(Sql x, Sql y) {
        return Sql.of("sum(dx * dy) / nullif(count(*) - 1, 0)");
    }

    /** A value of the least-squares line of y over x: {@code slope}, {@code intercept}, {@code r2} or {@code error}. */
    Sql regression(String what, Sql y, Sql x) {
        String slope = "sum(dx * dy) / nullif(sum(dx * dx), 0)";
        return switch (what) {
            case "slope" -> Sql.of(slope);
            case "intercept" -> Sql.of("avg(", y, ") - avg(", x, ") * (" + slope + ")");
            case "error" -> Sql.of("sqrt(abs(sum(dy * dy) - (" + slope + ") * sum(dx * dy)) / count(*))");
            case "r2" ->
                Sql.of("CASE WHEN sum(dx * dx) = 0 THEN NULL WHEN sum(dy * dy) = 0 THEN 1.0"
                        + " ELSE sum(dx * dy) * sum(dx * dy) / (sum(dx * dx) * sum(dy * dy)) END");
            default -> throw new AssertionError(what);
        };
    }

    /** The distance of values from their line, where regressions are aggregates. */
    final Sql error(Sql y, Sql x) {
        Sql both = Sql.of("(", y, ", ", x, ")");
        Sql rest = Sql.of("regr_syy", both, " - regr_slope", both, " * regr_sxy", both);
        return Sql.of("sqrt(abs(", rest, ") / nullif(regr_count", both, ", 0))");
    }

    /** An exact quantile of a column as a window over all rows or an aggregate; type 7. */
    Sql quantile(Sql of, String fraction) {
        throw unsupported("a quantile");
    }

    /** Rows of constants as a statement of their own, a few in a line. */
    Sql values(List<List<Sql>> rows) {
        List<Sql> lines =
                rows.stream().map(row -> Sql.of("(", Sql.join(", ", row), ")")).toList();
        List<Sql> parts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += VALUES_IN_A_LINE) {
            parts.add(Sql.join(", ", lines.subList(i, Math.min(lines.size(), i + VALUES_IN_A_LINE))));
        }
        return Sql.of("VALUES ", Sql.join(",\n  ", parts));
    }

    final StudioException unsupported(String what) {
        return new StudioException(
                ErrorCode.INVALID_PLAN,
                kind.displayName() + " can't compute " + what + " in a plan",
                "Import the table as a data set, where it can be computed, or leave it out");
    }
}
