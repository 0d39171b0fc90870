package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Measure;
import java.util.Locale;
import java.util.Set;

/** Which aggregate fits a column when the question names none. */
final class Measures {
    /** Quantities of which two together are twice as much. */
    private static final Set<String> ADDITIVE = Set.of(
            "sale",
            "revenue",
            "profit",
            "quantity",
            "qty",
            "cost",
            "spend",
            "spending",
            "expense",
            "gross",
            "income",
            "earning",
            "turnover",
            "unit",
            "count",
            "vote",
            "visit",
            "click",
            "view",
            "order",
            "volume",
            "budget",
            "population",
            "pop",
            "total",
            "payment",
            "donation",
            "death",
            "case",
            "goal",
            "point",
            "win",
            "loss",
            "precipitation",
            "rainfall",
            "tax",
            "amount",
            "record",
            "download",
            "passenger",
            "visitor",
            "export",
            "import",
            "production",
            "consumption",
            "injury",
            "attendance",
            "enrollment",
            "enrolment");
    /** Quantities of which a sum means nothing, whatever else their name says. */
    private static final Set<String> INTENSIVE = Set.of(
            "per",
            "rate",
            "ratio",
            "percent",
            "percentage",
            "pct",
            "average",
            "avg",
            "mean",
            "median",
            "share",
            "margin",
            "price",
            "index",
            "score",
            "rating",
            "temp",
            "temperature",
            "age",
            "forecast",
            "density",
            "max",
            "min",
            "discount",
            "level",
            "rank",
            "change");

    /** Quantities that add up over groups but not over time. */
    private static final Set<String> STOCKS =
            Set.of("pop", "population", "stock", "inventory", "balance", "headcount", "employee");

    private Measures() {}

    /** Whether a sum over several dates would count the same things again. */
    static boolean isStock(ColumnEntry column) {
        return column.parts().stream().anyMatch(STOCKS::contains);
    }

    /** Whether a sum over several rows means nothing. */
    static boolean isIntensive(ColumnEntry column) {
        return column.column().unit().equals(Column.PERCENT)
                || column.parts().stream().anyMatch(INTENSIVE::contains);
    }

    /** SUM for quantities that add up, MEAN for all others. */
    static Aggregate defaultAggregate(ColumnEntry column) {
        if (isIntensive(column)) {
            return Aggregate.MEAN;
        }
        return column.parts().stream().anyMatch(ADDITIVE::contains) ? Aggregate.SUM : Aggregate.MEAN;
    }

    /** A measure by the aggregate of a lexicon argument. */
    static Measure.Aggregated of(String argument, ColumnEntry column) {
        if (argument.startsWith("percentile")) {
            double fraction = Integer.parseInt(argument.substring("percentile".length())) / 100.0;
            return new Measure.Aggregated(Aggregate.PERCENTILE, column.ref(), fraction, Measure.Transform.NONE);
        }
        return Measure.of(Aggregate.valueOf(argument.toUpperCase(Locale.ROOT)), column.ref());
    }

    /** A column as an operation takes it that looks at all its values: counted, which any type allows. */
    static Measure.Aggregated values(ColumnEntry column) {
        return Measure.of(Aggregate.COUNT, column.ref());
    }
}
