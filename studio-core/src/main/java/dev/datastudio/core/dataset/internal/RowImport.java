package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Stores rows that come from a program. The content hash is that of their values. Thread-safe. */
public final class RowImport {
    /**
     * Rows are appended here first, which spills to the scratch folder when it grows. Appending to the file would write
     * it in pieces of two thousand rows, which takes twice the time and gives a larger file.
     */
    private static final String STAGING = "memory.main.staging";

    private final Importer importer;

    public RowImport(Importer importer) {
        this.importer = importer;
    }

    /** Stores all rows, or finds what was made of equal ones before. */
    public Dataset run(Caller caller, ImportTarget target, RowSource source, ImportBudget budget) throws SQLException {
        String name = Importer.name(target.name());
        List<RowColumn> columns = List.copyOf(source.columns());
        if (columns.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The rows have no columns", "Give rows of at least one column");
        }
        try (UploadFolder folder = UploadFolder.create(importer.uploads(caller))) {
            Draft draft = new Filling(target, columns, source, folder, budget).run(name);
            return importer.locked(caller, name, () -> importer.publish(caller, folder, draft));
        }
    }

    /** Fills one table. Not thread-safe. */
    private static final class Filling {
        private final ImportTarget target;
        private final List<RowColumn> columns;
        private final RowSource source;
        private final UploadFolder folder;
        private final ImportBudget budget;
        private final List<String> warnings;
        private final List<StoredColumn> stored;
        private final List<String> names;

        Filling(
                ImportTarget target,
                List<RowColumn> columns,
                RowSource source,
                UploadFolder folder,
                ImportBudget budget) {
            this.budget = budget;
            this.target = target;
            this.columns = columns;
            this.source = source;
            this.folder = folder;
            this.warnings = new ArrayList<>(target.notes());
            this.stored = columns.stream().map(StoredColumn::new).toList();
            this.names =
                    ColumnNames.unique(columns.stream().map(RowColumn::name).toList(), warnings);
        }

        /** A failure of the source is thrown as it is, one of the storage as a StudioException. */
        Draft run(String name) throws SQLException {
            Path path = folder.resolve(TableFile.NAME);
            RowAppending appending = new RowAppending(target, names, columns, stored, source, budget);
            try (TableFile file = TableFile.create(path, folder.scratch(), target.cancellation())) {
                file.execute("CREATE TABLE " + STAGING + appendedColumns());
                RowAppending.Appended appended = appending.run(file.connection());
                long rows = appended.rows();
                warnings.addAll(source.notes());
                file.fill(castStaged());
                file.execute("DROP TABLE " + STAGING);
                for (int i = 0; i < names.size(); i++) {
                    Notes notes = new Notes(names.get(i));
                    stored.get(i).conclude(notes);
                    warnings.addAll(notes.sentences());
                }
                ImportedTable table = new ImportedTable(rows, file.columns(shapes(), rows), warnings);
                file.finish();
                return new Draft(
                        name, "", appended.hash(), target.origin(), table, Rejected.NONE, Catalogue.Source.NONE);
            } catch (SQLException e) {
                appending.throwIfSourceFailed(e);
                target.cancellation().throwIfCancelled();
                throw DuckDb.failed("The rows of " + StudioException.quote(name) + " could not be stored", path, e);
            }
        }

        private String appendedColumns() {
            List<String> definitions = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                definitions.add(Sql.name(names.get(i)) + " " + stored.get(i).appendedType());
            }
            return " (" + String.join(", ", definitions) + ")";
        }

        private String castStaged() {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                String name = Sql.name(names.get(i));
                StoredColumn column = stored.get(i);
                values.add(column.isStaged() ? "CAST(" + name + " AS " + column.finalType() + ") AS " + name : name);
            }
            return "SELECT " + String.join(", ", values) + " FROM " + STAGING;
        }

        private List<TableFile.Shape> shapes() {
            List<TableFile.Shape> shapes = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                RowColumn column = columns.get(i);
                shapes.add(new TableFile.Shape(names.get(i), column.type(), column.unit()));
            }
            return shapes;
        }
    }
}
