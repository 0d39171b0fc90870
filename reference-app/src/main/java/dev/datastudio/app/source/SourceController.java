package dev.datastudio.app.source;

import dev.datastudio.agents.dependant.Dependants;
import dev.datastudio.agents.loader.LoadJobs;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.dependant.DependantGroup;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.source.SourceViews.CheckView;
import dev.datastudio.app.source.SourceViews.ImportRequest;
import dev.datastudio.app.source.SourceViews.SourceRequest;
import dev.datastudio.app.source.SourceViews.SourceTableView;
import dev.datastudio.app.source.SourceViews.SourceView;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.source.TableName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The databases of the caller's organisation. */
@RestController
@RequestMapping("/api/v1/sources")
@Tag(name = "sources")
class SourceController {
    private final Studio studio;

    SourceController(Studio studio) {
        this.studio = studio;
        LoadJobs.of(studio); // so that this process does the loads that wait
    }

    private Sources sources(Caller caller) {
        return studio.as(caller).sources();
    }

    @GetMapping
    @Needs(Scopes.SOURCE_GET)
    @Operation(operationId = "listSources", summary = "The databases of the organisation, the newest first")
    PageOf<SourceView> list(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        PageOf<Source> page = new Paging(limit, after)
                .of(sources(caller).list(), source -> source.id().toString());
        return new PageOf<>(page.items().stream().map(SourceView::of).toList(), page.next());
    }

    @PostMapping
    @Needs(Scopes.SOURCE_EDIT)
    @Operation(operationId = "createSource", summary = "Keeps how a database is reached; it is not connected yet")
    ResponseEntity<SourceView> create(Caller caller, @RequestBody SourceRequest request) {
        Source source = sources(caller).create(request.spec(), request.secret());
        return Revisions.created(SourceView.of(source), source.revision());
    }

    @GetMapping("/{id}")
    @Needs(Scopes.SOURCE_GET)
    @Operation(operationId = "getSource", summary = "A database")
    ResponseEntity<SourceView> get(Caller caller, @PathVariable UUID id) {
        Source source = sources(caller).get(new SourceId(id));
        return Revisions.answer(SourceView.of(source), source.revision());
    }

    @PutMapping("/{id}")
    @Needs(Scopes.SOURCE_EDIT)
    @Operation(
            operationId = "changeSource",
            summary = "Changes how a database is reached; another place needs the password again")
    ResponseEntity<SourceView> change(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            @RequestBody SourceRequest request) {
        Sources own = sources(caller);
        SourceId source = new SourceId(id);
        SourceSpec spec = request.spec(own.get(source).spec());
        long revision = Revisions.required(ifMatch);
        Source changed = request.password().isPresent()
                ? own.update(source, revision, spec, request.secret())
                : own.update(source, revision, spec);
        return Revisions.answer(SourceView.of(changed), changed.revision());
    }

    @GetMapping("/{id}/dependants")
    @Needs(Scopes.SOURCE_GET)
    @Operation(operationId = "listSourceDependants", summary = "What was imported from a database, or names it")
    List<DependantGroup> dependants(SignedIn person, @PathVariable UUID id) {
        Source source = sources(person.caller()).get(new SourceId(id));
        return DependantGroup.of(
                person, Dependants.of(studio).as(person.caller()).ofSource(source.id()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.SOURCE_EDIT)
    @Operation(operationId = "deleteSource", summary = "Forgets a database; what was imported from it stays")
    void delete(Caller caller, @PathVariable UUID id) {
        sources(caller).delete(new SourceId(id));
    }

    @PostMapping("/{id}/check")
    @Needs(Scopes.SOURCE_GET)
    @Operation(operationId = "checkSource", summary = "Connects once, and tells what the user may do there")
    CheckView check(Caller caller, @PathVariable UUID id) {
        long began = System.nanoTime();
        try {
            return CheckView.of(sources(caller).test(new SourceId(id)));
        } catch (StudioException e) {
            boolean isFinding = e.code() == ErrorCode.SOURCE_UNREACHABLE
                    || e.code() == ErrorCode.DEPENDENCY_MISSING
                    || e.code() == ErrorCode.URL_REFUSED
                    || e.code() == ErrorCode.PATH_REFUSED;
            if (!isFinding || e.code().type() == ErrorType.NOT_FOUND) {
                throw e;
            }
            return CheckView.of(e, (System.nanoTime() - began) / 1_000_000);
        }
    }

    @GetMapping("/{id}/tables")
    @Needs(Scopes.SOURCE_GET)
    @Operation(operationId = "listSourceTables", summary = "The tables and views of a database, with their columns")
    List<SourceTableView> tables(Caller caller, @PathVariable UUID id) {
        SourceId source = new SourceId(id);
        Map<TableRef, TableDoc> docs = TableDocs.of(studio.metadata(), caller).list(source).stream()
                .collect(Collectors.toMap(TableDoc::table, Function.identity()));
        return sources(caller).schema(source).tables().stream()
                .map(table -> {
                    TableDoc doc = docs.get(
                            new TableRef(source.toString(), table.name().toString()));
                    return SourceTableView.of(table, doc == null ? "" : doc.text());
                })
                .toList();
    }

    @PostMapping("/{id}/load")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.SOURCE_EDIT)
    @Operation(operationId = "loadSource", summary = "Describes the tables of a database and finds relations, as a job")
    JobView load(Caller caller, @PathVariable UUID id) {
        return job(caller, LoadJobs.of(studio).submit(caller, new SourceId(id)));
    }

    private JobView job(Caller caller, JobId id) {
        return JobView.of(studio.jobs().get(caller, id));
    }

    @PostMapping("/{id}/import")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(operationId = "importFromSource", summary = "Imports a table, or the rows of a statement, as a job")
    JobView importFrom(Caller caller, @PathVariable UUID id, @RequestBody ImportRequest request) {
        SourceId source = new SourceId(id);
        sources(caller).get(source);
        if (request.sql().isPresent() && !request.sql().get().isBlank()) {
            String name = request.name().orElse("");
            return job(
                    caller,
                    studio.importJobs().query(caller, source, request.sql().get(), name));
        }
        String table = request.table().orElse("");
        if (table.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Neither a table nor a statement is named",
                    "Send 'table', or 'sql' and 'name'");
        }
        int dot = table.indexOf('.');
        TableName named = new TableName(dot < 0 ? "" : table.substring(0, dot), table.substring(dot + 1));
        return job(
                caller,
                studio.importJobs().table(caller, source, named, request.name().orElse(named.name())));
    }
}
