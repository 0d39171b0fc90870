package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.util.Locale;

/** DuckDB. Where it gives NaN for what isn't defined, a missing value is given instead. */
final class DuckDbDialect extends Dialect {
    DuckDbDialect() {
        super(SqlDialect.DUCKDB);
    }

    @Override
    boolean keepsRowOrder() {
        return true;
    }

    @Override
    Sql rowNumber() {
        return Sql.of("row_number() OVER ()");
    }

    /** Digits in groups of three, or plain ones; a sign only where no letter or digit stands before it. */
    @Override
    Sql apply(Expression.Function function, Sql of) {
        if (function != Expression.Function.NUMBER_IN_TEXT) {
            return super.apply(function, of);
        }
        Sql minus = Sql.of("replace(", of, ", '−', '-')");
        Sql digits =
                Sql.of("regexp_extract(", minus, ", '(?:^|[^\\w.,])(-?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?)', 1)");
        return Sql.of("TRY_CAST(replace(", digits, ", ',', '') AS DOUBLE)");
    }

    @Override
    Sql aggregate(Aggregate aggregate, Sql of, double fraction, ColumnType type) {
        return switch (aggregate) {
            case MEDIAN -> Sql.of("median(", of, ")");
            case PERCENTILE ->
                quantile(of, BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString());
            case STANDARD_DEVIATION -> Sql.of("stddev_samp(", of, ")");
            case VARIANCE -> Sql.of("var_samp(", of, ")");
            case POPULATION_STANDARD_DEVIATION -> Sql.of("stddev_pop(", of, ")");
            case POPULATION_VARIANCE -> Sql.of("var_pop(", of, ")");
            case INTERQUARTILE_RANGE -> Sql.of(quantile(of, "0.75"), " - ", quantile(of, "0.25"));
            case MODE -> Sql.of("mode(", of, " ORDER BY ", of, ")");
            case SKEWNESS -> finite(Sql.of("skewness(", of, ")"));
            case KURTOSIS -> finite(Sql.of("kurtosis(", of, ")"));
            case POPULATION_SKEWNESS -> {
                Sql n = Sql.of("count(", of, ")");
                Sql adjusted = Sql.of("skewness(", of, ") * (", n, " - 2)");
                yield finite(Sql.of(adjusted, " / sqrt(", n, " * (", n, " - 1.0))"));
            }
            case POPULATION_KURTOSIS -> finite(Sql.of("kurtosis_pop(", of, ")"));
            case STANDARD_ERROR, COEFFICIENT_OF_VARIATION ->
                ofDeviation(aggregate, of, Sql.of("stddev_samp(", of, ")"));
            default -> commonAggregate(aggregate, of);
        };
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
        String function = switch (part) {
            case YEAR -> "year";
            case QUARTER -> "quarter";
            case MONTH -> "month";
            case WEEK -> "week";
            case DAY -> "day";
            case WEEKDAY -> "isodow";
            case HOUR -> "hour";
        };
        return Sql.of(function + "(", of, ")");
    }

    @Override
    Sql daysBetween(Sql from, Sql to) {
        return Sql.of("date_diff('day', ", from, ", ", to, ")");
    }

    @Override
    Sql asDouble(Sql of) {
        return Sql.of("CAST(", of, " AS DOUBLE)");
    }

    @Override
    Sql correlation(Sql x, Sql y) {
        return finite(Sql.of("corr(", y, ", ", x, ")"));
    }

    @Override
    Sql covariance(Sql x, Sql y) {
        return Sql.of("covar_samp(", y, ", ", x, ")");
    }

    @Override
    Sql regression(String what, Sql y, Sql x) {
        return what.equals("error") ? finite(error(y, x)) : finite(Sql.of("regr_" + what + "(", y, ", ", x, ")"));
    }

    @Override
    Sql quantile(Sql of, String fraction) {
        return Sql.of("quantile_cont(", of, ", " + fraction + ")");
    }

    private static Sql finite(Sql of) {
        return Sql.of("nullif(", of, ", CAST('NaN' AS DOUBLE))");
    }
}
