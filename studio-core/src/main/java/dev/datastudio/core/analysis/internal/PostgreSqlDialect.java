package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.util.Locale;

/** PostgreSQL 12 or newer. */
final class PostgreSqlDialect extends Dialect {
    private static final int MAX_NAME_BYTES = 63;

    PostgreSqlDialect() {
        super(SqlDialect.POSTGRESQL);
    }

    /** Names are cut at 63 bytes by the server; a character takes at most three of them in practice. */
    @Override
    int maxLabelLength() {
        return MAX_NAME_BYTES / 3;
    }

    @Override
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, ColumnType type) {
        return switch (aggregate) {
            case MEDIAN -> quantile(of, "0.5");
            case PERCENTILE ->
                quantile(of, BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString());
            case STANDARD_DEVIATION -> Sql.of("stddev_samp(", of, ")");
            case STANDARD_ERROR, COEFFICIENT_OF_VARIATION ->
                ofDeviation(aggregate, of, Sql.of("stddev_samp(", of, ")"));
            case VARIANCE -> Sql.of("var_samp(", of, ")");
            case POPULATION_STANDARD_DEVIATION -> Sql.of("stddev_pop(", of, ")");
            case POPULATION_VARIANCE -> Sql.of("var_pop(", of, ")");
            case INTERQUARTILE_RANGE -> Sql.of(quantile(of, "0.75"), " - ", quantile(of, "0.25"));
            case MODE -> Sql.of("mode() WITHIN GROUP (ORDER BY ", of, ")");
            default -> commonAggregate(aggregate, of);
        };
    }

    /** By code points, as the other engines do; the default depends on the server's languages. */
    @Override
    Sql exact(Sql of, ColumnType type) {
        return type == ColumnType.TEXT ? Sql.of(of, " COLLATE ucs_basic") : of;
    }

    @Override
    Sql compared(Sql of, ColumnType type) {
        return exact(of, type);
    }

    /** Floating-point numbers would be rounded half to even. */
    @Override
    Sql apply(Expression.Function function, Sql of) {
        return function == Expression.Function.ROUND
                ? Sql.of("round(CAST(", of, " AS NUMERIC))")
                : super.apply(function, of);
    }

    @Override
    Sql grain(TimeGrain grain, Sql of) {
        Sql cut = Sql.of("date_trunc('" + grain.name().toLowerCase(Locale.ROOT) + "', ", of, ")");
        return grain == TimeGrain.HOUR || grain == TimeGrain.MINUTE ? cut : asDate(cut);
    }

    @Override
    Sql grain(Sql name, Sql of) {
        return asDate(Sql.of("date_trunc(", name, ", ", of, ")"));
    }

    @Override
    Sql part(DatePart part, Sql of) {
        String field = part == DatePart.WEEKDAY ? "isodow" : part.name().toLowerCase(Locale.ROOT);
        return asWhole(Sql.of("extract(" + field + " FROM ", of, ")"));
    }

    @Override
    Sql daysBetween(Sql from, Sql to) {
        return Sql.of("(", asDate(to), " - ", asDate(from), ")");
    }

    @Override
    Sql divide(Sql left, Sql right) {
        return Sql.of(asDouble(left), " / nullif(", right, ", 0)");
    }

    @Override
    Sql correlation(Sql x, Sql y) {
        return Sql.of("corr(", y, ", ", x, ")");
    }

    @Override
    Sql covariance(Sql x, Sql y) {
        return Sql.of("covar_samp(", y, ", ", x, ")");
    }

    @Override
    Sql regression(String what, Sql y, Sql x) {
        return what.equals("error") ? error(y, x) : Sql.of("regr_" + what + "(", y, ", ", x, ")");
    }

    @Override
    Sql quantile(Sql of, String fraction) {
        return Sql.of("percentile_cont(" + fraction + ") WITHIN GROUP (ORDER BY ", of, ")");
    }
}
