package dev.datastudio.core.upload;

import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.FetchOptions;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.source.TableName;
import dev.datastudio.core.upload.internal.ImportJobJson;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Imports in the background, with progress and a way to cancel them: of files that were uploaded, of addresses on the
 * web, of tables and queries of databases. The result of each is {@code {"type":"dataset","id":"…"}}. Thread-safe.
 */
public final class ImportJobs {
    /** The type of jobs that import an upload. */
    public static final String FILE = "dataset.import";

    /** The type of jobs that import from an address. */
    public static final String URL = "dataset.import-url";

    /** The type of jobs that fetch a file of the web, to be looked at before it is imported. */
    public static final String FETCH = "upload.fetch";

    /** The type of jobs that import from a database. */
    public static final String SOURCE = "source.import";

    private static final String NAME = "name";
    private static final String PLACE = "url";
    private static final String SEALED = "sealed";
    private static final String PURPOSE = "import/url";

    private final JobQueue jobs;
    private final Uploads uploads;
    private final Datasets datasets;
    private final Supplier<Sources> sources;
    private final Fetch fetch;
    private final Supplier<SecretVault> vault;

    private ImportJobs(
            JobQueue jobs,
            Uploads uploads,
            Datasets datasets,
            Supplier<Sources> sources,
            Fetch fetch,
            Supplier<SecretVault> vault) {
        this.jobs = Objects.requireNonNull(jobs, "jobs");
        this.uploads = Objects.requireNonNull(uploads, "uploads");
        this.datasets = Objects.requireNonNull(datasets, "datasets");
        this.sources = Objects.requireNonNull(sources, "sources");
        this.fetch = Objects.requireNonNull(fetch, "fetch");
        this.vault = Objects.requireNonNull(vault, "vault");
    }

    /**
     * Has this process do the imports of a queue, whoever of the workspace asked for them; each job sees what is its
     * owner's only.
     *
     * @param sources gives the databases, when the first import from one begins
     * @param fetch reaches the addresses
     * @param vault seals the addresses, which may hold keys and signatures, as long as their jobs are kept
     * @throws IllegalStateException if the queue has a handler for one of the types already
     */
    public static ImportJobs register(
            JobQueue jobs,
            Uploads uploads,
            Datasets datasets,
            Supplier<Sources> sources,
            Fetch fetch,
            Supplier<SecretVault> vault) {
        ImportJobs registered = new ImportJobs(jobs, uploads, datasets, sources, fetch, vault);
        jobs.handle(FILE, registered::importFile);
        jobs.handle(URL, registered::importUrl);
        jobs.handle(FETCH, registered::fetch);
        jobs.handle(SOURCE, registered::importSource);
        return registered;
    }

    /**
     * Imports a file that was uploaded.
     *
     * @throws StudioException with {@link ErrorCode#FILE_NOT_FOUND} when this caller has no file of that id,
     *     {@link ErrorCode#QUOTA_EXCEEDED} when too many jobs wait
     */
    public JobId file(Caller caller, String upload) {
        return file(caller, upload, ImportOptions.DEFAULT);
    }

    /**
     * As {@link #file(Caller, String)}.
     *
     * @param options of which the name, the types and how many rows may be left out are used
     */
    public JobId file(Caller caller, String upload, ImportOptions options) {
        requireName(options.name());
        if (uploads.find(caller, upload).isEmpty()) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "There is no file " + StudioException.quote(upload),
                    "Use the id of a file that you sent");
        }
        return jobs.submit(
                caller, JobRequest.of(FILE, ImportJobJson.file(upload, options)).withRetry(RetryPolicy.NONE));
    }

    /**
     * Fetches a file of the web and imports nothing: the result is {@code {"type":"upload","id":"f_…"}}, to be looked at
     * with {@link Uploads#preview} and imported with {@link #file(Caller, String, ImportOptions)}, or left alone.
     *
     * @throws StudioException with {@link ErrorCode#QUOTA_EXCEEDED} when too many jobs wait; whether the address may be
     *     reached is found out by the job
     */
    public JobId fetch(Caller caller, URI uri) {
        return jobs.submit(caller, JobRequest.of(FETCH, ImportJobJson.payload(sealed(caller, uri))));
    }

    /**
     * Imports a file of the web.
     *
     * @param name what the data set is called; empty for the file's name
     * @throws StudioException with {@link ErrorCode#INVALID_NAME}, {@link ErrorCode#QUOTA_EXCEEDED}; whether the address
     *     may be reached is found out by the job
     */
    public JobId url(Caller caller, URI uri, String name) {
        requireName(name);
        Map<String, String> payload = new TreeMap<>(sealed(caller, uri));
        payload.put(NAME, name);
        return jobs.submit(caller, JobRequest.of(URL, ImportJobJson.payload(payload)));
    }

    /**
     * Imports a table or view of a database.
     *
     * @param name what the data set is called
     * @throws StudioException with {@link ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#INVALID_NAME},
     *     {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public JobId table(Caller caller, SourceId source, TableName table, String name) {
        return source(caller, source, Map.of("schema", table.schema(), "table", table.name()), name);
    }

    /** Imports the rows of a statement that only reads, as {@link #table}. */
    public JobId query(Caller caller, SourceId source, String sql, String name) {
        return source(caller, source, Map.of("sql", sql), name);
    }

    private JobId source(Caller caller, SourceId source, Map<String, String> what, String name) {
        sources.get().as(caller).get(source);
        Map<String, String> payload = new TreeMap<>(what);
        payload.put("source", source.toString());
        payload.put(NAME, Datasets.requireName(name));
        return jobs.submit(caller, JobRequest.of(SOURCE, ImportJobJson.payload(payload)));
    }

    /** An address may hold a password or a key, and payloads are read by whoever may see the job. */
    private Map<String, String> sealed(Caller caller, URI uri) {
        String whole = vault.get().seal(caller.tenant(), PURPOSE, Secret.of(uri.toString()));
        return Map.of(PLACE, UrlGuard.printable(uri), SEALED, whole);
    }

    private URI address(JobContext job) {
        String sealed = ImportJobJson.text(job.payload(), SEALED);
        return URI.create(
                vault.get().open(job.caller().tenant(), PURPOSE, sealed).reveal());
    }

    private static void requireName(String name) {
        if (!name.isEmpty()) {
            Datasets.requireName(name);
        }
    }

    private static ImportOptions options(JobContext job, String name) {
        return ImportOptions.builder()
                .name(name)
                .progress(job.progress())
                .cancellation(job.cancellation())
                .build();
    }

    private String importFile(JobContext job) {
        String upload = ImportJobJson.text(job.payload(), "upload");
        ImportOptions options = ImportJobJson.options(job.payload())
                .progress(job.progress())
                .cancellation(job.cancellation())
                .build();
        return ImportJobJson.result(uploads.dataset(job.caller(), upload, options));
    }

    private String fetch(JobContext job) {
        FetchOptions limits = FetchOptions.DEFAULT.reportingTo(job.progress()).stoppedBy(job.cancellation());
        return ImportJobJson.result(uploads.fetch(job.caller(), address(job), fetch, limits));
    }

    private String importUrl(JobContext job) {
        ImportOptions options = options(job, ImportJobJson.textOrEmpty(job.payload(), NAME));
        return ImportJobJson.result(datasets.as(job.caller()).importUrl(address(job), fetch, options));
    }

    private String importSource(JobContext job) {
        String payload = job.payload();
        SourceId source = SourceId.parse(ImportJobJson.text(payload, "source"));
        ImportTarget target = ImportTarget.named(ImportJobJson.text(payload, NAME))
                .from(Origin.of(Origin.DATABASE, ""))
                .reportingTo(job.progress())
                .stoppedBy(job.cancellation());
        Sources own = sources.get().as(job.caller());
        String sql = ImportJobJson.textOrEmpty(payload, "sql");
        return ImportJobJson.result(
                sql.isBlank()
                        ? own.importTable(
                                source,
                                new TableName(
                                        ImportJobJson.textOrEmpty(payload, "schema"),
                                        ImportJobJson.text(payload, "table")),
                                target)
                        : own.importQuery(source, sql, target));
    }
}
