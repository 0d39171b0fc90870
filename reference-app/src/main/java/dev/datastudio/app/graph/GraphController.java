package dev.datastudio.app.graph;

import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.agents.graph.GraphPage;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.graph.StoredGraph;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Body;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

/** The graphs of the organisation: drafts that are edited, and versions that never change. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "graphs")
@Needs(Scopes.GRAPH_GET)
class GraphController {
    private final Studio studio;

    GraphController(Studio studio) {
        this.studio = studio;
    }

    private SavedGraphs graphs(Caller caller) {
        return SavedGraphs.of(studio).as(caller);
    }

    @GetMapping("/graphs")
    @Operation(operationId = "listGraphs", summary = "The graphs, the latest changed first")
    PageOf<GraphSummary> list(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Paging paging = new Paging(limit, after);
        GraphPage<StoredGraph> page = graphs(caller).list(paging.limit(), paging.after());
        return new PageOf<>(
                page.items().stream().map(GraphSummary::of).toList(),
                Optional.of(page.next()).filter(next -> !next.isEmpty()));
    }

    @PostMapping("/graphs")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(operationId = "createGraph", summary = "Make a graph")
    ResponseEntity<Graph> create(Caller caller, @RequestBody GraphInput input) {
        String name = input.nameOr("");
        SavedGraph content = input.content(SavedGraph.named(name));
        return created(graphs(caller)
                .create(name, content.withHead("description", input.descriptionOr(content.description()))));
    }

    private static ResponseEntity<Graph> created(GraphDraft draft) {
        return Revisions.created(Graph.of(draft), draft.revision());
    }

    private static ResponseEntity<Graph> answer(GraphDraft draft) {
        return Revisions.answer(Graph.of(draft), draft.revision());
    }

    @GetMapping("/graphs/{id}")
    @Operation(operationId = "getGraph", summary = "One graph with its draft")
    ResponseEntity<Graph> get(Caller caller, @PathVariable String id) {
        return answer(graphs(caller).get(id));
    }

    @PutMapping("/graphs/{id}")
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(operationId = "saveGraph", summary = "Save the draft of a graph")
    ResponseEntity<Graph> save(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            @RequestBody GraphInput input) {
        GraphDraft before = graphs(caller).get(id);
        return answer(graphs(caller)
                .save(
                        id,
                        Revisions.required(ifMatch),
                        input.nameOr(before.stored().name()),
                        input.descriptionOr(before.stored().description()),
                        input.content(before.graph())));
    }

    @DeleteMapping("/graphs/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(operationId = "deleteGraph", summary = "Delete a graph with its versions and runs")
    void delete(Caller caller, @PathVariable String id) {
        graphs(caller).get(id);
        graphs(caller).delete(id);
    }

    @PostMapping("/graphs/{id}/duplicate")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(operationId = "duplicateGraph", summary = "Make a new graph of the same content")
    ResponseEntity<Graph> duplicate(Caller caller, @PathVariable String id) {
        return created(graphs(caller).duplicate(id));
    }

    @PostMapping("/graphs/{id}/versions")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(operationId = "publishGraph", summary = "Make a version of the draft")
    GraphVersionSummary publish(Caller caller, @PathVariable String id, @RequestBody GraphVersionInput input) {
        return GraphVersionSummary.of(graphs(caller).publish(id, input.note() == null ? "" : input.note()));
    }

    @GetMapping("/graphs/{id}/versions")
    @Operation(operationId = "listGraphVersions", summary = "The versions of a graph, the newest first")
    List<GraphVersionSummary> versions(Caller caller, @PathVariable String id) {
        return graphs(caller).versions(id).stream().map(GraphVersionSummary::of).toList();
    }

    @GetMapping("/graphs/{id}/versions/{number}")
    @Operation(operationId = "getGraphVersion", summary = "A version of a graph")
    Graph version(Caller caller, @PathVariable String id, @PathVariable int number) {
        return Graph.of(graphs(caller).version(id, number));
    }

    @PostMapping("/graphs/{id}/versions/{number}/restore")
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(operationId = "restoreGraphVersion", summary = "Make a version the draft again")
    ResponseEntity<Graph> restore(Caller caller, @PathVariable String id, @PathVariable int number) {
        return answer(graphs(caller).restore(id, number));
    }

    @GetMapping(path = "/graphs/{id}/export", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "exportGraph", summary = "The draft as a file that can be imported and run from Java")
    ResponseEntity<byte[]> export(Caller caller, @PathVariable String id) {
        String name = graphs(caller).get(id).stored().name();
        ContentDisposition file = ContentDisposition.attachment()
                .filename(name + ".json", StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .header("X-Content-Type-Options", "nosniff")
                .body(graphs(caller).export(id).getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping(path = "/graphs/import", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(
            operationId = "importGraph",
            summary = "Keep a graph of a file; nothing of it runs, and what is unknown in it is kept",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = GraphContent.class))))
    ResponseEntity<Graph> importGraph(Caller caller, @RequestBody byte[] file) {
        return created(graphs(caller).importGraph(new String(file, StandardCharsets.UTF_8)));
    }

    @PostMapping("/graphs/check")
    @Operation(operationId = "checkGraph", summary = "What is wrong with a graph; nothing of it runs")
    GraphCheck check(Caller caller, @RequestBody GraphCheckInput input) {
        SavedGraph graph = SavedGraph.from(Values.of(Body.part(input.graph(), "graph")));
        GraphCompiler compiler = graphs(caller).compiler();
        return new GraphCheck(
                compiler.problems(graph).stream()
                        .map(problem -> GraphCheck.Problem.of(problem, graph))
                        .toList(),
                NodePort.of(compiler.inputs(graph)));
    }

    @GetMapping("/graph-templates")
    @Operation(operationId = "listGraphTemplates", summary = "Graphs to begin with")
    List<GraphTemplateSummary> templates(Caller caller) {
        return graphs(caller).templates().stream().map(GraphTemplateSummary::of).toList();
    }

    @PostMapping("/graph-templates/{id}/graphs")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scopes.GRAPH_EDIT)
    @Operation(operationId = "createGraphFromTemplate", summary = "Make a graph out of a template")
    ResponseEntity<Graph> fromTemplate(Caller caller, @PathVariable String id) {
        return created(graphs(caller).fromTemplate(id));
    }
}
