package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * SQLite 3.47 or newer with its mathematical and percentile functions, as in sqlite-jdbc. Dates and times are ISO 8601
 * texts; letter case is put aside for ASCII letters only.
 */
final class SqliteDialect extends Dialect {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    SqliteDialect() {
        super(SqlDialect.SQLITE);
    }

    @Override
    Sql value(Object value) {
        if (value instanceof LocalDate date) {
            return Sql.value(date.toString());
        } else if (value instanceof LocalDateTime time) {
            return Sql.value(MILLIS.format(time));
        }
        return super.value(value);
    }

    @Override
    String date(LocalDate date) {
        return text(date.toString());
    }

    @Override
    String timestamp(LocalDateTime time) {
        return text(MILLIS.format(time));
    }

    @Override
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, ColumnType type) {
        return switch (aggregate) {
            case MEDIAN -> Sql.of("median(", of, ")");
            case PERCENTILE ->
                quantile(of, BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString());
            case INTERQUARTILE_RANGE -> Sql.of(quantile(of, "0.75"), " - ", quantile(of, "0.25"));
            default -> commonAggregate(aggregate, of);
        };
    }

    @Override
    Sql quantile(Sql of, String fraction) {
        return Sql.of("percentile_cont(", of, ", " + fraction + ")");
    }

    @Override
    boolean needsHelpers(Aggregate aggregate) {
        return aggregate == Aggregate.STANDARD_DEVIATION
                || aggregate == Aggregate.VARIANCE
                || aggregate == Aggregate.STANDARD_ERROR
                || aggregate == Aggregate.COEFFICIENT_OF_VARIATION
                || aggregate == Aggregate.POPULATION_STANDARD_DEVIATION
                || aggregate == Aggregate.POPULATION_VARIANCE;
    }

    /** The mean first, because the difference of sums of squares loses digits. */
    @Override
    Helpers helpers(Sql of, Sql partition, String suffix) {
        Sql mean = name("mean" + suffix);
        return new Helpers(List.of(Sql.of("avg(", of, ") OVER (", partition, ") AS ", mean)), mean, mean);
    }

    @Override
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, Helpers helpers) {
        Sql deviation = Sql.of("((", of, ") - ", helpers.first(), ")");
        Sql squares = Sql.of("sum(", deviation, " * ", deviation, ")");
        Sql sample = Sql.of(squares, " / nullif(count(", of, ") - 1, 0)");
        Sql population = Sql.of(squares, " / nullif(count(", of, "), 0)");
        return switch (aggregate) {
            case STANDARD_DEVIATION -> Sql.of("sqrt(", sample, ")");
            case VARIANCE -> sample;
            case STANDARD_ERROR, COEFFICIENT_OF_VARIATION -> ofDeviation(aggregate, of, Sql.of("sqrt(", sample, ")"));
            case POPULATION_STANDARD_DEVIATION -> Sql.of("sqrt(", population, ")");
            case POPULATION_VARIANCE -> population;
            default -> throw unsupported(Words.lower(aggregate));
        };
    }

    @Override
    boolean hasMode() {
        return false;
    }

    @Override
    boolean hasCorrelation() {
        return false;
    }

    @Override
    Sql truthAsText(Sql of) {
        return Sql.of("CASE ", of, " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END");
    }

    /** Points in time are texts of several forms; they are compared in one. */
    @Override
    Sql compared(Sql of, ColumnType type) {
        return type == ColumnType.TIMESTAMP ? Sql.of("strftime('%Y-%m-%d %H:%M:%f', ", of, ")") : of;
    }

    @Override
    Sql grain(TimeGrain grain, Sql of) {
        return switch (grain) {
            case YEAR -> Sql.of("strftime('%Y-01-01', ", of, ")");
            case QUARTER ->
                Sql.of(
                        "strftime('%Y-', ",
                        of, ") || substr('0' || ((strftime('%m', ", of, ") - 1) / 3 * 3 + 1), -2) || '-01'");
            case MONTH -> Sql.of("strftime('%Y-%m-01', ", of, ")");
            case WEEK -> Sql.of("date(", of, ", '-6 days', 'weekday 1')");
            case DAY -> Sql.of("date(", of, ")");
            case HOUR -> Sql.of("strftime('%Y-%m-%d %H:00:00', ", of, ")");
            case MINUTE -> Sql.of("strftime('%Y-%m-%d %H:%M:00', ", of, ")");
        };
    }

    @Override
    Sql part(DatePart part, Sql of) {
        return switch (part) {
            case YEAR -> number("%Y", of);
            case QUARTER -> Sql.of("(", number("%m", of), " + 2) / 3");
            case MONTH -> number("%m", of);
            case WEEK -> Sql.of("(strftime('%j', date(", of, ", '-3 days', 'weekday 4')) - 1) / 7 + 1");
            case DAY -> number("%d", of);
            case WEEKDAY -> Sql.of("(strftime('%w', ", of, ") + 6) % 7 + 1");
            case HOUR -> number("%H", of);
        };
    }

    @Override
    Sql daysBetween(Sql from, Sql to) {
        return asWhole(Sql.of("julianday(date(", to, ")) - julianday(date(", from, "))"));
    }

    @Override
    Sql asDate(Sql of) {
        return Sql.of("date(", of, ")");
    }

    @Override
    Sql asText(Sql of) {
        return Sql.of("CAST(", of, " AS TEXT)");
    }

    @Override
    Sql asDouble(Sql of) {
        return Sql.of("CAST(", of, " AS REAL)");
    }

    @Override
    Sql asTimestamp(Sql of) {
        return Sql.of("datetime(", of, ")");
    }

    @Override
    Sql divide(Sql left, Sql right) {
        return Sql.of(asDouble(left), " / nullif(", right, ", 0)");
    }

    private Sql number(String format, Sql of) {
        return asWhole(Sql.of("strftime('" + format + "', ", of, ")"));
    }
}
