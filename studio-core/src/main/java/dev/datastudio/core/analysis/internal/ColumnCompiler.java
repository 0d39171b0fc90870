package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A row for each column: {@code SUMMARY} and {@code MISSING}. Not thread-safe; one for each step. */
final class ColumnCompiler {
    private final Step step;
    private final Dialect dialect;
    private final Schema schema;
    private final RowSource rows;
    private final Output output;

    ColumnCompiler(Step step, Dialect dialect, Schema schema, LocalDate today) {
        this.step = step;
        this.dialect = dialect;
        this.schema = schema;
        this.output = new Output(dialect);
        this.rows = new RowSource(dialect, schema, step, today).filtered(step).gathered();
    }

    Compilation compile() {
        return new Compilation(step.operation() == Operation.SUMMARY ? summary() : missing(), output.columns());
    }

    private List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Dimension dimension : step.dimensions()) {
            subjects.add(new Subject(
                    Words.of(dimension.of()), dimension.of(), rows.expressions().exact(dimension.of())));
        }
        if (subjects.isEmpty()) {
            for (ColumnRef ref : rows.columns()) {
                subjects.add(
                        new Subject(rows.label(ref), ref, rows.expressions().exact(ref)));
            }
        }
        return subjects;
    }

    private Sql missing() {
        Sql name = output.add("column", "", ColumnType.TEXT, Role.NAME);
        Sql missing = output.add("missing", "", ColumnType.INTEGER, Role.MISSING);
        Sql share = output.add("share", "%", ColumnType.DECIMAL, Role.SHARE);
        List<Sql> selects = new ArrayList<>();
        List<Subject> subjects = subjects();
        for (int i = 0; i < subjects.size(); i++) {
            Sql count = Sql.of("count(*) - count(", subjects.get(i).sql(), ")");
            selects.add(Sql.of(
                    "SELECT " + (i + 1) + " AS place, ",
                    dialect.typed(subjects.get(i).label()),
                    " AS name, ",
                    count,
                    " AS missing, ",
                    dialect.divide(Sql.of("100 * (", count, ")"), Sql.of("count(*)")),
                    " AS share",
                    rows.tail()));
        }
        Sql all = rows.with("by_column", Sql.join("\nUNION ALL ", selects));
        return Sql.of(
                rows.head(),
                Sql.of("SELECT name AS ", name, ", missing AS ", missing, ", share AS ", share, "\nFROM ", all),
                "\nORDER BY missing DESC, place");
    }

    private Sql summary() {
        List<Expression> numbers = subjects().stream()
                .map(Subject::of)
                .filter(of -> schema.type(of).isNumeric())
                .toList();
        if (!numbers.isEmpty()) {
            rows.help(numbers, List.of(Aggregate.PERCENTILE, Aggregate.STANDARD_DEVIATION), List.of());
        }
        List<Subject> subjects = subjects();
        List<Field> fields = fields(subjects);
        List<Sql> selects = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            List<Sql> values = new ArrayList<>();
            values.add(Sql.of((i + 1) + " AS place"));
            for (Field field : fields) {
                values.add(Sql.of(value(field.role(), subjects.get(i)), " AS ", field.name()));
            }
            selects.add(Sql.of("SELECT ", Sql.join(",\n  ", values), rows.tail()));
        }
        Sql all = rows.with("by_column", Sql.join("\nUNION ALL ", selects));
        Sql names = Sql.join(", ", fields.stream().map(Field::name).toList());
        return Sql.of(rows.head(), "SELECT ", names, "\nFROM ", all, "\nORDER BY place");
    }

    /** What a summary tells: numbers of numbers and the extent of dates only where there are such columns. */
    private List<Field> fields(List<Subject> subjects) {
        List<Field> fields = new ArrayList<>();
        add(fields, "column", ColumnType.TEXT, Role.NAME);
        add(fields, "type", ColumnType.TEXT, Role.TYPE);
        add(fields, "count", ColumnType.INTEGER, Role.COUNT);
        add(fields, "missing", ColumnType.INTEGER, Role.MISSING);
        add(fields, "distinct", ColumnType.INTEGER, Role.DISTINCT);
        if (subjects.stream().anyMatch(s -> schema.type(s.of()).isNumeric())) {
            add(fields, "mean", ColumnType.DECIMAL, Role.MEAN);
            add(fields, "standard deviation", ColumnType.DECIMAL, Role.DEVIATION);
            add(fields, "minimum", ColumnType.DECIMAL, Role.MINIMUM);
            add(fields, "first quartile", ColumnType.DECIMAL, Role.FIRST_QUARTILE);
            add(fields, "median", ColumnType.DECIMAL, Role.MEDIAN);
            add(fields, "third quartile", ColumnType.DECIMAL, Role.THIRD_QUARTILE);
            add(fields, "maximum", ColumnType.DECIMAL, Role.MAXIMUM);
        }
        if (subjects.stream().anyMatch(s -> schema.type(s.of()).isTemporal())) {
            add(fields, "earliest", ColumnType.TIMESTAMP, Role.EARLIEST);
            add(fields, "latest", ColumnType.TIMESTAMP, Role.LATEST);
        }
        add(fields, "most frequent", ColumnType.TEXT, Role.MODE);
        return fields;
    }

    private void add(List<Field> fields, String label, ColumnType type, Role role) {
        fields.add(new Field(role, output.add(label, "", type, role)));
    }

    private Sql value(Role role, Subject subject) {
        Sql sql = subject.sql();
        ColumnType type = schema.type(subject.of());
        return switch (role) {
            case NAME -> dialect.typed(subject.label());
            case TYPE -> Sql.of("'" + type.name().toLowerCase(Locale.ROOT) + "'");
            case COUNT -> Sql.of("count(", sql, ")");
            case MISSING -> Sql.of("count(*) - count(", sql, ")");
            case DISTINCT ->
                type == ColumnType.OTHER ? Sql.of("CAST(NULL AS BIGINT)") : Sql.of("count(DISTINCT ", sql, ")");
            case EARLIEST -> extent("min", sql, type);
            case LATEST -> extent("max", sql, type);
            case MODE -> type == ColumnType.OTHER ? dialect.asText(Sql.of("NULL")) : mode(sql, type);
            default -> type.isNumeric() ? number(role, subject.of(), sql) : dialect.asDouble(Sql.of("NULL"));
        };
    }

    private Sql number(Role role, Expression of, Sql sql) {
        Expressions expressions = rows.expressions();
        return switch (role) {
            case MEAN -> expressions.aggregate(Aggregate.MEAN, of, sql, 0);
            case DEVIATION -> expressions.aggregate(Aggregate.STANDARD_DEVIATION, of, sql, 0);
            case MINIMUM -> dialect.asDouble(Sql.of("min(", sql, ")"));
            case FIRST_QUARTILE -> dialect.asDouble(expressions.aggregate(Aggregate.PERCENTILE, of, sql, 0.25));
            case MEDIAN -> dialect.asDouble(expressions.aggregate(Aggregate.PERCENTILE, of, sql, 0.5));
            case THIRD_QUARTILE -> dialect.asDouble(expressions.aggregate(Aggregate.PERCENTILE, of, sql, 0.75));
            case MAXIMUM -> dialect.asDouble(Sql.of("max(", sql, ")"));
            default -> throw new AssertionError(role);
        };
    }

    private Sql mode(Sql sql, ColumnType type) {
        Sql mode = dialect.hasMode()
                ? dialect.aggregate(Aggregate.MODE, sql, 0, type)
                : Sql.of(
                        Sql.of("(SELECT ", sql, rows.tail(Sql.of(sql, " IS NOT NULL"))),
                        Sql.of(" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)"));
        return type == ColumnType.BOOLEAN ? dialect.truthAsText(mode) : dialect.asText(mode);
    }

    private Sql extent(String aggregate, Sql sql, ColumnType type) {
        return dialect.asTimestamp(type.isTemporal() ? Sql.of(aggregate + "(", sql, ")") : Sql.of("NULL"));
    }

    private record Subject(String label, Expression of, Sql sql) {}

    private record Field(Role role, Sql name) {}
}
