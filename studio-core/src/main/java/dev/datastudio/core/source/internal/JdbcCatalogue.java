package dev.datastudio.core.source.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.source.SourceColumn;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a schema through what every driver offers, table by table. Not thread-safe. */
final class JdbcCatalogue {
    private static final Set<String> SYSTEM = Set.of("information_schema", "sys", "pg_catalog", "syscat", "sysibm");
    private static final int REPORT_EVERY = 20;

    /** Rows of the tables of SQL Server, which its driver does not tell. */
    private static final String SQLSERVER_ESTIMATES = """
            SELECT s.name, t.name, SUM(p.rows) FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
            JOIN sys.partitions p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
            GROUP BY s.name, t.name""";

    private final Connection connection;
    private final Product product;
    private final String schema;
    private final SchemaDraft draft;
    private final ProgressListener progress;
    private final Cancellation cancellation;

    JdbcCatalogue(
            Connection connection,
            Product product,
            String schema,
            SchemaDraft draft,
            ProgressListener progress,
            Cancellation cancellation) {
        this.connection = connection;
        this.product = product;
        this.schema = schema;
        this.draft = draft;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    void read() throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String catalog = connection.getCatalog();
        readTables(meta, catalog);
        List<TableName> tables = draft.names();
        for (int i = 0; i < tables.size(); i++) {
            cancellation.throwIfCancelled();
            if (i % REPORT_EVERY == 0) {
                progress.onProgress(new Progress("reading the schema", i, tables.size(), "tables"));
            }
            readColumns(meta, catalog, tables.get(i));
            readKeys(meta, catalog, tables.get(i));
            readForeignKeys(meta, catalog, tables.get(i));
        }
        if (product == Product.SQLSERVER) {
            readEstimates();
        }
        progress.onProgress(new Progress("reading the schema", tables.size(), tables.size(), "tables"));
    }

    private void readTables(DatabaseMetaData meta, @Nullable String catalog) throws SQLException {
        String[] types = {"TABLE", "BASE TABLE", "VIEW"};
        String pattern = schema.isEmpty() ? "%" : escaped(meta, schema);
        try (ResultSet rows = meta.getTables(catalog, pattern, "%", types)) {
            boolean room = true;
            while (room && rows.next()) {
                TableName name = new TableName(SchemaReader.text(rows, 2), rows.getString(3));
                if (!SYSTEM.contains(name.schema().toLowerCase(Locale.ROOT))) {
                    boolean view = rows.getString(4).equals("VIEW");
                    SourceTable.Kind kind = view ? SourceTable.Kind.VIEW : SourceTable.Kind.TABLE;
                    room = draft.add(name, kind, SchemaReader.text(rows, 5), -1);
                }
            }
        }
    }

    /** Metadata takes patterns, in which the signs of a name may mean something. */
    private static String escaped(DatabaseMetaData meta, String name) throws SQLException {
        String escape = meta.getSearchStringEscape();
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private void readColumns(DatabaseMetaData meta, @Nullable String catalog, TableName table) throws SQLException {
        String inSchema = table.schema().isEmpty() ? null : escaped(meta, table.schema());
        try (ResultSet rows = meta.getColumns(catalog, inSchema, escaped(meta, table.name()), "%")) {
            while (rows.next()) {
                String type = SchemaReader.text(rows, 6);
                String full = isSized(type) ? type + "(" + rows.getInt(7) + "," + rows.getInt(9) + ")" : type;
                draft.addColumn(
                        table,
                        new SourceColumn(
                                rows.getString(4),
                                full,
                                NativeTypes.of(product, full),
                                rows.getInt(11) != DatabaseMetaData.columnNoNulls,
                                SchemaReader.text(rows, 13),
                                SchemaReader.text(rows, 12)));
            }
        }
    }

    private static boolean isSized(String type) {
        return type.equalsIgnoreCase("numeric") || type.equalsIgnoreCase("decimal");
    }

    private void readKeys(DatabaseMetaData meta, @Nullable String catalog, TableName table) throws SQLException {
        String inSchema = table.schema().isEmpty() ? null : table.schema();
        SortedMap<Integer, String> parts = new TreeMap<>();
        String primary = "";
        try (ResultSet rows = meta.getPrimaryKeys(catalog, inSchema, table.name())) {
            while (rows.next()) {
                parts.put(rows.getInt(5), rows.getString(4));
                primary = SchemaReader.text(rows, 6);
            }
        }
        parts.values().forEach(column -> draft.addKeyColumn(table, "", true, column));
        try (ResultSet rows = meta.getIndexInfo(catalog, inSchema, table.name(), true, true)) {
            while (rows.next()) {
                String index = rows.getString(6);
                String column = rows.getString(9);
                if (index != null && column != null && !index.equals(primary)) {
                    draft.addKeyColumn(table, index, false, column);
                }
            }
        }
    }

    private void readForeignKeys(DatabaseMetaData meta, @Nullable String catalog, TableName table) throws SQLException {
        String inSchema = table.schema().isEmpty() ? null : table.schema();
        try (ResultSet rows = meta.getImportedKeys(catalog, inSchema, table.name())) {
            int unnamed = 0;
            while (rows.next()) {
                unnamed += rows.getInt(9) == 1 ? 1 : 0;
                String key = rows.getString(12);
                TableName target = new TableName(SchemaReader.text(rows, 2), rows.getString(3));
                draft.addForeignKeyColumn(
                        table, key == null ? "fk_" + unnamed : key, rows.getString(8), target, rows.getString(4));
            }
        }
    }

    private void readEstimates() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQLSERVER_ESTIMATES)) {
            while (rows.next()) {
                draft.setEstimate(new TableName(rows.getString(1), rows.getString(2)), rows.getLong(3));
            }
        }
    }
}
