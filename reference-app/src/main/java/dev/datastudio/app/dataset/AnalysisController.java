package dev.datastudio.app.dataset;

import dev.datastudio.agents.ask.ActivePlanning;
import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.question.PublishedAnswers;
import dev.datastudio.app.web.EventStream;
import dev.datastudio.app.web.EventStreams;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Rights;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.usage.TenantSlots;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Questions over data sets and databases. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "analysis")
class AnalysisController {
    private static final Logger LOG = LoggerFactory.getLogger(AnalysisController.class);

    private final Studio studio;
    private final PublishedAnswers published;
    private final EventStreams streams;
    private final TaskExecutor applicationTaskExecutor;
    private final TenantSlots analysisSlots;
    private final JsonMapper json;

    AnalysisController(
            Studio studio,
            PublishedAnswers published,
            EventStreams streams,
            TaskExecutor applicationTaskExecutor,
            TenantSlots analysisSlots,
            JsonMapper json) {
        this.studio = studio;
        this.published = published;
        this.streams = streams;
        this.applicationTaskExecutor = applicationTaskExecutor;
        this.analysisSlots = analysisSlots;
        this.json = json;
    }

    private List<Dataset> datasets(Caller caller, List<UUID> ids) {
        return ids.stream()
                .map(id -> studio.as(caller).datasets().get(new DatasetId(id)))
                .toList();
    }

    /**
     * A question.
     *
     * @param datasetIds the data sets that it is about
     * @param sourceId the database that it is about, in place of data sets
     * @param question in plain English
     * @param conversationId the conversation that it continues; only about data sets
     * @param model the name of the model that may read it; nothing for the active one
     */
    @Schema(name = "AnalysisQuestion")
    record AnalysisQuestion(
            Optional<List<UUID>> datasetIds,
            Optional<UUID> sourceId,
            String question,
            Optional<String> conversationId,
            Optional<String> model) {}

    @PostMapping(path = "/analysis/ask", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scopes.DATASET_GET)
    @Operation(
            operationId = "askData",
            summary = "Answers a question; with Accept: text/event-stream as events step, then answer or error")
    @ApiResponse(
            responseCode = "200",
            description = "The answer",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = "object",
                                            additionalProperties = Schema.AdditionalPropertiesValue.TRUE)))
    ResponseEntity<byte[]> ask(SignedIn person, @RequestBody AnalysisQuestion question) {
        Answer answer = answer(person, question, AskOptions.DEFAULT);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(published.answer(person.caller(), answer));
    }

    private Answer answer(SignedIn person, AnalysisQuestion question, AskOptions plain) {
        Caller caller = person.caller();
        if (question.question() == null || question.question().isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "There is no question", "Send what you want to know as 'question'");
        }
        ActivePlanning planning = ActivePlanning.of(studio);
        AskOptions options = question.model()
                .map(model -> planning.applied(caller, model, plain))
                .orElseGet(() -> planning.applied(caller, plain));
        Analyst analyst = Analyst.of(studio).as(caller);
        if (question.sourceId().isPresent()) {
            Rights.require(person, Scopes.SOURCE_GET);
            return analyst.ask(new SourceId(question.sourceId().get()), question.question(), options);
        }
        List<Dataset> datasets = datasets(caller, question.datasetIds().orElse(List.of()));
        return question.conversationId().isPresent()
                ? analyst.ask(question.conversationId().get(), datasets, question.question(), options)
                : analyst.ask(datasets, question.question(), options);
    }

    /**
     * What is being done for a question.
     *
     * @param stage in a word or two
     * @param done units finished
     * @param total units in all; -1 when it is not known
     */
    @Schema(name = "AnalysisStep")
    record AnalysisStep(String stage, long done, long total) {
        static AnalysisStep of(Progress progress) {
            return new AnalysisStep(progress.stage(), progress.done(), progress.total());
        }
    }

    /** A question is not asked again by a client that comes back: an answer is in the cache by then. */
    @PostMapping(path = "/analysis/ask", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Needs(Scopes.DATASET_GET)
    @Operation(hidden = true)
    void askAloud(
            SignedIn person,
            @RequestBody AnalysisQuestion question,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        URI base = published.base();
        Cancellation cancellation = Cancellation.create();
        TenantSlots.Slot slot = analysisSlots.enter(person.caller().tenant());
        EventStream stream;
        try {
            stream = streams.open(request, response).onEnd(cancellation::cancel);
        } catch (IOException | RuntimeException e) {
            slot.close();
            throw e;
        }
        AtomicLong sequence = new AtomicLong();
        AskOptions options = AskOptions.DEFAULT
                .withCancellation(cancellation)
                .withProgress(progress -> stream.send(
                        Long.toString(sequence.incrementAndGet()),
                        "step",
                        json.writeValueAsString(AnalysisStep.of(progress))));
        applicationTaskExecutor.execute(() -> {
            try {
                Answer answer = answer(person, question, options);
                byte[] text = published.answer(person.caller(), answer, base);
                stream.send(
                        Long.toString(sequence.incrementAndGet()), "answer", new String(text, StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                stream.send(Long.toString(sequence.incrementAndGet()), "error", json.writeValueAsString(failure(e)));
            } finally {
                slot.close();
                stream.close();
            }
        });
    }

    /**
     * Why there is no answer.
     *
     * @param code for programs
     * @param detail what happened
     * @param mend what to do about it
     */
    @Schema(name = "AnalysisFailure")
    record AnalysisFailure(ErrorCode code, String detail, String mend) {}

    private static AnalysisFailure failure(RuntimeException failure) {
        if (failure instanceof StudioException known && known.code() != ErrorCode.INTERNAL) {
            return new AnalysisFailure(known.code(), known.what(), known.mend());
        }
        LOG.error("A question could not be answered", failure);
        return new AnalysisFailure(ErrorCode.INTERNAL, "Studio failed to answer", "Try again");
    }
}
