package dev.datastudio.core.dataset;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.dataset.internal.Catalogue;
import dev.datastudio.core.dataset.internal.FetchImport;
import dev.datastudio.core.dataset.internal.ImportWatch;
import dev.datastudio.core.dataset.internal.Importer;
import dev.datastudio.core.dataset.internal.JavaRows;
import dev.datastudio.core.dataset.internal.QueryImport;
import dev.datastudio.core.dataset.internal.ReadOnlyQuery;
import dev.datastudio.core.dataset.internal.RecordReader;
import dev.datastudio.core.dataset.internal.Rejected;
import dev.datastudio.core.dataset.internal.RowImport;
import dev.datastudio.core.dataset.internal.RowReader;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.Kaggle;
import dev.datastudio.core.fetch.KaggleRef;
import dev.datastudio.core.usage.UsageGate;
import dev.datastudio.core.workspace.StateDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The data sets of one caller: brings data in, finds it again, gives its rows out. What belongs to another tenant or
 * user is not there for this one.
 *
 * <p>The imports of one name are versions 1, 2, 3 and so on of one series; each keeps its id and its rows until it is
 * deleted, so that an old answer can be computed again. An import is all or nothing, and done once: the bytes
 * that the newest version of the name has been made from, with the same options, give that version; anything else makes
 * the next one, also the content of an older version. A newest version whose stored rows were damaged is built again
 * under its old id. The original is copied and never changed.
 * Thread-safe.
 */
public final class Datasets {
    private static final int MAX_PREVIEW = 1_000;

    private final Caller caller;
    private final Catalogue catalogue;
    private final Importer importer;
    private final RowImport rowImport;
    private final QueryImport queryImport;
    private final FetchImport fetchImport;
    private final List<Consumer<Dataset>> deletions;
    private final ImportWatch watch;

    private Datasets(
            Caller caller,
            Catalogue catalogue,
            Importer importer,
            List<Consumer<Dataset>> deletions,
            ImportWatch watch) {
        this.caller = caller;
        this.catalogue = catalogue;
        this.importer = importer;
        this.rowImport = new RowImport(importer);
        this.queryImport = new QueryImport(importer);
        this.fetchImport = new FetchImport(importer, watch);
        this.deletions = deletions;
        this.watch = watch;
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
        Importer importer = new Importer(catalogue, root, clock);
        return new Datasets(
                Objects.requireNonNull(caller, "caller"),
                catalogue,
                importer,
                new CopyOnWriteArrayList<>(),
                new ImportWatch(clock));
    }

    /**
     * Checks the name of a data set, before its rows are there.
     *
     * @return the same
     * @throws StudioException with {@link ErrorCode#INVALID_NAME} when no data set can be called so
     */
    public static String requireName(String name) {
        return Importer.name(name);
    }

    /**
     * What the original is called among the files of a data set: {@code data.csv}, or with another ending that says what
     * it is.
     *
     * @param name of the data set, usually that of a file
     */
    public static String originalName(String name) {
        return Importer.originalName(name);
    }

    /** The data sets of another caller of the same workspace. */
    public Datasets as(Caller caller) {
        return new Datasets(Objects.requireNonNull(caller, "caller"), catalogue, importer, deletions, watch);
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
     * Imports a CSV, TSV, JSON, Parquet or Excel file, text also gzipped. Blocks until it is stored.
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
        Objects.requireNonNull(file, "file");
        String name = options.name().isEmpty() ? String.valueOf(file.getFileName()) : options.name();
        long bytes = Math.max(0, file.toFile().length()); // 0 when it is not there, which the import tells of
        Activity activity = watch.activity(caller, name, Origin.FILE);
        return watch.importing(activity, bytes, budget -> importer.importFile(caller, file, options));
    }

    /**
     * As {@link #importFile(Path, ImportOptions)}, of a copy of something that came from elsewhere.
     *
     * @param origin what is kept as where the data set came from
     */
    public Dataset importFile(Path file, ImportOptions options, Origin origin) {
        Objects.requireNonNull(origin, "origin");
        String name = options.name().isEmpty() ? String.valueOf(file.getFileName()) : options.name();
        long bytes = Math.max(0, file.toFile().length()); // 0 when it is not there, which the import tells of
        Activity activity = watch.activity(caller, name, origin.kind());
        return watch.importing(activity, bytes, budget -> importer.importFile(caller, file, options, origin));
    }

    /**
     * Reads a whole file as an import would, and keeps nothing. Blocks as long as the import would.
     *
     * @param rows how many of the first rows are given at most, 0 to 1,000
     * @throws StudioException as {@link #importFile(Path, ImportOptions)}
     */
    public ImportPreview preview(Path file, ImportOptions options, int rows) {
        if (rows < 0 || rows > MAX_PREVIEW) {
            throw new IllegalArgumentException("rows must be in 0.." + MAX_PREVIEW + ", was " + rows);
        }
        return importer.preview(caller, Objects.requireNonNull(file, "file"), options, rows);
    }

    /** As {@link #importUrl(URI, Fetch, ImportOptions)}, from public addresses only and with defaults. */
    public Dataset importUrl(URI uri) {
        return importUrl(uri, Fetch.DEFAULT, ImportOptions.DEFAULT);
    }

    /**
     * Fetches a file from the web and imports it. Its name is what the server calls it, unless the options say another.
     * Blocks until it is stored.
     *
     * @throws StudioException with URL_REFUSED, URL_UNREACHABLE or LIMIT_EXCEEDED as {@link Fetch#download}, otherwise as
     *     for a file
     */
    public Dataset importUrl(URI uri, Fetch fetch, ImportOptions options) {
        return fetchImport.ofUrl(caller, uri, fetch, options);
    }

    /**
     * Downloads a data set of kaggle.com, or one file of it, and imports each file. A name in the options is used when
     * there is one file only. Files that were imported before another one failed stay.
     *
     * @return in the order of the archive, at least one
     * @throws StudioException as {@link Kaggle#download}, otherwise as for a file
     */
    public List<Dataset> importKaggle(Kaggle kaggle, KaggleRef ref, ImportOptions options) {
        return fetchImport.ofKaggle(caller, kaggle, ref, options);
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
        return store(ImportTarget.named(name), JavaRows.ofRecords(records.iterator()));
    }

    /** As {@link #importRecords(String, Iterable)}; reads the stream and leaves closing it to the caller. */
    public Dataset importRecords(String name, Stream<? extends Record> records) {
        return store(ImportTarget.named(name), JavaRows.ofRecords(records.iterator()));
    }

    /**
     * Stores rows given as maps, a column for each key in the order of first appearance. A column gets the narrowest
     * type that holds all its values; a key that a map lacks is a missing value. Otherwise as for records.
     *
     * @param rows gone through twice
     */
    public Dataset importMaps(String name, Collection<? extends Map<String, ?>> rows) {
        return store(ImportTarget.named(name), JavaRows.ofMaps(rows));
    }

    /**
     * Stores the rest of a query's result. Blocks until the last row is read; the result stays open.
     *
     * @throws SQLException if the result can't be described
     */
    public Dataset importResultSet(String name, ResultSet result) throws SQLException {
        return importRows(ImportTarget.named(name), RowSource.of(result));
    }

    /**
     * As {@link #importResultSet(String, ResultSet)}, with origin, limit, progress and cancellation.
     *
     * @throws SQLException if the result can't be described or read
     */
    public Dataset importResultSet(ImportTarget target, ResultSet result) throws SQLException {
        return importRows(target, RowSource.of(result));
    }

    /**
     * Runs a query of a program on a connection of its own and stores the result. The connection can't write for
     * the time and is closed; rows come in groups of some thousands.
     *
     * @param sql trusted: a statement that the program wrote
     * @throws SQLException if the database refuses it
     */
    public Dataset importQuery(ImportTarget target, DataSource database, String sql) throws SQLException {
        Objects.requireNonNull(target, "target");
        return ReadOnlyQuery.run(database, sql, target.cancellation(), rows -> importResultSet(target, rows));
    }

    /**
     * Stores rows that are read while they come, as the next version of the target's name; rows equal to those of the
     * newest version give that version. Memory does not grow with the rows. Blocks until the last row is read;
     * the source stays open.
     *
     * @throws SQLException what the source threw
     * @throws StudioException with {@link ErrorCode#FILE_HAS_NO_ROWS} when there is none,
     *     {@link ErrorCode#LIMIT_EXCEEDED} when there are more than the target takes,
     *     {@link ErrorCode#INVALID_ARGUMENT} when a value does not fit its column, {@link ErrorCode#CANCELLED},
     *     {@link ErrorCode#INVALID_NAME} or a {@code STORAGE_…} code; nothing of it stays
     */
    public Dataset importRows(ImportTarget target, RowSource rows) throws SQLException {
        Objects.requireNonNull(rows, "rows");
        Activity activity =
                watch.activity(caller, target.name(), target.origin().kind());
        return watch.importing(activity, 0, budget -> rowImport.run(caller, target, rows, budget));
    }

    private Dataset store(ImportTarget target, JavaRows rows) {
        try {
            return importRows(target, rows);
        } catch (SQLException e) {
            throw new IllegalStateException("Rows of Java objects don't fail so", e);
        }
    }

    /**
     * Stores what a query makes of a version, inside the database and without moving its rows through Java. The query
     * is trusted: it is for statements that a program wrote, never for those of a user or a model.
     *
     * @param from what the query reads, as the table {@code source}
     * @param sql a SELECT of DuckDB
     * @param parameters values for its question marks, in order; Boolean, Number, text, dates and times or null
     * @throws StudioException with {@link ErrorCode#SQL_INVALID} when the query fails, otherwise as for rows
     */
    public Dataset importQuery(
            ImportTarget target, Dataset from, String sql, List<? extends @Nullable Object> parameters) {
        Path file = file(from);
        Activity activity =
                watch.activity(caller, target.name(), target.origin().kind()).with("from", from.id());
        return watch.importing(
                activity, 0, budget -> queryImport.run(caller, target, from, file, sql, parameters, budget));
    }

    /**
     * The rows in order, read while the stream goes on; close it. Values are Boolean, Long, Double, BigDecimal,
     * LocalDate, LocalDateTime, LocalTime, String or null, by column name in the order of the columns.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's
     */
    public Stream<Map<String, @Nullable Object>> rows(Dataset dataset) {
        return RowReader.maps(file(dataset), dataset);
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

    /** Who in this caller's tenant has data sets, by name: for what is done for all of it, as when it goes. */
    public List<Caller> owners() {
        return catalogue.owners(caller.tenant());
    }

    /** Every version of everything that was imported, the newest first. */
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

    /** The newest version of a name. */
    public Optional<Dataset> find(String name) {
        return catalogue.findByName(caller, name);
    }

    /**
     * All versions of a name, the newest first; empty when there is none. A version that was deleted leaves a gap; its
     * number is given again only when it was the highest.
     */
    public List<Dataset> versions(String name) {
        return catalogue.versions(caller, name);
    }

    /**
     * What became of the rows of the file that a version was imported from.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's
     */
    public ImportReport report(Dataset dataset) {
        requireOwn(dataset);
        Rejected rejected = catalogue.rejected(dataset);
        return new ImportReport(dataset.rowCount(), rejected.count(), rejected.first());
    }

    /**
     * The file of all rows that an import left out: CSV with the columns line, reason, raw; empty when it left out
     * none. The raw text is that of the file, so a spreadsheet program may take it for formulas.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's
     */
    public Optional<Path> rejectedFile(Dataset dataset) {
        requireOwn(dataset);
        return Optional.of(importer.folder(dataset).resolve(Rejected.FILE)).filter(Files::isRegularFile);
    }

    /**
     * Deletes a data set and the files of its upload.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when this caller has none of that id
     */
    public void delete(DatasetId id) {
        watch.telling(
                Activity.of(caller, "dataset.delete").about(id),
                () -> {
                    Dataset dataset = get(id);
                    if (!importer.delete(caller, id)) {
                        throw notFound(id);
                    }
                    deletions.forEach(listener -> listener.accept(dataset));
                    return dataset;
                },
                (activity, dataset) -> activity.with("name", dataset.name()));
    }

    /** Has somebody told of imports and deletions here, in place of who was told before. */
    public void tell(ActivityListener listener) {
        watch.tell(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Has a gate let imports through, in place of the one before. Asked for the bytes of a file before it is read. Where
     * they are not known it is asked while they come, and the import ends, leaving nothing, when they are too many: the
     * bytes of a download, of rows the characters of texts and 8 bytes for each other value, of what a query makes the
     * stored file. What was there already costs nothing.
     */
    public void limit(UsageGate gate) {
        watch.limit(Objects.requireNonNull(gate, "gate"));
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
