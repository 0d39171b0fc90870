package dev.datastudio.core.table.internal;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.source.ForeignKey;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceColumn;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.source.TableName;
import dev.datastudio.core.table.TableInfo;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import dev.datastudio.core.table.TableSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of a connected database. Its schema is read when it is first asked for. Thread-safe. */
public final class DatabaseTables implements TableSource {
    private final Sources sources;
    private final Source source;
    private final QueryEngine engine;
    private @Nullable SourceSchema schema;

    private DatabaseTables(Sources sources, Source source, QueryEngine engine) {
        this.sources = sources;
        this.source = source;
        this.engine = engine;
    }

    /** Opens a database of these sources. */
    public static DatabaseTables open(Sources sources, Source source) {
        return new DatabaseTables(sources, source, sources.engine(source.id()));
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String kind() {
        return engine.version();
    }

    /** What its catalogue says. */
    public synchronized SourceSchema schema() {
        SourceSchema read = schema;
        if (read == null) {
            read = sources.schema(source.id());
            schema = read;
        }
        return read;
    }

    @Override
    public List<TableInfo> tables() {
        return schema().tables().stream().map(this::info).toList();
    }

    /** A table of the catalogue. */
    public TableInfo info(SourceTable table) {
        List<ColumnInfo> columns =
                table.columns().stream().map(column -> column(table, column)).toList();
        return new TableInfo(
                table.name().toString(), sql(table.name()), table.comment(), table.rowEstimate(), false, columns);
    }

    private ColumnInfo column(SourceTable table, SourceColumn column) {
        List<String> notes = new ArrayList<>();
        if (table.primaryKey().contains(column.name())) {
            notes.add("primary key");
        }
        for (ForeignKey key : table.foreignKeys()) {
            int at = key.columns().indexOf(column.name());
            if (at >= 0) {
                notes.add(
                        "refers to " + key.target() + "." + key.targetColumns().get(at));
            }
        }
        if (!column.nullable()) {
            notes.add("never missing");
        }
        if (!column.comment().isEmpty()) {
            notes.add(column.comment());
        }
        return new ColumnInfo(
                column.name(), quoted(column.name()), column.type(), column.nativeType(), String.join(", ", notes));
    }

    /** In a DuckDB file a table of another schema has one name with a dot in it, as the engine attaches it. */
    private String sql(TableName name) {
        if (name.schema().isEmpty()) {
            return quoted(name.name());
        }
        if (engine.name().equals("duckdb")) {
            return quoted(name.schema().equals("main") ? name.name() : name.toString());
        }
        return quoted(name.schema()) + "." + quoted(name.name());
    }

    private String quoted(String name) {
        String mark = engine.name().equals("mysql") ? "`" : "\"";
        return mark + name.replace(mark, mark + mark) + mark;
    }

    @Override
    public QueryEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}
