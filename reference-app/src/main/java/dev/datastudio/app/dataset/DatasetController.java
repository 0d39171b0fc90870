package dev.datastudio.app.dataset;

import dev.datastudio.agents.dependant.Dependant;
import dev.datastudio.agents.dependant.Dependants;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.dataset.DatasetView.Details;
import dev.datastudio.app.dependant.DependantGroup;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.question.FileLinks;
import dev.datastudio.app.web.Body;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.export.ExportFormat;
import dev.datastudio.core.export.ExportOptions;
import dev.datastudio.core.export.ExportResult;
import dev.datastudio.core.upload.Upload;
import dev.datastudio.ml.registry.Models;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The caller's data sets. */
@RestController
@RequestMapping("/api/v1/datasets")
@Tag(name = "datasets")
class DatasetController {
    private static final int MAX_ROWS = 10_000;

    private final Studio studio;
    private final FileLinks links;

    DatasetController(Studio studio, FileLinks links) {
        this.studio = studio;
        this.links = links;
        studio.importJobs(); // so that this process does the imports that wait
    }

    @GetMapping
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "listDatasets", summary = "The newest version of each data set, the newest first")
    PageOf<DatasetView> list(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Map<String, Dataset> newest = new LinkedHashMap<>();
        for (Dataset dataset : studio.as(caller).datasets().list()) {
            newest.merge(dataset.name(), dataset, (one, other) -> one.version() > other.version() ? one : other);
        }
        PageOf<Dataset> page = new Paging(limit, after)
                .of(List.copyOf(newest.values()), dataset -> dataset.id().toString());
        return new PageOf<>(
                page.items().stream()
                        .map(dataset -> DatasetView.of(studio, dataset))
                        .toList(),
                page.next());
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(
            operationId = "importDataset",
            summary = "Imports a CSV, TSV, JSON, Parquet or Excel file, now or, with async, as a job")
    @ApiResponse(
            responseCode = "201",
            description = "The data set",
            content = @Content(schema = @Schema(implementation = DatasetView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "It is being imported",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    ResponseEntity<?> importFile(
            Caller caller,
            @RequestPart MultipartFile file,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") long maxRejectedRows,
            @RequestParam(defaultValue = "false") boolean async)
            throws IOException {
        String called = name.isBlank() ? String.valueOf(file.getOriginalFilename()) : name;
        try (InputStream content = file.getInputStream()) {
            Upload upload = studio.uploads().receive(caller, called, content);
            if (async) {
                return ResponseEntity.accepted()
                        .body(job(caller, studio.importJobs().file(caller, upload.id())));
            }
            ImportOptions options =
                    ImportOptions.builder().maxRejectedRows(maxRejectedRows).build();
            Dataset dataset = studio.uploads().dataset(caller, upload.id(), options);
            return ResponseEntity.status(HttpStatus.CREATED).body(DatasetView.of(studio, dataset));
        }
    }

    private JobView job(Caller caller, JobId id) {
        return JobView.of(studio.jobs().get(caller, id));
    }

    /**
     * A file of the web.
     *
     * @param url where it is
     * @param name what the data set is called; nothing for the file's name
     */
    @Schema(name = "UrlImport")
    record UrlImport(String url, Optional<String> name) {}

    @PostMapping("/url")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(operationId = "importUrl", summary = "Imports a file of the web, as a job")
    JobView importUrl(Caller caller, @RequestBody UrlImport request) {
        return job(
                caller,
                studio.importJobs()
                        .url(caller, uri(request.url()), request.name().orElse("")));
    }

    /** The address itself is not repeated, for it may hold a password or a key. */
    static URI uri(@Nullable String sent) {
        String url = Body.part(sent, "url");
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new StudioException(
                    ErrorCode.URL_REFUSED,
                    "The address is none: " + e.getReason() + " at character " + (e.getIndex() + 1),
                    "Use an address that begins with https:// or http://");
        }
    }

    @GetMapping("/{id}")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "getDataset", summary = "A version of a data set with its columns")
    Details get(Caller caller, @PathVariable UUID id) {
        return Details.of(studio, dataset(caller, id));
    }

    private Dataset dataset(Caller caller, UUID id) {
        return studio.as(caller).datasets().get(new DatasetId(id));
    }

    @GetMapping("/{id}/versions")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "listDatasetVersions", summary = "All versions of a data set, the newest first")
    List<DatasetView> versions(Caller caller, @PathVariable UUID id) {
        return studio.as(caller).datasets().versions(dataset(caller, id).name()).stream()
                .map(dataset -> DatasetView.of(studio, dataset))
                .toList();
    }

    @GetMapping("/{id}/rows")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "getRows", summary = "Some rows of a data set, in the order of its file")
    TableView rows(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") long offset,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MAX_ROWS || offset < 0) {
            throw new IllegalArgumentException(
                    "limit must be in 1.." + MAX_ROWS + " and offset at least 0, were " + limit + " and " + offset);
        }
        Dataset dataset = dataset(caller, id);
        String sql = "SELECT * FROM \"" + dataset.table() + "\" LIMIT " + limit + " OFFSET " + offset;
        Query query = new Query(sql, List.of(), QueryLimits.DEFAULT.withMaxRows(limit));
        return TableView.of(studio.as(caller).query(List.of(dataset), query, Cancellation.none()), dataset.rowCount());
    }

    @GetMapping(path = "/{id}/profile", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scopes.DATASET_GET)
    @Operation(
            operationId = "getProfile",
            summary = "Everything that is to be known of a data set: columns, distributions, associations, alerts")
    @ApiResponse(
            responseCode = "200",
            description = "The profile",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = "object",
                                            additionalProperties = Schema.AdditionalPropertiesValue.TRUE)))
    ResponseEntity<byte[]> profile(Caller caller, @PathVariable UUID id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(studio.as(caller).profileJson(dataset(caller, id), Cancellation.none()));
    }

    /**
     * A file that belongs to a data set.
     *
     * @param key where it lies
     * @param type what it is, as a media type
     * @param label its name
     * @param url where it is fetched from, for a while
     * @param bytes how large it is
     * @param createdAt when it was made
     */
    @Schema(name = "Artifact")
    record ArtifactView(String key, String type, String label, String url, long bytes, Instant createdAt) {}

    @GetMapping("/{id}/artifacts")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "listArtifacts", summary = "The charts and tables that answers left, with links to them")
    PageOf<ArtifactView> artifacts(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        ArtifactKey folder = new ArtifactKey(dataset(caller, id).upload());
        List<StoredArtifact> all = studio.artifacts().list(folder).stream()
                .filter(artifact ->
                        isShown(artifact.key().value().substring(folder.value().length() + 1)))
                .toList();
        PageOf<StoredArtifact> page = new Paging(limit, after)
                .of(
                        all,
                        artifact ->
                                FileLinks.withoutTenant(caller, artifact.key().value()));
        return new PageOf<>(
                page.items().stream()
                        .map(artifact -> new ArtifactView(
                                FileLinks.withoutTenant(caller, artifact.key().value()),
                                artifact.key().mediaType(),
                                artifact.key().fileName(),
                                links.read(caller, artifact.key()).toString(),
                                artifact.sizeBytes(),
                                artifact.storedAt()))
                        .toList(),
                page.next());
    }

    /** The data itself and what only this program reads is left out. */
    private static boolean isShown(String name) {
        return name.contains("/") && !name.startsWith("answers/");
    }

    @GetMapping("/{id}/dependants")
    @Needs(Scopes.DATASET_GET)
    @Operation(
            operationId = "listDatasetDependants",
            summary = "What rests on a version of a data set, or on all of them: what a deletion would take or break")
    List<DependantGroup> dependants(
            SignedIn person, @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean allVersions) {
        List<Dataset> versions = versions(person.caller(), id, allVersions);
        List<Dependant> found =
                new ArrayList<>(Dependants.of(studio).as(person.caller()).ofDatasets(versions));
        Set<String> ids =
                versions.stream().map(version -> version.id().toString()).collect(Collectors.toSet());
        Models.of(studio).as(person.caller()).list().stream()
                .filter(model -> model.learntFrom()
                        .filter(data -> ids.contains(data.id()))
                        .isPresent())
                .forEach(model -> found.add(
                        new Dependant(Dependant.Kind.TRAINED_MODEL, model.id(), model.name(), Dependant.Fate.LEFT)));
        return DependantGroup.of(person, found);
    }

    private List<Dataset> versions(Caller caller, UUID id, boolean all) {
        Dataset dataset = dataset(caller, id);
        return all ? studio.as(caller).datasets().versions(dataset.name()) : List.of(dataset);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(
            operationId = "deleteDataset",
            summary = "Deletes a version of a data set, or all of them, and all that was made of it")
    void delete(Caller caller, @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean allVersions) {
        versions(caller, id, allVersions)
                .forEach(version -> studio.as(caller).datasets().delete(version.id()));
    }

    @GetMapping(path = "/{id}/export", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "exportDataset", summary = "The rows as csv, tsv, json, jsonl, xlsx or parquet")
    void export(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "csv") String format,
            HttpServletResponse response)
            throws IOException {
        Dataset dataset = dataset(caller, id);
        ExportFormat wanted = ExportFormat.of(Path.of("data." + format.toLowerCase(Locale.ROOT)));
        Path file = studio.temporaryFolder().resolve("export-" + UUID.randomUUID());
        try {
            ExportResult result = studio.as(caller).exports().export(dataset, file, ExportOptions.of(wanted));
            String name = dataset.name().replaceFirst("\\.[A-Za-z0-9]{1,8}$", "") + "." + wanted.extension();
            try (InputStream content = Files.newInputStream(file)) {
                Downloads.send(response, name, wanted.contentType(), result.bytes(), content);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @GetMapping(path = "/{id}/rejected", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "getRejectedRows", summary = "The rows of the file that could not be read, as CSV")
    void rejected(Caller caller, @PathVariable UUID id, HttpServletResponse response) throws IOException {
        Dataset dataset = dataset(caller, id);
        Path file = studio.temporaryFolder().resolve("rejected-" + UUID.randomUUID());
        try {
            studio.as(caller).exports().exportRejected(dataset, file);
            try (InputStream content = Files.newInputStream(file)) {
                Downloads.send(
                        response,
                        dataset.name() + ".rejected.csv",
                        ExportFormat.CSV.contentType(),
                        Files.size(file),
                        content);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
