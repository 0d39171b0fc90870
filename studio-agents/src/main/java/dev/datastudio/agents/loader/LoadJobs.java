package dev.datastudio.agents.loader;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import java.io.IOException;

/**
 * Loads of databases in the background, with progress and a way to cancel them; one that broke off goes on where it was.
 * The result is {@code {"type":"source","id":"…","tables":3,"relations":2}}. Thread-safe.
 */
public final class LoadJobs {
    /** The type of the jobs. */
    public static final String TYPE = "source.load";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Studio studio;

    private LoadJobs(Studio studio) {
        this.studio = studio;
    }

    /** Of a studio; the first call has this process do the loads of its workspace. */
    public static LoadJobs of(Studio studio) {
        return studio.feature(LoadJobs.class, any -> {
            LoadJobs made = new LoadJobs(any);
            any.jobs().handle(TYPE, made::run);
            return made;
        });
    }

    /**
     * Has a database loaded, with {@link LoadOptions#DEFAULT}.
     *
     * @throws StudioException with {@link ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#QUOTA_EXCEEDED} when too many
     *     jobs wait
     */
    public JobId submit(Caller caller, SourceId source) {
        studio.as(caller).sources().get(source);
        String payload =
                JSON.createObjectNode().put("source", source.toString()).toString();
        return studio.jobs().submit(caller, JobRequest.of(TYPE, payload));
    }

    private String run(JobContext job) throws IOException {
        SourceId source =
                SourceId.parse(JSON.readTree(job.payload()).path("source").asText());
        LoadReport report = DatabaseLoader.of(studio)
                .as(job.caller())
                .load(source, LoadOptions.DEFAULT, job.progress(), job.cancellation());
        return JSON.createObjectNode()
                .put("type", "source")
                .put("id", source.toString())
                .put("tables", report.tables().size())
                .put("relations", report.relations().size())
                .toString();
    }
}
