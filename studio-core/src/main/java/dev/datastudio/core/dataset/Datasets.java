package dev.datastudio.core.dataset;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.internal.Catalogue;
import dev.datastudio.core.dataset.internal.Importer;
import dev.datastudio.core.dataset.internal.RecordReader;
import dev.datastudio.core.dataset.internal.RowImport;
import dev.datastudio.core.dataset.internal.RowReader;
import dev.datastudio.core.dataset.internal.RowSource;
import dev.datastudio.core.workspace.StateDatabase;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data sets of one caller: brings data in, finds it again, gives its rows out. What belongs to another tenant or
 * user is not there for this one.
 *
 * <p>An import is all or nothing, and done once: the same bytes under the same name and options give the data set that
 * is there already, a changed byte gives another one. The original is copied and never changed. Thread-safe.
 */
public final class Datasets {
    private final Caller caller;
    private final Catalogue catalogue;
    private final Importer importer;
    private final RowImport rowImport;
    private final List<Consumer<Dataset>> deletions;

    private Datasets(Caller caller, Catalogue catalogue, Importer importer, List<Consumer<Dataset>> deletions) {
        this.caller = caller;
        this.catalogue = catalogue;
        this.importer = importer;
        this.rowImport = new RowImport(importer);
        this.deletions = deletions;
    }

    /**
     * The data sets of a workspace.
     *
     * @param state its state database; stays open
     * @param tenants the folder that {@link Dataset#upload()} is relative to
     * @param clock tells when something is imported
     * @param caller whose they are
     */
    public static Datasets of(StateDatabase state, Path tenants, InstantSource clock, Caller caller) {
        Catalogue catalogue = new Catalogue(state);
        Path root = tenants.toAbsolutePath().normalize();
        return new Datasets(
                Objects.requireNonNull(caller, "caller"),
                catalogue,
                new Importer(catalogue, root, clock),
                new CopyOnWriteArrayList<>());
    }

    /** The data sets of another caller of the same workspace. */
    public Datasets as(Caller caller) {
        return new Datasets(Objects.requireNonNull(caller, "caller"), catalogue, importer, deletions);
    }

    /** On whose behalf this acts. */
    public Caller caller() {
        return caller;
    }

    /** As {@link #importFile(Path, ImportOptions)} with {@link ImportOptions#DEFAULT}. */
    public Dataset importFile(Path file) {
        return importFile(file, ImportOptions.DEFAULT);
    }

    /**
     * Imports a CSV, TSV, JSON or Parquet file, text also gzipped. Blocks until it is stored.
     *
     * <p>Columns become numbers, dates, times or truth values when all of their values are such; what was recognised
     * and decided is told in {@link Dataset#warnings()}. Numbers with a fraction are stored as 64-bit floating point,
     * which holds amounts of money below a hundred billion exactly to the cent.
     *
     * @throws StudioException with a {@code FILE_…} code when the file can't be imported, a {@code STORAGE_…} code when
     *     the workspace can't take it, {@link ErrorCode#INVALID_NAME} or {@link ErrorCode#CANCELLED}; nothing of it
     *     stays
     */
    public Dataset importFile(Path file, ImportOptions options) {
        return importer.importFile(caller, Objects.requireNonNull(file, "file"), options);
    }

    /**
     * Stores records, a column for each component, in order. Text stays text. Optional components, null and numbers
     * that are not finite become missing values, enums their names, points in time their date and time in UTC. The
     * records are read once, one at a time. Equal records under one name give the data set that is there already.
     *
     * @param name what the data set is called
     * @throws StudioException with {@link ErrorCode#FILE_HAS_NO_ROWS} when there is none, otherwise as for a file
     * @throws IllegalArgumentException if the records are of several classes
     */
    public Dataset importRecords(String name, Iterable<? extends Record> records) {
        return rowImport.run(caller, name, RowSource.ofRecords(records.iterator()));
    }

    /** As {@link #importRecords(String, Iterable)}; reads the stream and leaves closing it to the caller. */
    public Dataset importRecords(String name, Stream<? extends Record> records) {
        return rowImport.run(caller, name, RowSource.ofRecords(records.iterator()));
    }

    /**
     * Stores rows given as maps, a column for each key in the order of first appearance. A column gets the narrowest
     * type that holds all its values; a key that a map lacks is a missing value. Otherwise as for records.
     *
     * @param rows gone through twice
     */
    public Dataset importMaps(String name, Collection<? extends Map<String, ?>> rows) {
        return rowImport.run(caller, name, RowSource.ofMaps(rows));
    }

    /**
     * Stores the rest of a query's result. Blocks until the last row is read; the result stays open.
     *
     * @throws SQLException if the result can't be described
     */
    public Dataset importResultSet(String name, ResultSet result) throws SQLException {
        return rowImport.run(caller, name, RowSource.ofResultSet(result));
    }

    /**
     * The rows in order, read while the stream goes on; close it. Values are Boolean, Long, Double, BigDecimal,
     * LocalDate, LocalDateTime, LocalTime, String or null, by column name in the order of the columns.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's
     */
    public Stream<Map<String, @Nullable Object>> rows(Dataset dataset) {
        List<Column> columns = dataset.columns();
        return RowReader.stream(file(dataset), dataset).map(values -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                row.put(columns.get(i).name(), values[i]);
            }
            return row;
        });
    }

    /**
     * The rows as records, read while the stream goes on; close it. A component takes the column of its name, letter
     * case, spaces and signs aside, so {@code orderDate} takes {@code Order Date}.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_COLUMN} when a component has no column,
     *     {@link ErrorCode#INVALID_ARGUMENT} on the first value that a component can't hold
     */
    public <R extends Record> Stream<R> rows(Dataset dataset, Class<R> type) {
        Path file = file(dataset);
        RecordReader<R> reader = new RecordReader<>(type, dataset);
        return RowReader.stream(file, dataset).map(reader::read);
    }

    /** Everything that was imported, the newest first. */
    public List<Dataset> list() {
        return catalogue.list(caller);
    }

    /**
     * The data set of an id.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when this caller has none of that id
     */
    public Dataset get(DatasetId id) {
        return catalogue.find(caller, id).orElseThrow(() -> notFound(id));
    }

    /** The newest data set of a name. */
    public Optional<Dataset> find(String name) {
        return catalogue.findByName(caller, name);
    }

    /**
     * Deletes a data set and the files of its upload.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when this caller has none of that id
     */
    public void delete(DatasetId id) {
        Dataset dataset = get(id);
        if (!importer.delete(caller, id)) {
            throw notFound(id);
        }
        deletions.forEach(listener -> listener.accept(dataset));
    }

    /**
     * Has somebody told of each data set that is deleted here, when its rows are gone: whoever keeps something computed
     * from them. Called on the deleting thread; what it throws is thrown to the deleter.
     */
    public void onDelete(Consumer<Dataset> listener) {
        deletions.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * The DuckDB file that holds the rows, in the table {@code main.data}; only to be attached for reading.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's
     */
    public Path file(Dataset dataset) {
        requireOwn(dataset);
        return importer.tableFile(dataset);
    }

    private void requireOwn(Dataset dataset) {
        if (!dataset.owner().equals(caller)) {
            throw notFound(dataset.id());
        }
    }

    private static StudioException notFound(DatasetId id) {
        return new StudioException(
                ErrorCode.DATASET_NOT_FOUND,
                "There is no data set " + StudioException.quote(id),
                "List the data sets to see their ids");
    }
}
