package dev.datastudio.agents.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.ask.internal.AnswerCodec;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobError;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.dataset.ImportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Questions about uploaded files that somebody watches rather than waits for: answered in the queue for analyses, with
 * progress and a way to cancel them. The answer lies with the other files of its data set. Thread-safe.
 */
public final class AskJobs {
    /** The type of the jobs. */
    public static final String TYPE = "question.ask";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Studio studio;

    private AskJobs(Studio studio) {
        this.studio = studio;
    }

    /** Of a studio; the first call has this process answer the questions of its workspace. */
    public static AskJobs of(Studio studio) {
        return studio.feature(AskJobs.class, any -> {
            AskJobs made = new AskJobs(any);
            any.jobs().handle(TYPE, made::run);
            return made;
        });
    }

    /**
     * What is asked. Immutable.
     *
     * @param upload the id of a file of {@link Studio#uploads()}
     * @param question in plain English
     * @param conversation what it continues; empty for none
     */
    public record Asked(String upload, String question, String conversation) {
        public Asked {
            Objects.requireNonNull(upload, "upload");
            Objects.requireNonNull(question, "question");
            Objects.requireNonNull(conversation, "conversation");
        }
    }

    /**
     * Has a question answered.
     *
     * @throws StudioException with {@link ErrorCode#FILE_NOT_FOUND} when this caller has no file of that id,
     *     {@link ErrorCode#QUOTA_EXCEEDED} when too many jobs wait
     */
    public JobId submit(Caller caller, Asked asked) {
        if (studio.uploads().find(caller, asked.upload()).isEmpty()) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "There is no file " + StudioException.quote(asked.upload()),
                    "Announce it with /upload, or use the id of a file that you sent");
        }
        ObjectNode payload = JSON.createObjectNode()
                .put("upload", asked.upload())
                .put("question", asked.question())
                .put("conversation", asked.conversation());
        JobRequest request = JobRequest.of(TYPE, payload.toString());
        return studio.jobs().submit(caller, request.in(QueueName.ANALYSIS).withRetry(RetryPolicy.NONE));
    }

    private String run(JobContext job) throws IOException {
        JsonNode payload = JSON.readTree(job.payload());
        ImportOptions options = ImportOptions.builder()
                .progress(job.progress())
                .cancellation(job.cancellation())
                .build();
        Dataset dataset =
                studio.uploads().dataset(job.caller(), payload.path("upload").asText(), options);
        AskOptions plain = AskOptions.DEFAULT.withProgress(job.progress()).withCancellation(job.cancellation());
        AskOptions asking = ActivePlanning.of(studio).applied(job.caller(), plain);
        Analyst analyst = Analyst.of(studio).as(job.caller());
        String conversation = payload.path("conversation").asText();
        String question = payload.path("question").asText();
        Answer answer = conversation.isEmpty()
                ? analyst.ask(List.of(dataset), question, asking)
                : analyst.ask(conversation, List.of(dataset), question, asking);
        ArtifactKey key = ArtifactPaths.of(dataset).folder().resolve("answers/" + job.id() + ".answer");
        studio.artifacts().put(key, AnswerCodec.encode(answer));
        return JSON.createObjectNode()
                .put("type", "answer")
                .put("id", job.id().toString())
                .put("key", key.value())
                .put("cached", answer.cached())
                .toString();
    }

    /**
     * The answer that a job came to; empty while it is at it.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND} also when it is a job of another type; why it failed or
     *     that it was cancelled; {@link ErrorCode#ARTIFACT_NOT_FOUND} when the data set was deleted since
     */
    public Optional<Answer> answer(Caller caller, JobId id) {
        Job job = studio.jobs().get(caller, id);
        if (!job.request().type().equals(TYPE)) {
            throw JobQueue.notFound(id);
        }
        if (!job.state().isFinal()) {
            return Optional.empty();
        }
        if (job.state() != JobState.SUCCEEDED) {
            throw job.error().map(JobError::toException).orElseGet(Cancellation::cancelledError);
        }
        return Optional.of(read(caller, job.result().orElseThrow()));
    }

    private Answer read(Caller caller, String result) {
        try {
            JsonNode json = JSON.readTree(result);
            ArtifactKey key = new ArtifactKey(json.path("key").asText());
            if (!key.isOwnedBy(caller)) {
                throw new IllegalStateException("The answer of a job lies elsewhere than its owner's files: " + key);
            }
            try (InputStream content = studio.artifacts().open(key)) {
                Answer answer = AnswerCodec.decode(content.readAllBytes());
                return json.path("cached").asBoolean() ? answer.fromCache(answer.millis()) : answer;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The result of a job of ours is no JSON", e);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED, "The answer of the job can't be read", "Ask the question again", e);
        }
    }
}
