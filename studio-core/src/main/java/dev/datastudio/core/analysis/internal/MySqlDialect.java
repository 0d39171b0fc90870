package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.TimeGrain;
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
            case STANDARD_DEVIATION -> Sql.of("stddev_samp(", of, ")");
            case VARIANCE -> Sql.of("var_samp(", of, ")");
            case POPULATION_STANDARD_DEVIATION -> Sql.of("stddev_pop(", of, ")");
            case POPULATION_VARIANCE -> Sql.of("var_pop(", of, ")");
            default -> commonAggregate(aggregate, of);
        };
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
            case QUARTER -> Sql.of("makedate(year(", of, "), 1) + INTERVAL (quarter(", of, ") - 1) * 3 MONTH");
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
        return Sql.of("(", of, " + 0e0)");
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
