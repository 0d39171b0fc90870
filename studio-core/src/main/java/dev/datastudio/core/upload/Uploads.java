package dev.datastudio.core.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.artifact.SupportsLocalPath;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportPreview;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.FetchOptions;
import dev.datastudio.core.fetch.FetchedFile;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.upload.internal.UploadEntries;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files that are announced, then sent, and imported when they are first asked about. The bytes go straight into the
 * artifact store, through a {@linkplain dev.datastudio.core.link.SignedLinks signed link} or {@link #receive}. What was
 * sent and never imported goes after {@link #KEPT}. Only their owner has them. Thread-safe.
 */
public final class Uploads {
    /** How long a file waits for its import. */
    public static final Duration KEPT = Duration.ofDays(1);

    /** For so long another process's deletion of a data set may not be noticed. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** After so long one who asks looks again, while the others are given what is known. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    static final String INCOMING = "incoming";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 20;
    private static final long MAX_KNOWN = 10_000;
    private static final int LOCKS = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MetadataStore store;
    private final ArtifactStore artifacts;
    private final Datasets datasets;
    private final InstantSource clock;
    private final Supplier<Path> scratch;

    private record Asked(Caller caller, String id) {}

    /** What uploads became, so that asking again costs no look into the store. */
    @SuppressWarnings("NullAway") // the cache takes null for what is not there
    private final LoadingCache<Asked, Dataset> known = Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN)
            .expireAfterWrite(FRESH)
            .refreshAfterWrite(LOOK_AGAIN)
            .executor(Runnable::run)
            .build(this::lookedUp);

    private final Cache<Caller, Instant> swept =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    /** Who asks first about a file imports it, and the others wait. */
    private final Object[] importing =
            IntStream.range(0, LOCKS).mapToObj(number -> new Object()).toArray();

    private Uploads(
            MetadataStore store,
            ArtifactStore artifacts,
            Datasets datasets,
            InstantSource clock,
            Supplier<Path> scratch) {
        this.store = Objects.requireNonNull(store, "store");
        this.artifacts = Objects.requireNonNull(artifacts, "artifacts");
        this.datasets = Objects.requireNonNull(datasets, "datasets");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.scratch = Objects.requireNonNull(scratch, "scratch");
        datasets.onDelete(dataset -> known.asMap().values().removeIf(dataset::equals));
    }

    /**
     * Uploads that are kept in a store.
     *
     * @param artifacts takes their bytes
     * @param datasets what they become, for whichever caller
     * @param scratch gives a folder for files that the artifact store has elsewhere
     */
    public static Uploads in(
            MetadataStore store,
            ArtifactStore artifacts,
            Datasets datasets,
            InstantSource clock,
            Supplier<Path> scratch) {
        return new Uploads(store, artifacts, datasets, clock, scratch);
    }

    /**
     * Announces a file.
     *
     * @param name the file's name, which the data set gets
     * @throws StudioException with {@link ErrorCode#INVALID_NAME} when no data set can be called so
     */
    public Upload begin(Caller caller, String name) {
        return begin(caller, name, Origin.of(Origin.FILE, name));
    }

    private Upload begin(Caller caller, String name, Origin origin) {
        sweep(caller);
        Upload upload = new Upload(
                newId("f_"),
                caller,
                Datasets.requireName(name),
                newId("u_"),
                origin,
                Optional.empty(),
                clock.instant());
        store.apply(UploadEntries.put(upload));
        return upload;
    }

    /**
     * Announces a file and takes its bytes in. Blocks until they are stored.
     *
     * @param content is read to its end, and stays open
     */
    public Upload receive(Caller caller, String name, InputStream content) {
        return receive(caller, name, Origin.of(Origin.FILE, name), content);
    }

    /**
     * As {@link #receive(Caller, String, InputStream)}, of a file that comes from elsewhere.
     *
     * @param origin where the data set will be said to come from
     */
    public Upload receive(Caller caller, String name, Origin origin, InputStream content) {
        Upload upload = begin(caller, name, origin);
        artifacts.put(upload.incoming(), content);
        return upload;
    }

    /**
     * Fetches a file of the web. Blocks until it is stored; nothing stays when it fails.
     *
     * @throws StudioException as {@link Fetch#download(URI, Path, FetchOptions)}
     */
    public Upload fetch(Caller caller, URI uri, Fetch fetch, FetchOptions options) {
        FetchedFile file = fetch.download(uri, scratch.get(), options);
        try {
            try (InputStream content = Files.newInputStream(file.path())) {
                return receive(caller, file.name(), Origin.of(Origin.URL, UrlGuard.printable(uri)), content);
            } finally {
                Files.deleteIfExists(file.path());
            }
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The file " + StudioException.quote(file.name()) + " was fetched but could not be stored",
                    "Try again",
                    e);
        }
    }

    /**
     * What the data set of a file would be; nothing is imported. Blocks as long as the import would.
     *
     * @param rows how many of the first rows are given at most, 0 to 1,000
     * @throws StudioException with {@link ErrorCode#FILE_NOT_FOUND} when this caller has no file of that id, or it was
     *     not sent, or was imported already; otherwise as {@link Datasets#preview}
     */
    public ImportPreview preview(Caller caller, String id, ImportOptions options, int rows) {
        Upload upload =
                find(caller, id).filter(each -> each.dataset().isEmpty()).orElseThrow(() -> unknown(id));
        requireSent(upload);
        ImportOptions named = options.toBuilder().name(upload.name()).build();
        return onDisk(upload.incoming(), file -> datasets.as(caller).preview(file, named, rows));
    }

    /**
     * Takes back a file that was not imported; what it became stays.
     *
     * @return whether this caller had such a file
     */
    public boolean discard(Caller caller, String id) {
        synchronized (importing[lock(new Asked(caller, id))]) {
            Optional<Upload> waiting =
                    find(caller, id).filter(upload -> upload.dataset().isEmpty());
            waiting.ifPresent(upload -> {
                artifacts.delete(upload.incoming());
                store.apply(UploadEntries.delete(upload));
            });
            return waiting.isPresent();
        }
    }

    /**
     * Takes back all files of a caller that were not imported, and forgets those that were, as when a user goes; data sets
     * stay.
     *
     * @return how many there were
     */
    public long deleteAll(Caller caller) {
        artifacts.deleteAll(ArtifactKey.of(caller).resolve(INCOMING));
        return UploadEntries.deleteAll(store, caller);
    }

    /**
     * Takes back the files of everybody in a tenant that were announced before a time and not imported.
     *
     * @return how many there were
     */
    public long discardOlder(String tenant, Instant before) {
        return UploadEntries.all(store, tenant).stream()
                .filter(upload ->
                        upload.dataset().isEmpty() && upload.createdAt().isBefore(before))
                .filter(upload -> discard(upload.owner(), upload.id()))
                .count();
    }

    /**
     * Forgets the files that became a data set, when it was deleted.
     *
     * @return their ids
     */
    public Set<String> forget(Dataset deleted) {
        Set<String> ids = new HashSet<>();
        for (Upload upload : UploadEntries.of(store, deleted)) {
            store.apply(UploadEntries.delete(upload));
            ids.add(upload.id());
        }
        return ids;
    }

    private static int lock(Asked asked) {
        return Math.floorMod(asked.hashCode(), LOCKS);
    }

    /** The upload of an id, if this caller has it. */
    public Optional<Upload> find(Caller caller, String id) {
        return UploadEntries.find(store, caller, id);
    }

    /** As {@link #dataset(Caller, String, ImportOptions)}, finding everything out. */
    public Dataset dataset(Caller caller, String id) {
        return dataset(caller, id, ImportOptions.DEFAULT);
    }

    /**
     * The data set that a file is, imported now if it was not before.
     *
     * @param options how it is imported; its name, unless it has one here, is that of the file
     * @throws StudioException with {@link ErrorCode#FILE_NOT_FOUND} when this caller has no file of that id, or it was
     *     not sent, or its data set was deleted; otherwise as {@link Datasets#importFile(Path, ImportOptions)}: the file
     *     stays then, and the next one who asks is told the same
     */
    public Dataset dataset(Caller caller, String id, ImportOptions options) {
        Asked asked = new Asked(caller, id);
        Dataset before = known.getIfPresent(asked);
        if (before != null) {
            return before;
        }
        synchronized (importing[lock(asked)]) {
            Upload upload = find(caller, id).orElseThrow(() -> unknown(id));
            Dataset dataset = upload.dataset().isPresent() ? imported(upload) : importNow(upload, options);
            known.put(asked, dataset);
            return dataset;
        }
    }

    /** What an upload became; null when it is nothing, or no more. */
    private @Nullable Dataset lookedUp(Asked asked) {
        Upload upload = find(asked.caller(), asked.id()).orElse(null);
        if (upload == null || upload.dataset().isEmpty()) {
            return null;
        }
        try {
            return imported(upload);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.FILE_NOT_FOUND) {
                return null; // whoever asks next is told why
            }
            throw e;
        }
    }

    private Dataset imported(Upload upload) {
        try {
            return datasets.as(upload.owner()).get(upload.dataset().orElseThrow());
        } catch (StudioException e) {
            throw e.code() == ErrorCode.DATASET_NOT_FOUND ? unknown(upload.id()) : e;
        }
    }

    private Dataset importNow(Upload upload, ImportOptions options) {
        requireSent(upload);
        String name = options.name().isEmpty() ? upload.name() : options.name();
        ImportOptions named =
                options.toBuilder().name(name).upload(upload.folder()).build();
        Dataset dataset =
                onDisk(upload.incoming(), file -> datasets.as(upload.owner()).importFile(file, named, upload.origin()));
        store.apply(UploadEntries.put(new Upload(
                upload.id(),
                upload.owner(),
                upload.name(),
                upload.folder(),
                upload.origin(),
                Optional.of(dataset.id()),
                upload.createdAt())));
        artifacts.delete(upload.incoming());
        return dataset;
    }

    private void requireSent(Upload upload) {
        if (artifacts.find(upload.incoming()).isEmpty()) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "The file " + StudioException.quote(upload.id()) + " was not sent yet",
                    "PUT its bytes to the link that came with its id, then ask again");
        }
    }

    private interface FileWork<T> {
        T run(Path file);
    }

    private <T> T onDisk(ArtifactKey key, FileWork<T> work) {
        if (artifacts instanceof SupportsLocalPath local) {
            return work.run(local.localPath(key));
        }
        try (InputStream content = artifacts.open(key)) {
            Path copy = Files.createTempFile(scratch.get(), "upload", "." + key.fileName());
            try {
                Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
                return work.run(copy);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The file " + StudioException.quote(key) + " could not be read from its store",
                    "Try again",
                    e);
        }
    }

    /** Removes what a caller sent long ago and never asked about; looked for once an hour. */
    private void sweep(Caller caller) {
        Instant now = clock.instant();
        Instant last = swept.getIfPresent(caller);
        if (last != null && now.isBefore(last.plus(Duration.ofHours(1)))) {
            return;
        }
        swept.put(caller, now);
        for (StoredArtifact waiting : artifacts.list(ArtifactKey.of(caller).resolve(INCOMING))) {
            if (waiting.storedAt().isBefore(now.minus(KEPT))) {
                artifacts.delete(waiting.key());
            }
        }
    }

    private static String newId(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        RANDOM.ints(ID_LENGTH, 0, ALPHABET.length()).forEach(at -> id.append(ALPHABET.charAt(at)));
        return id.toString();
    }

    private static StudioException unknown(String id) {
        return new StudioException(
                ErrorCode.FILE_NOT_FOUND,
                "There is no file " + StudioException.quote(id),
                "Announce it with /upload, or use the id of a file that you sent");
    }
}
