package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Applied;
import dev.datastudio.core.analysis.Expression.Arithmetic;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.Overall;
import dev.datastudio.core.analysis.Expression.PartOf;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables that a plan may name, and the types and units of what is computed from them. Immutable. */
public final class Schema {
    private final Map<String, Dataset> tables = new LinkedHashMap<>();

    /**
     * The tables of some data sets.
     *
     * @throws IllegalArgumentException if two have one table name, letter case aside
     */
    public Schema(List<Dataset> datasets) {
        for (Dataset dataset : datasets) {
            if (tables.put(dataset.table().toLowerCase(Locale.ROOT), dataset) != null) {
                throw new IllegalArgumentException("datasets must have different tables, two are " + dataset.table());
            }
        }
    }

    /** Names of the tables, in order. */
    public List<String> tableNames() {
        return tables.values().stream().map(Dataset::table).toList();
    }

    /** The data set behind a table, letter case aside. */
    public Optional<Dataset> findTable(String name) {
        return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The data set behind a table that validation has found. */
    public Dataset table(String name) {
        return findTable(name).orElseThrow(() -> new IllegalStateException("Table " + name + " was not validated"));
    }

    /** The column that a reference names. */
    public Optional<Column> findColumn(ColumnRef ref) {
        return findTable(ref.table()).flatMap(t -> t.findColumn(ref.name()));
    }

    /** A column that validation has found. */
    public Column column(ColumnRef ref) {
        return table(ref.table()).column(ref.name());
    }

    /** What the values of an expression are; a column that isn't there is {@code OTHER}. */
    public ColumnType type(Expression expression) {
        if (expression instanceof ColumnRef ref) {
            return findColumn(ref).map(Column::type).orElse(ColumnType.OTHER);
        } else if (expression instanceof Constant constant) {
            return type(constant.value());
        } else if (expression instanceof Arithmetic a) {
            return type(a);
        } else if (expression instanceof PartOf) {
            return ColumnType.INTEGER;
        } else if (expression instanceof Applied f) {
            return type(f);
        } else if (expression instanceof Overall o) {
            return type(o.measure());
        } else if (expression instanceof Expression.ResultOf r) {
            return r.step().measures().isEmpty()
                    ? ColumnType.OTHER
                    : type(r.step().measures().get(0));
        }
        throw new AssertionError(expression);
    }

    /** What the values of a measure are. */
    public ColumnType type(Measure measure) {
        Transform transform = measure.transform();
        if (measure instanceof Measure.Ratio
                || transform == Transform.SHARE_OF_TOTAL
                || transform == Transform.PERCENT_CHANGE
                || transform == Transform.MOVING_AVERAGE) {
            return ColumnType.DECIMAL;
        }
        Measure.Aggregated aggregated = (Measure.Aggregated) measure;
        Expression of = aggregated.of();
        ColumnType type = of == null ? ColumnType.INTEGER : type(of);
        return switch (aggregated.aggregate()) {
            case COUNT, COUNT_DISTINCT -> ColumnType.INTEGER;
            case MIN, MAX, MODE -> type;
            case SUM, RANGE -> type == ColumnType.BOOLEAN ? ColumnType.INTEGER : type;
            default -> ColumnType.DECIMAL;
        };
    }

    /** The unit of an expression; empty when there is none or it isn't known. */
    public String unit(Expression expression) {
        if (expression instanceof ColumnRef ref) {
            return findColumn(ref).map(Column::unit).orElse("");
        } else if (expression instanceof Applied f) {
            boolean keeps = f.function() == Expression.Function.ABSOLUTE || f.function() == Expression.Function.ROUND;
            return keeps ? unit(f.argument()) : "";
        } else if (expression instanceof Overall o) {
            return unit(o.measure());
        } else if (expression instanceof Expression.ResultOf r
                && !r.step().measures().isEmpty()) {
            return unit(r.step().measures().get(0));
        } else if (expression instanceof Arithmetic a) {
            return unit(a);
        }
        return "";
    }

    /** The unit of a measure; empty when there is none or it isn't known. */
    public String unit(Measure measure) {
        if (measure.transform() == Transform.SHARE_OF_TOTAL || measure.transform() == Transform.PERCENT_CHANGE) {
            return Column.PERCENT;
        }
        if (!(measure instanceof Measure.Aggregated aggregated)) {
            return "";
        }
        Expression of = aggregated.of();
        if (of == null) {
            return "";
        }
        return switch (aggregated.aggregate()) {
            case COUNT, COUNT_DISTINCT, VARIANCE, POPULATION_VARIANCE, SKEWNESS, KURTOSIS -> "";
            default -> unit(of);
        };
    }

    private String unit(Arithmetic a) {
        String left = unit(a.left());
        String right = unit(a.right());
        return switch (a.operator()) {
            case ADD, SUBTRACT -> left.equals(right) || isNumber(a.right()) ? left : isNumber(a.left()) ? right : "";
            case MULTIPLY -> isNumber(a.right()) ? left : isNumber(a.left()) ? right : "";
            case DIVIDE -> isNumber(a.right()) ? left : "";
        };
    }

    private static boolean isNumber(Expression expression) {
        return expression instanceof Constant;
    }

    private ColumnType type(Arithmetic a) {
        ColumnType left = type(a.left());
        ColumnType right = type(a.right());
        boolean days = a.operator() == Expression.Operator.SUBTRACT && left.isTemporal() && right.isTemporal();
        boolean whole = left == ColumnType.INTEGER && right == ColumnType.INTEGER;
        return days || (whole && a.operator() != Expression.Operator.DIVIDE) ? ColumnType.INTEGER : ColumnType.DECIMAL;
    }

    private ColumnType type(Applied f) {
        return switch (f.function()) {
            case LENGTH -> ColumnType.INTEGER;
            case LOWER, UPPER -> ColumnType.TEXT;
            case NATURAL_LOG, SQUARE_ROOT -> ColumnType.DECIMAL;
            case ABSOLUTE, ROUND -> type(f.argument());
        };
    }

    private static ColumnType type(Object constant) {
        if (constant instanceof Boolean) {
            return ColumnType.BOOLEAN;
        } else if (constant instanceof Long) {
            return ColumnType.INTEGER;
        } else if (constant instanceof Double || constant instanceof BigDecimal) {
            return ColumnType.DECIMAL;
        } else if (constant instanceof LocalDate) {
            return ColumnType.DATE;
        } else if (constant instanceof LocalDateTime) {
            return ColumnType.TIMESTAMP;
        }
        return ColumnType.TEXT;
    }

    /** Whether an aggregate can be computed of values of a type. */
    static boolean fits(Aggregate aggregate, ColumnType type) {
        boolean rate = type == ColumnType.BOOLEAN && (aggregate == Aggregate.SUM || aggregate == Aggregate.MEAN);
        if (aggregate.needsNumber()) {
            return type.isNumeric() || rate;
        }
        return aggregate == Aggregate.COUNT || type != ColumnType.OTHER;
    }
}
