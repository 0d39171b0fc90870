package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores what a query makes of a data set. The content hash is that of the data and of the query. Thread-safe. */
public final class QueryImport {
    private static final String RAW = "target.main.raw";
    /** The types of the engine that a table file has as they are. */
    private static final Map<String, ColumnType> PLAIN = Map.of(
            "BIGINT", ColumnType.INTEGER,
            "BOOLEAN", ColumnType.BOOLEAN,
            "DATE", ColumnType.DATE,
            "TIME", ColumnType.TIME,
            "TIMESTAMP", ColumnType.TIMESTAMP,
            "VARCHAR", ColumnType.TEXT,
            "DOUBLE", ColumnType.DECIMAL);

    private final Importer importer;

    public QueryImport(Importer importer) {
        this.importer = importer;
    }

    /** Stores the result, or finds what was made in the same way before. */
    public Dataset run(
            Caller caller,
            ImportTarget target,
            Dataset from,
            Path file,
            String sql,
            List<? extends @Nullable Object> parameters,
            ImportBudget budget) {
        String name = Importer.name(target.name());
        try (UploadFolder folder = UploadFolder.create(importer.uploads(caller))) {
            ImportedTable table = fill(folder, target, from, file, sql, parameters);
            Draft draft = new Draft(
                    name,
                    "",
                    ContentHash.of(meaning(from, sql, parameters)),
                    target.origin(),
                    table,
                    Rejected.NONE,
                    Catalogue.Source.NONE);
            return importer.locked(
                    caller, name, () -> importer.publish(caller, folder, draft, () -> admit(folder, budget)));
        }
    }

    /** The rows never come through Java: they are counted as they are stored. */
    private static void admit(UploadFolder folder, ImportBudget budget) {
        Path file = folder.resolve(TableFile.NAME);
        try {
            budget.requireExactly(Files.size(file));
        } catch (IOException e) {
            throw StorageErrors.failed("The rows could not be read back", e);
        }
    }

    /** Equal for equal data and queries, and for nothing else. */
    private static String meaning(Dataset from, String sql, List<? extends @Nullable Object> parameters) {
        StringBuilder text = new StringBuilder("query|").append(from.contentHash());
        text.append('|').append(sql.length()).append('|').append(sql);
        for (Object value : parameters) {
            String printed = value == null ? "" : value.getClass().getSimpleName() + " " + value;
            text.append('|').append(printed.length()).append('|').append(printed);
        }
        return text.toString();
    }

    private static ImportedTable fill(
            UploadFolder folder,
            ImportTarget target,
            Dataset from,
            Path file,
            String sql,
            List<? extends @Nullable Object> parameters) {
        Path path = folder.resolve(TableFile.NAME);
        try (TableFile table = TableFile.create(path, folder.scratch(), target.cancellation())) {
            table.execute("ATTACH " + Sql.text(file.toString()) + " AS origin (READ_ONLY)");
            String names = from.columns().stream().map(c -> Sql.name(c.name())).collect(Collectors.joining(", "));
            table.execute("CREATE TEMP VIEW source AS SELECT " + names + " FROM origin.main.data");
            create(table, sql, parameters, target.cancellation());
            ImportedTable made = describe(table, target, from);
            table.finish();
            target.progress().onProgress(new Progress("storing", made.rowCount(), made.rowCount(), "rows"));
            return made;
        } catch (SQLException e) {
            throw DuckDb.failed(
                    "The rows of " + StudioException.quote(target.name()) + " could not be stored", path, e);
        }
    }

    private static void create(
            TableFile table, String sql, List<? extends @Nullable Object> parameters, Cancellation cancellation)
            throws SQLException {
        try (PreparedStatement statement =
                        table.connection().prepareStatement("CREATE TABLE " + TableFile.TABLE + " AS " + sql);
                Cancellation.Registration waiting = cancellation.onCancel(() -> DuckDb.interrupt(statement))) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            cancellation.throwIfCancelled();
            statement.execute();
            assert waiting != null;
        } catch (SQLException e) {
            cancellation.throwIfCancelled();
            if (DuckDb.isMachineFault(e)) {
                throw e;
            }
            throw new StudioException(
                    ErrorCode.SQL_INVALID,
                    "The query can't be run: " + DuckDb.reason(e),
                    "Mend the query, which reads the table 'source'",
                    e);
        }
    }

    private static ImportedTable describe(TableFile table, ImportTarget target, Dataset from) throws SQLException {
        long rows = table.rowCount();
        if (rows == 0) {
            throw new StudioException(ErrorCode.FILE_HAS_NO_ROWS, "The query gives no rows", "Loosen its conditions");
        } else if (rows > target.maxRows()) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The query gives " + rows + " rows, more than the " + target.maxRows() + " that may be stored",
                    "Ask for fewer rows, or raise the limit");
        }
        List<TableFile.Shape> shapes = shapes(table, from);
        List<String> warnings = new ArrayList<>(target.notes());
        if (!shapes.isEmpty() && !hasInfinite(table, shapes)) {
            return new ImportedTable(rows, table.columns(shapes, rows), warnings);
        }
        table.execute("ALTER TABLE " + TableFile.TABLE + " RENAME TO raw");
        ImportedTable mended = new TypedImport(RAW, target.name(), table).run();
        table.execute("DROP TABLE " + RAW);
        warnings.addAll(mended.warnings());
        return new ImportedTable(rows, mended.columns(), warnings);
    }

    /** The columns as they are stored; empty when one of them can't stay as it is. */
    private static List<TableFile.Shape> shapes(TableFile table, Dataset from) throws SQLException {
        List<TableFile.Shape> shapes = new ArrayList<>();
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE " + TableFile.TABLE)) {
            while (rows.next()) {
                String name = rows.getString(1);
                String type = rows.getString(2);
                ColumnType known = type.startsWith("DECIMAL") ? ColumnType.DECIMAL : PLAIN.get(type);
                if (known == null || name.isBlank()) {
                    return List.of();
                }
                shapes.add(new TableFile.Shape(name, known, unit(from, name, known)));
            }
        }
        return shapes;
    }

    private static String unit(Dataset from, String name, ColumnType type) {
        return type.isNumeric() ? from.findColumn(name).map(Column::unit).orElse("") : "";
    }

    private static boolean hasInfinite(TableFile table, List<TableFile.Shape> shapes) throws SQLException {
        String any = shapes.stream()
                .filter(s -> s.type() == ColumnType.DECIMAL)
                .map(s -> "NOT isfinite(CAST(" + Sql.name(s.name()) + " AS DOUBLE))")
                .collect(Collectors.joining(" OR "));
        if (any.isEmpty()) {
            return false;
        }
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT EXISTS (SELECT 1 FROM " + TableFile.TABLE + " WHERE " + any + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
