package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportPreview;
import dev.datastudio.core.dataset.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brings files into the workspace, each once. Thread-safe. */
public final class Importer {
    /** Part of each content hash; a higher number imports everything anew because values are read in another way. */
    private static final String READING = "reading 1";

    private static final int MAX_NAME_LENGTH = 200;
    private static final int LOCKS = 64;

    private final Catalogue catalogue;
    private final Path tenants;
    private final InstantSource clock;
    /** Imports of one name wait for each other, so that the second finds what the first made. */
    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    public Importer(Catalogue catalogue, Path tenants, InstantSource clock) {
        this.catalogue = catalogue;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** What is done with a folder that is gone afterwards. */
    public interface FolderWork<T> {
        T run(Path folder);
    }

    /** Lends a folder on the disk of the workspace; what a killed process leaves of it the next import clears away. */
    public <T> T withFolder(Caller caller, FolderWork<T> work) {
        try (UploadFolder folder = UploadFolder.create(uploads(caller))) {
            return work.run(folder.scratch());
        }
    }

    /** Imports a file of this machine, or finds what was imported from it before. */
    public Dataset importFile(Caller caller, Path file, ImportOptions options) {
        return importFile(caller, file, options, Origin.of(Origin.FILE, String.valueOf(file.getFileName())));
    }

    /** What an import of a file would give; nothing of it stays. */
    public ImportPreview preview(Caller caller, Path file, ImportOptions options, int rows) {
        Path source = file.toAbsolutePath().normalize();
        requireFile(source);
        String name = name(options.name().isEmpty() ? String.valueOf(source.getFileName()) : options.name());
        try (UploadFolder folder = UploadFolder.create(uploads(caller))) {
            SourceCopy copy = SourceCopy.copy(
                    source, folder.resolve(originalName(name)), options.progress(), options.cancellation());
            ImportedTable table = new FileImport(folder, name, options).run(folder.resolve(originalName(name)), copy);
            return new ImportPreview(
                    table.columns(),
                    RowReader.first(folder.resolve(TableFile.NAME), table.columns(), table.rowCount(), rows),
                    new ImportReport(
                            table.rowCount(),
                            table.rejected().count(),
                            table.rejected().first()),
                    table.warnings());
        }
    }

    /** Imports a file that came from somewhere. */
    public Dataset importFile(Caller caller, Path file, ImportOptions options, Origin origin) {
        Path source = file.toAbsolutePath().normalize();
        requireFile(source);
        String name = name(options.name().isEmpty() ? String.valueOf(source.getFileName()) : options.name());
        requireTable(options.table());
        return locked(caller, name, () -> importLocked(caller, source, name, options, origin));
    }

    /** What makes a data set while imports of its name wait. */
    interface Work {
        Dataset run();
    }

    Dataset locked(Caller caller, String name, Work work) {
        ReentrantLock lock = locks[Math.floorMod((caller + name).hashCode(), LOCKS)];
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    private Dataset importLocked(Caller caller, Path source, String name, ImportOptions options, Origin origin) {
        Instant began = clock.instant();
        SourceStamp stamp = SourceStamp.of(source);
        String meaning = ContentHash.of(options.meaning() + "|" + options.table() + "|" + READING);
        // A fetched copy has no path that anybody could import again.
        Catalogue.Source seen = origin.kind().equals(Origin.FILE)
                ? source(source, stamp, meaning, began)
                : new Catalogue.Source("", stamp.size(), "");
        Optional<Dataset> unchanged = catalogue.findBySource(caller, name, seen);
        if (unchanged.isPresent() && isStored(unchanged.get())) {
            return unchanged.get();
        }
        if (stamp.size() == 0) {
            throw new StudioException(
                    ErrorCode.FILE_EMPTY,
                    "The file " + StudioException.quote(name) + " is empty",
                    "Import a file with a header and rows");
        }
        if (catalogue.findByName(caller, name).isPresent()) {
            Optional<Dataset> known = known(caller, name, contentHash(hash(source, options), meaning), seen);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return store(caller, source, name, options, meaning, origin, seen);
    }

    /** What a caller has of a name and a content, with its rows still there. */
    private Optional<Dataset> stored(Caller caller, String name, String contentHash) {
        return catalogue.findByContent(caller, name, contentHash).filter(this::isStored);
    }

    private static Catalogue.Source source(Path path, SourceStamp stamp, String meaning, Instant readAt) {
        long nanos = TimeUnit.SECONDS.toNanos(readAt.getEpochSecond()) + readAt.getNano();
        return new Catalogue.Source(
                path.toString(), stamp.size(), stamp.isProof(nanos) ? stamp.text() + "/" + meaning : "");
    }

    private Optional<Dataset> known(Caller caller, String name, String contentHash, Catalogue.Source seen) {
        Optional<Dataset> known = stored(caller, name, contentHash);
        known.ifPresent(dataset -> noteSource(dataset, seen));
        return known;
    }

    private Dataset store(
            Caller caller,
            Path source,
            String name,
            ImportOptions options,
            String meaning,
            Origin origin,
            Catalogue.Source seen) {
        try (UploadFolder folder = UploadFolder.create(uploads(caller), options.upload())) {
            Path original = folder.resolve(originalName(name));
            SourceCopy copy = SourceCopy.copy(source, original, options.progress(), options.cancellation());
            // The copy is hashed while the database loads it: the same bytes, whatever becomes of the source.
            try (ContentHash hash = ContentHash.start(original)) {
                ImportedTable table = new FileImport(folder, name, options).run(original, copy);
                options.cancellation().throwIfCancelled();
                String contentHash = contentHash(await(hash, original), meaning);
                return publish(
                        caller,
                        folder,
                        new Draft(name, options.table(), contentHash, origin, table, table.rejected(), seen));
            }
        }
    }

    private static String hash(Path source, ImportOptions options) {
        try {
            return ContentHash.of(source, options.cancellation());
        } catch (IOException e) {
            throw SourceCopy.notReadable(source, e);
        }
    }

    private static String await(ContentHash hash, Path file) {
        try {
            return hash.await();
        } catch (IOException e) {
            throw SourceCopy.notReadable(file, e);
        }
    }

    /** Makes a version of a draft, or finds the one that has its content. */
    Dataset publish(Caller caller, UploadFolder folder, Draft draft) {
        return publish(caller, folder, draft, () -> {});
    }

    /** As {@link #publish(Caller, UploadFolder, Draft)}, when nothing that is thrown stands against a new version. */
    Dataset publish(Caller caller, UploadFolder folder, Draft draft, Runnable admission) {
        Optional<Dataset> same = catalogue.findByContent(caller, draft.name(), draft.contentHash());
        if (same.isPresent()) {
            Dataset known = isStored(same.get()) ? same.get() : rebuild(same.get(), folder);
            noteSource(known, draft.source());
            return known;
        }
        admission.run();
        Instant importedAt = clock.instant();
        Dataset dataset = new Dataset(
                DatasetId.random(),
                caller,
                draft.name(),
                1, // the catalogue numbers versions
                draft.origin(),
                draft.wantedTable().isEmpty() ? table(caller, draft.name()) : draft.wantedTable(),
                draft.contentHash(),
                draft.table().rowCount(),
                draft.table().columns(),
                draft.table().warnings(),
                importedAt,
                upload(caller, folder));
        TableCheck.seal(folder.resolve(TableFile.NAME), importedAt);
        folder.publish();
        boolean kept = false;
        try {
            Dataset stored = catalogue.add(dataset, draft.rejected(), draft.source());
            kept = stored.id().equals(dataset.id());
            return stored;
        } finally {
            if (!kept) {
                folder.retract(); // another process was first, or the catalogue could not be written
            }
        }
    }

    /** A version whose files were lost or damaged goes on with new ones; what was answered from it stays true. */
    private Dataset rebuild(Dataset damaged, UploadFolder folder) {
        Instant importedAt = clock.instant();
        TableCheck.seal(folder.resolve(TableFile.NAME), importedAt);
        folder.publish();
        boolean kept = false;
        try {
            kept = catalogue.replaceFiles(damaged, upload(damaged.owner(), folder), importedAt);
        } finally {
            if (!kept) {
                folder.retract();
            }
        }
        UploadFolder.delete(folder(damaged));
        return catalogue
                .find(damaged.owner(), damaged.id())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.DATASET_NOT_FOUND,
                        "The data set " + StudioException.quote(damaged.name()) + " was deleted while it was imported",
                        "Import it again"));
    }

    private void noteSource(Dataset dataset, Catalogue.Source seen) {
        if (!seen.stamp().isEmpty()) {
            catalogue.noteSource(dataset, seen);
        }
    }

    private static String upload(Caller caller, UploadFolder folder) {
        return caller.tenant() + "/" + caller.user() + "/uploads/" + folder.id();
    }

    /** The table name of the versions before, or one that no data set of another name has. */
    private String table(Caller caller, String name) {
        Optional<Dataset> before = catalogue.findByName(caller, name);
        if (before.isPresent()) {
            return before.get().table();
        }
        Set<String> taken = catalogue.list(caller).stream()
                .map(d -> d.table().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String wanted = TableNames.from(name);
        String table = wanted;
        for (int n = 2; taken.contains(table.toLowerCase(Locale.ROOT)); n++) {
            table = wanted + "_" + n;
        }
        return table;
    }

    Path uploads(Caller caller) {
        return tenants.resolve(caller.tenant()).resolve(caller.user()).resolve("uploads");
    }

    /** The folder of a data set's files. */
    public Path folder(Dataset dataset) {
        return tenants.resolve(dataset.upload());
    }

    /** The DuckDB file of a data set. */
    public Path tableFile(Dataset dataset) {
        return folder(dataset).resolve(TableFile.NAME);
    }

    /** Takes a data set out of the catalogue, then its files away. */
    public boolean delete(Caller caller, DatasetId id) {
        Optional<Dataset> dataset = catalogue.find(caller, id);
        if (dataset.isEmpty() || !catalogue.remove(caller, id)) {
            return false;
        }
        UploadFolder.delete(folder(dataset.get()));
        return true;
    }

    private boolean isStored(Dataset dataset) {
        return TableCheck.isWhole(tableFile(dataset), dataset);
    }

    private static void requireFile(Path source) {
        if (Files.isDirectory(source)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The path " + StudioException.quote(source) + " is a folder",
                    "Name a file in it");
        }
        if (Files.exists(source) && !Files.isRegularFile(source)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The path " + StudioException.quote(source) + " is not a regular file",
                    "Save its content to a file first");
        }
    }

    /** Checks the name of a data set. */
    public static String name(String wanted) {
        boolean control = wanted.chars().anyMatch(Character::isISOControl);
        if (wanted.isBlank() || wanted.length() > MAX_NAME_LENGTH || control || wanted.matches(".*[/\\\\].*")) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "The name " + StudioException.quote(wanted) + " can't be that of a data set",
                    "Use 1 to " + MAX_NAME_LENGTH + " characters without slashes and control characters");
        }
        return wanted;
    }

    private static void requireTable(String table) {
        if (!table.isEmpty() && !TableNames.isSafe(table)) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "The table name " + StudioException.quote(table) + " needs quotes in SQL",
                    "Use letters, digits and '_', a letter first, and no word of SQL");
        }
    }

    /** What the original of a data set is called among its files. */
    public static String originalName(String name) {
        return "data" + extension(name);
    }

    /** Only an extension that says what the bytes are; the name itself never becomes a path. */
    private static String extension(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String zip = lower.endsWith(".gz") ? ".gz" : "";
        String base = lower.substring(0, lower.length() - zip.length());
        int dot = base.lastIndexOf('.');
        String end = dot < 0 ? "" : base.substring(dot);
        return (end.matches("\\.(csv|tsv|txt|json|jsonl|ndjson|parquet|xlsx)") ? end : ".csv") + zip;
    }

    private static String contentHash(String sha256, String meaning) {
        return ContentHash.of(sha256 + "|" + meaning);
    }
}
