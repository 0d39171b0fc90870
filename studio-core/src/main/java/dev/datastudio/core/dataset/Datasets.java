package dev.datastudio.core.dataset;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.internal.Catalogue;
import dev.datastudio.core.dataset.internal.Importer;
import dev.datastudio.core.workspace.StateDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    private Datasets(Caller caller, Catalogue catalogue, Importer importer) {
        this.caller = caller;
        this.catalogue = catalogue;
        this.importer = importer;
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
        return new Datasets(Objects.requireNonNull(caller, "caller"), catalogue, new Importer(catalogue, root, clock));
    }

    /** The data sets of another caller of the same workspace. */
    public Datasets as(Caller caller) {
        return new Datasets(Objects.requireNonNull(caller, "caller"), catalogue, importer);
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
        if (!importer.delete(caller, id)) {
            throw notFound(id);
        }
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
