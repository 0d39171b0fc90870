package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Applied;
import dev.datastudio.core.analysis.Expression.Arithmetic;
import dev.datastudio.core.analysis.Expression.Choice;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.Overall;
import dev.datastudio.core.analysis.Expression.PartOf;
import dev.datastudio.core.analysis.Expression.Previous;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Step;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables that a plan may name, and the types and units of what is computed from them. Immutable. */
public final class Schema {
    private final Map<String, Dataset> tables;
    private final Map<ColumnRef, Column> derived;

    /**
     * The tables of some data sets.
     *
     * @throws IllegalArgumentException if two have one table name, letter case aside
     */
    public Schema(List<Dataset> datasets) {
        tables = new LinkedHashMap<>();
        derived = Map.of();
        for (Dataset dataset : datasets) {
            if (tables.put(dataset.table().toLowerCase(Locale.ROOT), dataset) != null) {
                throw new IllegalArgumentException("datasets must have different tables, two are " + dataset.table());
            }
        }
    }

    private Schema(Map<String, Dataset> tables, Map<ColumnRef, Column> derived) {
        this.tables = tables;
        this.derived = derived;
    }

    /** This schema with the columns that a step derives. */
    public Schema with(Step step) {
        Schema schema = this;
        for (Cleaning cleaning : step.cleaning()) {
            schema = cleaning instanceof Cleaning.Derived d ? schema.with(d) : schema;
        }
        return schema;
    }

    /** This schema with one more column. */
    Schema with(Cleaning.Derived column) {
        ColumnType type = type(column.value());
        ColumnRole role =
                type.isNumeric() ? ColumnRole.MEASURE : type.isTemporal() ? ColumnRole.TIME : ColumnRole.DIMENSION;
        Map<ColumnRef, Column> more = new LinkedHashMap<>(derived);
        more.put(key(column.column()), new Column(column.column().name(), type, role, unit(column.value()), -1, -1));
        return new Schema(tables, more);
    }

    private static ColumnRef key(ColumnRef ref) {
        return new ColumnRef(ref.table().toLowerCase(Locale.ROOT), ref.name().toLowerCase(Locale.ROOT));
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
        Column made = derived.get(key(ref));
        return made != null ? Optional.of(made) : findTable(ref.table()).flatMap(t -> t.findColumn(ref.name()));
    }

    /** A column that validation has found. */
    public Column column(ColumnRef ref) {
        return findColumn(ref).orElseThrow(() -> new IllegalStateException("Column " + ref + " was not validated"));
    }

    /** The names of a table's columns, derived ones last. */
    List<String> columnNames(String table) {
        return Stream.concat(
                        table(table).columns().stream().map(Column::name),
                        derived.entrySet().stream()
                                .filter(d -> d.getKey().table().equalsIgnoreCase(table))
                                .map(d -> d.getValue().name()))
                .toList();
    }

    /** What the values of an expression are; a column that isn't there is {@code OTHER}. */
    public ColumnType type(Expression expression) {
        if (expression instanceof ColumnRef ref) {
            return findColumn(ref).map(Column::type).orElse(ColumnType.OTHER);
        } else if (expression instanceof Constant constant) {
            return type(constant.value());
        } else if (expression instanceof Arithmetic a) {
            return type(a);
        } else if (expression instanceof PartOf || expression instanceof Expression.RowNumber) {
            return ColumnType.INTEGER;
        } else if (expression instanceof Applied f) {
            return type(f);
        } else if (expression instanceof Overall o) {
            return type(o.measure());
        } else if (expression instanceof Previous p) {
            return type(p.of());
        } else if (expression instanceof Choice c) {
            return type(c);
        } else if (expression instanceof Expression.ResultOf r) {
            return r.step().measures().isEmpty()
                    ? ColumnType.OTHER
                    : type(r.step().measures().get(0));
        }
        throw new AssertionError(expression);
    }

    private ColumnType type(Choice choice) {
        Stream<Expression> values = Stream.concat(
                choice.branches().stream().map(Expression.Branch::then), Stream.ofNullable(choice.otherwise()));
        List<ColumnType> types = values.map(v -> type(v)).distinct().toList();
        return types.size() > 1 && types.stream().allMatch(ColumnType::isNumeric) ? ColumnType.DECIMAL : types.get(0);
    }

    private static boolean isMovingSum(Measure measure) {
        return measure instanceof Measure.Moving m && m.aggregate() == Aggregate.SUM;
    }

    /** What the values of a measure are. */
    public ColumnType type(Measure measure) {
        Transform transform = measure.transform();
        if (measure instanceof Measure.Ratio
                || measure instanceof Measure.Portion
                || transform == Transform.SHARE_OF_TOTAL
                || transform == Transform.SHARE_WITHIN
                || transform == Transform.PERCENT_CHANGE
                || (transform == Transform.MOVING_AVERAGE && !isMovingSum(measure))) {
            return ColumnType.DECIMAL;
        } else if (transform == Transform.RANK) {
            return ColumnType.INTEGER;
        } else if (measure instanceof Measure.Moving moving) {
            return type(moving.of());
        } else if (measure instanceof Measure.Nested nested) {
            boolean keeps = nested.aggregate() == Aggregate.MIN || nested.aggregate() == Aggregate.MAX;
            return keeps ? type(nested.of()) : ColumnType.DECIMAL;
        }
        Measure.Aggregated aggregated = (Measure.Aggregated) measure;
        Expression of = aggregated.of();
        ColumnType type = of == null ? ColumnType.INTEGER : type(of);
        return switch (aggregated.aggregate()) {
            case COUNT, COUNT_DISTINCT, MISSING -> ColumnType.INTEGER;
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
        } else if (expression instanceof Previous p) {
            return unit(p.of());
        }
        return "";
    }

    /** The unit of a measure; empty when there is none or it isn't known. */
    public String unit(Measure measure) {
        boolean percent = measure.transform() == Transform.SHARE_OF_TOTAL
                || measure.transform() == Transform.SHARE_WITHIN
                || measure.transform() == Transform.PERCENT_CHANGE
                || measure instanceof Measure.Portion;
        if (percent) {
            return Column.PERCENT;
        } else if (measure.transform() == Transform.RANK) {
            return "";
        } else if (measure instanceof Measure.Moving moving) {
            return unit(moving.of());
        } else if (measure instanceof Measure.Nested nested) {
            return unit(nested.of());
        }
        if (!(measure instanceof Measure.Aggregated aggregated)) {
            return "";
        }
        Expression of = aggregated.of();
        if (of == null) {
            return "";
        }
        return switch (aggregated.aggregate()) {
            case COUNT, COUNT_DISTINCT, MISSING, VARIANCE, POPULATION_VARIANCE -> "";
            case SKEWNESS, KURTOSIS, POPULATION_SKEWNESS, POPULATION_KURTOSIS, COEFFICIENT_OF_VARIATION -> "";
            case MISSING_SHARE -> Column.PERCENT;
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
            case NUMBER_IN_TEXT -> ColumnType.DECIMAL;
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
        return switch (aggregate) {
            case COUNT, MISSING, MISSING_SHARE -> true;
            default -> type != ColumnType.OTHER;
        };
    }
}
