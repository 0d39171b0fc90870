package dev.datastudio.app.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.progress.Progress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job as it stands. Immutable.
 *
 * @param id names it
 * @param kind what it does, such as {@code dataset.import}
 * @param queue {@code default}, {@code ml_tasks} or {@code analysis_tasks}
 * @param state where it is in its life
 * @param progress how much is done, 0 to 1; nothing when that is not known
 * @param message what is being done, in a word or two; may be empty
 * @param createdAt when it was submitted
 * @param startedAt when it began
 * @param endedAt when it came to its final state
 * @param error why it failed
 * @param result what came of it; nothing in lists
 */
@Schema(name = "Job")
public record JobView(
        String id,
        String kind,
        String queue,
        State state,
        Optional<Double> progress,
        String message,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Failure> error,
        Optional<Result> result) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Where a job is in its life. */
    @Schema(name = "JobState")
    public enum State {
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("cancelled")
        CANCELLED;

        static State of(JobState state) {
            return switch (state) {
                case QUEUED -> QUEUED;
                case RUNNING -> RUNNING;
                case SUCCEEDED -> DONE;
                case FAILED -> FAILED;
                case CANCELLED -> CANCELLED;
            };
        }

        JobState job() {
            return this == DONE ? JobState.SUCCEEDED : JobState.valueOf(name());
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Why a job failed.
     *
     * @param code for programs
     * @param what happened, with the value
     * @param mend what to do about it
     */
    @Schema(name = "JobFailure")
    public record Failure(ErrorCode code, String what, String mend) {}

    /**
     * What came of a job.
     *
     * @param type {@code dataset}, {@code answer}, {@code source}, …
     * @param id which one
     */
    @Schema(name = "JobResult")
    public record Result(String type, String id) {}

    /** As clients see it. */
    public static JobView of(Job job) {
        return new JobView(
                job.id().value(),
                job.request().type(),
                job.request().queue().wireName(),
                State.of(job.state()),
                job.progress().map(Progress::fraction).filter(fraction -> fraction >= 0),
                job.progress().map(Progress::stage).orElse(""),
                job.createdAt(),
                job.startedAt(),
                job.endedAt(),
                job.error().map(error -> new Failure(error.code(), error.what(), error.mend())),
                job.result().flatMap(JobView::result));
    }

    private static Optional<Result> result(String text) {
        try {
            JsonNode result = JSON.readTree(text);
            String type = result.path("type").asString("");
            String id = result.path("id").asString("");
            return type.isEmpty() || id.isEmpty() ? Optional.empty() : Optional.of(new Result(type, id));
        } catch (JacksonException e) {
            return Optional.empty(); // a handler of the host's own gives what it likes
        }
    }
}
