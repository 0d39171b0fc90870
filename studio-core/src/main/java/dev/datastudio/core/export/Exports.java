package dev.datastudio.core.export;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.export.internal.ExportDatabase;
import dev.datastudio.core.export.internal.FinishedFile;
import dev.datastudio.core.export.internal.Written;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes data sets and the rows of queries as CSV, TSV, JSON, JSON lines, Parquet or Excel.
 *
 * <p>The file is written under another name beside its place and renamed when it is whole and flushed, so that a
 * failure or a cancellation leaves what was there. Memory does not grow with the rows. Thread-safe.
 */
public final class Exports {
    private static final List<String> REJECTED = List.of("line", "reason", "raw");

    private final Datasets datasets;
    private final Supplier<Path> scratch;
    private final ActivityListener listener;

    private Exports(Datasets datasets, Supplier<Path> scratch, ActivityListener listener) {
        this.datasets = datasets;
        this.scratch = scratch;
        this.listener = listener;
    }

    /**
     * Exports of the data sets of a caller.
     *
     * @param scratch gives a folder for what doesn't fit into memory
     */
    public static Exports of(Datasets datasets, Supplier<Path> scratch) {
        return new Exports(
                Objects.requireNonNull(datasets, "datasets"),
                Objects.requireNonNull(scratch, "scratch"),
                ActivityListener.NONE);
    }

    /** The same, with somebody told of each export. */
    public Exports telling(ActivityListener listener) {
        return new Exports(datasets, scratch, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Writes all rows of a data set in their order. Blocks until the file is whole.
     *
     * @param file where it goes, in a folder that is there
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's,
     *     {@link ErrorCode#INVALID_ARGUMENT} when the file is there and may not be replaced,
     *     {@link ErrorCode#LIMIT_EXCEEDED} when the rows, columns or a text don't fit the format, a {@code STORAGE_…}
     *     code, or {@link ErrorCode#CANCELLED}; what was there before stays
     */
    public ExportResult export(Dataset dataset, Path file, ExportOptions options) {
        return told(activity("dataset.export", file, options).about(dataset.id()), () -> {
            Path source = datasets.file(dataset);
            return write(file, options, (database, target) -> database.copyDataset(source, dataset, target));
        });
    }

    /**
     * Writes the rows of the file that an import left out, as CSV with the columns line, reason and raw; texts that a
     * spreadsheet would run are made harmless. Only the header when none was left out.
     *
     * @throws StudioException as {@link #export(Dataset, Path, ExportOptions)}
     */
    public ExportResult exportRejected(Dataset dataset, Path file) {
        ExportOptions options = ExportOptions.of(ExportFormat.CSV);
        return told(activity("dataset.export", file, options).about(dataset.id()), () -> {
            Optional<Path> source = datasets.rejectedFile(dataset);
            return write(file, options, (database, target) -> {
                if (source.isPresent()) {
                    return database.copyCsv(source.get(), REJECTED, target);
                }
                Files.writeString(target, String.join(",", REJECTED) + "\r\n");
                return new Written(0, List.of());
            });
        });
    }

    /**
     * Writes the rows that a query gives, in their order, as many as its limits say. The engine checks the statement as
     * it does every other. Blocks until the file is whole.
     *
     * @throws StudioException as for a data set, and as {@link QueryEngine#execute}
     */
    public ExportResult export(QueryEngine engine, Query query, Path file, ExportOptions options) {
        Activity activity = activity("query.export", file, options).with("sql", query.sql());
        return told(
                activity, () -> write(file, options, (database, target) -> database.copyQuery(engine, query, target)));
    }

    private Activity activity(String action, Path file, ExportOptions options) {
        return Activity.of(datasets.caller(), action)
                .with("file", String.valueOf(file.getFileName()))
                .with("format", options.format().name().toLowerCase(Locale.ROOT));
    }

    private ExportResult told(Activity activity, ActivityListener.Work<ExportResult, RuntimeException> work) {
        return listener.watching(activity, work, (begun, result) -> begun.with("rows", result.rows()));
    }

    private ExportResult write(Path file, ExportOptions options, Copy copy) {
        Path target = file.toAbsolutePath().normalize();
        if (options.existing() == ExportOptions.Existing.REFUSE && Files.exists(target)) {
            throw FinishedFile.exists(target);
        }
        try (FinishedFile finished = FinishedFile.beside(target);
                ExportDatabase database = ExportDatabase.open(scratch.get(), options)) {
            Written written = copy.into(database, finished.path());
            finished.moveTo(target, options.existing());
            return new ExportResult(target, written.rows(), finished.bytes(), written.notes());
        } catch (IOException e) {
            throw StorageErrors.writing("The export could not be written", target, e);
        }
    }

    @FunctionalInterface
    private interface Copy {
        Written into(ExportDatabase database, Path target) throws IOException;
    }
}
