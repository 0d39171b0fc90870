package dev.datastudio.app.dataset;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.SupportsExplain;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Rights;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.export.ExportFormat;
import dev.datastudio.core.export.ExportOptions;
import dev.datastudio.core.export.ExportResult;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.source.SourceId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Statements over data sets and databases; each only reads. */
@RestController
@RequestMapping("/api/v1/sql")
@Tag(name = "analysis")
@Needs(Scopes.DATASET_GET)
class SqlController {
    private static final int DEFAULT_ROWS = 1_000;
    private static final int MAX_ROWS = 10_000;

    private final Studio studio;
    private final RunningStatements running;

    SqlController(Studio studio, RunningStatements running) {
        this.studio = studio;
        this.running = running;
    }

    /**
     * A statement.
     *
     * @param datasetIds the data sets that are its tables, by the names of their tables
     * @param sourceId the database that runs it, in place of data sets
     * @param sql one statement that only reads
     * @param limit how many rows are sent, 1 to 10,000; 1,000 unless told
     * @param offset how many rows are left out before those; 0 unless told. The same rows come on the same page only
     *     where the statement says an order
     * @param run names it among those of the caller that run, so that it can be stopped
     */
    @Schema(name = "SqlRequest")
    record SqlRequest(
            Optional<List<UUID>> datasetIds,
            Optional<UUID> sourceId,
            String sql,
            Optional<Integer> limit,
            Optional<Long> offset,
            Optional<UUID> run) {}

    @PostMapping
    @Operation(operationId = "runSql", summary = "Runs one statement that only reads")
    TableView sql(SignedIn person, @RequestBody SqlRequest request) {
        int limit = request.limit().orElse(DEFAULT_ROWS);
        long offset = request.offset().orElse(0L);
        if (limit < 1 || limit > MAX_ROWS || offset < 0) {
            throw new IllegalArgumentException(
                    "limit must be in 1.." + MAX_ROWS + " and offset at least 0, were " + limit + " and " + offset);
        }
        QueryLimits limits = QueryLimits.DEFAULT.withMaxRows(limit);
        return over(
                person,
                request,
                engine -> running.run(
                        person.caller(),
                        request.run(),
                        cancellation -> page(engine, request.sql(), limits, offset, cancellation)));
    }

    private static TableView page(
            QueryEngine engine, String sql, QueryLimits limits, long offset, Cancellation cancellation) {
        if (offset == 0) {
            return TableView.of(engine.execute(new Query(sql, List.of(), limits), cancellation));
        }
        String rows = "SELECT * FROM (" + sql.strip().replaceFirst(";\\s*$", "") + "\n) AS pages";
        String page = rows + " LIMIT " + limits.maxRows() + " OFFSET " + offset;
        String count = "SELECT count(*) FROM (" + rows + "\n) AS counted";
        QueryResult counted = engine.execute(new Query(count, List.of(), limits), cancellation);
        Number total = (Number) Objects.requireNonNull(counted.rows().get(0).get(0), "a count");
        return TableView.of(engine.execute(new Query(page, List.of(), limits), cancellation), total.longValue());
    }

    /** The engine over what a request names, for as long as it is needed. */
    private <T> T over(SignedIn person, SqlRequest request, Function<QueryEngine, T> work) {
        studio.requireSqlExecutor();
        if (request.sql() == null || request.sql().isBlank()) {
            throw new StudioException(ErrorCode.SQL_INVALID, "There is no statement", "Send one SELECT as 'sql'");
        }
        Caller caller = person.caller();
        if (request.sourceId().isPresent()) {
            Rights.require(person, Scopes.SOURCE_GET);
            try (QueryEngine engine = studio.as(caller)
                    .sources()
                    .engine(new SourceId(request.sourceId().get()))) {
                return work.apply(engine);
            }
        }
        List<Dataset> tables = request.datasetIds().orElse(List.of()).stream()
                .map(id -> studio.as(caller).datasets().get(new DatasetId(id)))
                .toList();
        try (EngineLease lease = studio.as(caller).engine(tables)) {
            return work.apply(lease.engine());
        }
    }

    /**
     * Which statement is to stop.
     *
     * @param run as it was named when it was sent
     */
    @Schema(name = "SqlStop")
    record SqlStop(UUID run) {}

    @PostMapping("/cancel")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "stopSql", summary = "Stops a statement of yours; nothing happens when it has ended")
    void stop(Caller caller, @RequestBody SqlStop request) {
        if (request.run() == null) {
            throw new IllegalArgumentException("run must name a statement, was missing");
        }
        running.stop(caller, request.run());
    }

    /**
     * How a statement would be run.
     *
     * @param plan text of several lines, in the engine's own words
     */
    @Schema(name = "SqlPlan")
    record SqlPlan(String plan) {}

    @PostMapping("/explain")
    @Operation(operationId = "explainSql", summary = "Tells how a statement over data sets would be run")
    SqlPlan explain(SignedIn person, @RequestBody SqlRequest request) {
        return over(person, request, engine -> {
            if (engine instanceof SupportsExplain explaining) {
                return new SqlPlan(explaining.explain(new Query(request.sql(), List.of(), QueryLimits.DEFAULT)));
            }
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The engine " + StudioException.quote(engine.name()) + " does not tell its plans",
                    "Ask the database itself, or explain a statement over data sets");
        });
    }

    @PostMapping(path = "/export", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            operationId = "exportSql",
            summary =
                    "All rows of a statement as csv, tsv, json, jsonl, xlsx or parquet; limit and offset are not used")
    void export(
            SignedIn person,
            @RequestBody SqlRequest request,
            @RequestParam(defaultValue = "csv") String format,
            HttpServletResponse response)
            throws IOException {
        ExportFormat wanted = ExportFormat.of(Path.of("rows." + format.toLowerCase(Locale.ROOT)));
        Path file = studio.temporaryFolder().resolve("export-" + UUID.randomUUID());
        QueryLimits limits = QueryLimits.DEFAULT.withMaxRows(QueryLimits.NO_ROW_LIMIT);
        try {
            ExportResult result = over(
                    person,
                    request,
                    engine -> running.run(
                            person.caller(),
                            request.run(),
                            cancellation -> studio.as(person.caller())
                                    .exports()
                                    .export(
                                            engine,
                                            new Query(request.sql(), List.of(), limits),
                                            file,
                                            ExportOptions.of(wanted).cancelledBy(cancellation))));
            try (InputStream content = Files.newInputStream(file)) {
                Downloads.send(response, "rows." + wanted.extension(), wanted.contentType(), result.bytes(), content);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
