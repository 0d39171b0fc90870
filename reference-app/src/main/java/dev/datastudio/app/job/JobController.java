package dev.datastudio.app.job;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.job.JobView.State;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The caller's jobs. */
@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "jobs")
class JobController {
    private final Studio studio;
    private final EventStreams streams;
    private final JsonMapper json;

    JobController(Studio studio, EventStreams streams, JsonMapper json) {
        this.studio = studio;
        this.streams = streams;
        this.json = json;
    }

    @GetMapping
    @Needs(Scopes.JOB_GET)
    @Operation(operationId = "listJobs", summary = "The jobs of the caller, the newest first, without results")
    PageOf<JobView> list(
            Caller caller,
            @RequestParam(defaultValue = "") List<String> state,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Paging page = new Paging(limit, after);
        Set<State> wanted = state.stream()
                .map(name -> State.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        JobQuery query = new JobQuery(
                wanted.stream().map(State::job).collect(Collectors.toSet()), Set.of(), "", page.after(), limit);
        List<Job> jobs = studio.jobs().list(caller, query);
        Optional<String> next = jobs.size() < limit
                ? Optional.empty()
                : Optional.of(jobs.get(limit - 1).id().value());
        return new PageOf<>(jobs.stream().map(JobView::of).toList(), next);
    }

    @GetMapping("/{id}")
    @Needs(Scopes.JOB_GET)
    @Operation(operationId = "getJob", summary = "A job as it stands")
    JobView get(Caller caller, @PathVariable UUID id) {
        return JobView.of(studio.jobs().get(caller, id(id)));
    }

    @PostMapping("/{id}/cancel")
    @Needs(Scopes.JOB_EDIT)
    @Operation(operationId = "cancelJob", summary = "Asks a job to stop")
    JobView cancel(Caller caller, @PathVariable UUID id) {
        return JobView.of(studio.jobs().cancel(caller, id(id)));
    }

    /** A job is a state, not a history: whoever comes back is told how it stands, then what changes. */
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Needs(Scopes.JOB_GET)
    @Operation(
            operationId = "watchJob",
            summary = "How a job goes on: events progress, then done, failed or cancelled, each a Job")
    @ApiResponse(
            responseCode = "200",
            description = "The events",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = JobView.class)))
    void events(Caller caller, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        JobQueue jobs = studio.jobs();
        jobs.get(caller, id(id));
        AtomicLong sequence = new AtomicLong(EventStreams.lastEventId(request)
                .filter(last -> last.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(0L));
        EventStream stream = streams.open(request, response);
        Cancellation.Registration watch =
                jobs.watch(caller, id(id), job -> tell(stream, sequence.incrementAndGet(), job));
        stream.onEnd(watch::close);
    }

    private void tell(EventStream stream, long number, Job job) {
        JobView view = JobView.of(job);
        String event = job.state().isFinal() ? view.state().wireName() : "progress";
        stream.send(Long.toString(number), event, json.writeValueAsString(view));
        if (job.state().isFinal()) {
            stream.close();
        }
    }

    private static JobId id(UUID id) {
        return new JobId(id.toString());
    }
}
