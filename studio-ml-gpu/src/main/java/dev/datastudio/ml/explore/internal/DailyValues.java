package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.ml.explore.ForecastSpec;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sum and count of the values of each day that has some; the database adds them up.
 *
 * @param time the column of times
 * @param value the column of values; empty when rows are counted
 * @param unit of the values; may be empty
 * @param days by date
 * @param areYears whether the times were whole numbers, so that nothing finer is known
 */
record DailyValues(String time, String value, String unit, TreeMap<LocalDate, Sum> days, boolean areYears) {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** Of a day. */
    record Sum(double sum, long count) {}

    /** @throws StudioException when a column is missing or of another kind, or there is more than one column of times */
    static DailyValues read(
            Studio studio, Caller caller, Dataset dataset, ForecastSpec spec, Cancellation cancellation) {
        Column time = time(dataset, spec.timeColumn());
        boolean areYears = time.type().isNumeric();
        String quotedTime = quoted(time.name());
        String day =
                areYears ? "make_date(CAST(" + quotedTime + " AS BIGINT), 1, 1)" : "CAST(" + quotedTime + " AS DATE)";
        String number = "CAST(1 AS DOUBLE)";
        String unit = "";
        String name = "";
        if (!spec.valueColumn().isEmpty()) {
            Column value = dataset.column(spec.valueColumn());
            if (!value.type().isNumeric()) {
                throw Checks.wrong(
                        "The column " + StudioException.quote(value.name()) + " holds no numbers",
                        "Name a column of numbers, or none to count rows");
            }
            number = "CAST(" + quoted(value.name()) + " AS DOUBLE)";
            unit = value.unit();
            name = value.name();
        }
        if (areYears) {
            requireYears(studio, caller, dataset, time, cancellation);
        }
        TreeMap<LocalDate, Sum> days = new TreeMap<>();
        String sql = "SELECT d, sum(v), count(v) FROM (SELECT " + day + " AS d, " + number + " AS v FROM "
                + dataset.table() + " WHERE " + quotedTime + " IS NOT NULL) WHERE v IS NOT NULL AND isfinite(v)"
                + " GROUP BY d ORDER BY d";
        stream(studio, caller, dataset, sql, cancellation, row -> {
            if (row.get(0) instanceof LocalDate date
                    && row.get(1) instanceof Number sum
                    && row.get(2) instanceof Number count) {
                days.put(date, new Sum(sum.doubleValue(), count.longValue()));
            }
        });
        return new DailyValues(time.name(), name, unit, days, areYears);
    }

    private static Column time(Dataset dataset, String asked) {
        if (!asked.isEmpty()) {
            Column column = dataset.column(asked);
            if (!column.type().isTemporal() && column.type() != ColumnType.INTEGER) {
                throw Checks.wrong(
                        "The column " + StudioException.quote(column.name()) + " holds neither dates nor years",
                        "Name a column of dates or points in time");
            }
            return column;
        }
        List<Column> times = dataset.columns().stream()
                .filter(column -> column.type().isTemporal())
                .toList();
        if (times.isEmpty()) {
            times = dataset.columns().stream()
                    .filter(column -> column.role() == ColumnRole.TIME && column.type() == ColumnType.INTEGER)
                    .toList();
        }
        if (times.size() != 1) {
            throw Checks.wrong(
                    "The data set " + StudioException.quote(dataset.name())
                            + (times.isEmpty() ? " has no column of dates" : " has several columns of dates"),
                    times.isEmpty()
                            ? "Import dates in a form that is known, such as 2024-05-31"
                            : "Name one of " + times.stream().map(Column::name).toList() + " as the time");
        }
        return times.get(0);
    }

    private static void requireYears(
            Studio studio, Caller caller, Dataset dataset, Column time, Cancellation cancellation) {
        String name = quoted(time.name());
        String sql = "SELECT min(" + name + "), max(" + name + ") FROM " + dataset.table();
        stream(studio, caller, dataset, sql, cancellation, row -> {
            if (row.get(0) instanceof Number least
                    && row.get(1) instanceof Number most
                    && (least.longValue() < 1000 || most.longValue() > 2999)) {
                throw Checks.wrong(
                        "The column " + StudioException.quote(time.name()) + " holds numbers from " + least + " to "
                                + most + ", which are no years",
                        "Name a column of dates, or of years from 1000 to 2999");
            }
        });
    }

    private interface Row {
        void take(List<@Nullable Object> values);
    }

    private static void stream(
            Studio studio, Caller caller, Dataset dataset, String sql, Cancellation cancellation, Row each) {
        Query query = new Query(sql, List.of(), new QueryLimits(QueryLimits.NO_ROW_LIMIT, TIMEOUT));
        try (EngineLease lease = studio.engine(caller, List.of(dataset))) {
            lease.engine().stream(
                    query,
                    new RowConsumer() {
                        @Override
                        public void columns(List<ResultColumn> columns) {
                            // They are the ones that were asked for.
                        }

                        @Override
                        public void row(List<@Nullable Object> values) {
                            each.take(values);
                        }
                    },
                    cancellation);
        }
    }

    private static String quoted(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }
}
