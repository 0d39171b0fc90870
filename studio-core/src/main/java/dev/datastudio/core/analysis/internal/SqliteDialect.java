package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.TimeGrain;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** SQLite 3.35; dates and times are ISO 8601 texts, and there are neither deviations nor quantiles. */
final class SqliteDialect extends Dialect {
    SqliteDialect() {
        super(SqlDialect.SQLITE);
    }

    @Override
    Sql value(Object value) {
        if (value instanceof LocalDate date) {
            return Sql.value(date.toString());
        } else if (value instanceof LocalDateTime time) {
            return Sql.value(iso(time));
        }
        return super.value(value);
    }

    @Override
    String date(LocalDate date) {
        return text(date.toString());
    }

    @Override
    String timestamp(LocalDateTime time) {
        return text(iso(time));
    }

    @Override
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, ColumnType type) {
        return commonAggregate(aggregate, of);
    }

    @Override
    Sql grain(TimeGrain grain, Sql of) {
        return switch (grain) {
            case YEAR -> Sql.of("strftime('%Y-01-01', ", of, ")");
            case QUARTER ->
                Sql.of("strftime('%Y-', ", of, ") || printf('%02d-01', (strftime('%m', ", of, ") - 1) / 3 * 3 + 1)");
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
