package dev.datastudio.app.graph;

import dev.datastudio.agents.graph.GraphPage;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.agents.graph.RunSubscription;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.EventStream;
import dev.datastudio.app.web.EventStreams;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The caller's runs of graphs. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "runs")
@Needs(Scopes.GRAPH_GET)
class RunController {
    private final Studio studio;
    private final EventStreams streams;
    private final JsonMapper json;

    RunController(Studio studio, EventStreams streams, JsonMapper json) {
        this.studio = studio;
        this.streams = streams;
        this.json = json;
    }

    private GraphRuns runs(Caller caller) {
        return GraphRuns.of(studio).as(caller);
    }

    @PostMapping("/graphs/{id}/runs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.GRAPH_RUN)
    @Operation(operationId = "startRun", summary = "Run a graph, or a part of it; answers at once")
    RunView start(Caller caller, @PathVariable String id, @RequestBody RunInput input) {
        return RunView.of(runs(caller).start(input.of(id)));
    }

    @GetMapping("/graphs/{id}/runs")
    @Operation(
            operationId = "listRuns",
            summary = "The caller's runs of a graph, the newest first, without their nodes")
    PageOf<RunView> list(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Paging paging = new Paging(limit, after);
        SavedGraphs.of(studio).as(caller).get(id);
        GraphPage<GraphRun> page = runs(caller).list(id, paging.limit(), paging.after());
        return new PageOf<>(
                page.items().stream().map(RunView::of).toList(),
                Optional.of(page.next()).filter(next -> !next.isEmpty()));
    }

    @GetMapping("/runs/{id}")
    @Operation(operationId = "getRun", summary = "A run as it stands")
    RunView get(Caller caller, @PathVariable String id) {
        return RunView.of(runs(caller).get(id));
    }

    @PostMapping("/runs/{id}/cancel")
    @Needs(Scopes.GRAPH_RUN)
    @Operation(operationId = "cancelRun", summary = "Ask a run to end; one that has ended stays as it is")
    RunView cancel(Caller caller, @PathVariable String id) {
        return RunView.of(runs(caller).cancel(id));
    }

    @PostMapping("/runs/{id}/resume")
    @Needs(Scopes.GRAPH_RUN)
    @Operation(operationId = "resumeRun", summary = "Answer what a run waits for; it goes on at once")
    RunView resume(Caller caller, @PathVariable String id, @RequestBody RunAnswer answer) {
        runs(caller).get(id);
        String question = answer.interrupt() == null ? "" : answer.interrupt();
        return RunView.of(runs(caller).resume(id, question, answer.answer()));
    }

    @GetMapping(path = "/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "watchRun",
            summary = "How a run goes on: events run, node, token and, as the last one, done; Last-Event-ID goes on")
    @ApiResponse(
            responseCode = "200",
            description = "The events",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = RunFrame.class)))
    void events(Caller caller, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        runs(caller).get(id);
        long after = EventStreams.lastEventId(request)
                .filter(last -> last.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(0L);
        EventStream stream = streams.open(request, response);
        RunSubscription subscription = runs(caller).subscribe(id, after, event -> tell(stream, event));
        stream.onEnd(subscription::close);
    }

    private void tell(EventStream stream, GraphRunEvent event) {
        RunFrame frame = RunFrame.of(event);
        stream.send(Long.toString(frame.seq()), frame.type().wireName(), frame.json(json));
        if (event instanceof GraphRunEvent.RunEnded) {
            stream.close();
        }
    }
}
