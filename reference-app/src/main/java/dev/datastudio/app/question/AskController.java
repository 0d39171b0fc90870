package dev.datastudio.app.question;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.ask.ActivePlanning;
import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AskJobs;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.question.PublishedAnswers.AskResponse;
import dev.datastudio.app.web.Departures;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Answers questions about files. */
@RestController
@Tag(name = "questions")
class AskController {
    private final Studio studio;
    private final PublishedAnswers published;
    private final FileLinks links;
    private final JsonMapper json;
    private final Departures departures;

    AskController(Studio studio, PublishedAnswers published, FileLinks links, JsonMapper json, Departures departures) {
        this.studio = studio;
        this.published = published;
        this.links = links;
        this.json = json;
        this.departures = departures;
        AskJobs.of(studio); // so that this process answers what was asked before it began
    }

    /**
     * A question.
     *
     * @param fileId the file that it is about
     * @param question in plain English
     * @param conversationId what it continues
     */
    @Schema(name = "AskRequest")
    record AskRequest(
            @JsonProperty("file_id") Optional<String> fileId,
            Optional<String> question,
            @JsonProperty("conversation_id") Optional<String> conversationId) {}

    /**
     * Where to follow a question that is being answered.
     *
     * @param jobId names the job
     * @param statusUrl how it stands
     * @param eventsUrl how it goes on
     */
    @Schema(name = "AskTicket")
    record AskTicket(
            @JsonProperty("job_id") String jobId,
            @JsonProperty("status_url") String statusUrl,
            @JsonProperty("events_url") String eventsUrl) {}

    @PostMapping(
            path = {"/ask", "/api/v1/ask"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "ask", summary = "Answers a question about a file, now or, with async, as a job")
    @Parameter(name = "async", in = ParameterIn.QUERY, schema = @Schema(type = "boolean", defaultValue = "false"))
    @ApiResponse(
            responseCode = "200",
            description = "The answer",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = AskResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "It is being answered",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = AskTicket.class)))
    ResponseEntity<byte[]> ask(
            Caller caller, @RequestBody AskRequest request, @Parameter(hidden = true) HttpServletRequest http) {
        String question = request.question().orElse("");
        if (question.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "There is no question", "Send what you want to know as 'question'");
        }
        AskJobs.Asked asked = new AskJobs.Asked(
                request.fileId().orElse(""), question, request.conversationId().orElse(""));
        try {
            return isAsync(http) ? begin(caller, asked) : answer(caller, asked, http);
        } catch (StudioException e) {
            if (e.code().type() == ErrorType.NOT_FOUND) { // what a body names is input, here as with the file
                throw new StudioException(ErrorCode.INVALID_ARGUMENT, e.what(), e.mend(), e);
            }
            throw e;
        }
    }

    /** Spring would resolve and convert it as a parameter, which takes longer than finding a known answer. */
    private static boolean isAsync(HttpServletRequest http) {
        String async = http.getParameter("async");
        if (async == null || async.equals("false")) {
            return false;
        }
        if (async.equals("true")) {
            return true;
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "'async' must be true or false, was " + StudioException.quote(async),
                "Leave it out to wait for the answer");
    }

    private ResponseEntity<byte[]> answer(Caller caller, AskJobs.Asked asked, HttpServletRequest http) {
        Answer answer;
        try (Departures.Watch client = departures.watch(http)) {
            answer = answer(caller, asked, client.cancellation());
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(published.asked(caller, answer));
    }

    /** Ends when the client has left, unless somebody else waits for the same answer. */
    private Answer answer(Caller caller, AskJobs.Asked asked, Cancellation cancellation) {
        ImportOptions importing =
                ImportOptions.builder().cancellation(cancellation).build();
        Dataset dataset = studio.uploads().dataset(caller, asked.upload(), importing);
        AskOptions options =
                ActivePlanning.of(studio).applied(caller, AskOptions.DEFAULT.withCancellation(cancellation));
        Analyst analyst = Analyst.of(studio).as(caller);
        return asked.conversation().isEmpty()
                ? analyst.ask(List.of(dataset), asked.question(), options)
                : analyst.ask(asked.conversation(), List.of(dataset), asked.question(), options);
    }

    private ResponseEntity<byte[]> begin(Caller caller, AskJobs.Asked asked) {
        JobId job = AskJobs.of(studio).submit(caller, asked);
        URI base = links.base();
        AskTicket ticket = new AskTicket(
                job.value(),
                base.resolve("/api/v1/jobs/" + job).toString(),
                base.resolve("/api/v1/jobs/" + job + "/events").toString());
        return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(ticket));
    }

    @GetMapping("/api/v1/ask/{job}")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "getAskedAnswer", summary = "The answer that a job came to; 204 while it is at it")
    @ApiResponse(
            responseCode = "200",
            description = "The answer",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = AskResponse.class)))
    @ApiResponse(responseCode = "204", description = "It is still being answered", content = @Content)
    ResponseEntity<byte[]> answer(Caller caller, @PathVariable UUID job) {
        return AskJobs.of(studio)
                .answer(caller, new JobId(job.toString()))
                .map(answer -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(published.asked(caller, answer)))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}
