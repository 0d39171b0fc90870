package dev.datastudio.core.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;

/** Says what went wrong with a job, in words for its owner. */
final class JobFailures {
    static final int MAX_RESULT_BYTES = 1_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    private JobFailures() {}

    /** What an exception of a handler means. Of one that is not ours only the type is told: its text may hold data. */
    static JobError of(RunningJob run, Throwable thrown) {
        if (thrown instanceof StudioException known) {
            return JobError.from(known);
        }
        boolean isOutside = thrown instanceof IOException || thrown instanceof SQLException;
        return new JobError(
                isOutside ? ErrorCode.JOB_FAILED : ErrorCode.INTERNAL,
                "Job '" + run.id() + "' of type '" + run.request().type() + "' failed with "
                        + thrown.getClass().getSimpleName(),
                "Look in the log of worker of that time for the cause; submit the job again when it is mended");
    }

    static JobError timeout(RunningJob run) {
        return new JobError(
                ErrorCode.LIMIT_EXCEEDED,
                "Job '" + run.id() + "' ran longer than its limit of "
                        + seconds(run.request().timeout()),
                "Give it less to do, or submit it with a longer timeout");
    }

    /** For a job that is ended without its handler. */
    static JobError ignored(RunningJob run, Duration since) {
        return new JobError(
                ErrorCode.CANCELLED,
                "The handler of type '" + run.request().type() + "' did not stop within " + seconds(since)
                        + " after job '" + run.id() + "' was asked to",
                "Its thread is left behind until it ends; have the handler look at its cancellation");
    }

    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** @throws StudioException when it is no JSON text or too large */
    static String requireResult(RunningJob run, String result) {
        int bytes = result.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_RESULT_BYTES) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The result of job '" + run.id() + "' has " + bytes + " bytes, more than " + MAX_RESULT_BYTES,
                    "Have its handler store it as an artifact and give the key");
        }
        if (!isJson(result)) {
            throw new StudioException(
                    ErrorCode.INTERNAL,
                    "The result of job '" + run.id() + "' of type '"
                            + run.request().type() + "' is not JSON",
                    "Have its handler give JSON text, such as null or {}");
        }
        return result;
    }

    /** Whether a text is one JSON value. */
    static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
