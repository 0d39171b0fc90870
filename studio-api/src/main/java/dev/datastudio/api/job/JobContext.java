package dev.datastudio.api.job;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;

/** One try of a job, as its handler sees it. Thread-safe. */
public interface JobContext {
    /** Which job. */
    JobId id();

    /** On whose behalf. */
    Caller caller();

    /** What was asked for. */
    JobRequest request();

    /** The JSON text that the job was submitted with. */
    default String payload() {
        return request().payload();
    }

    /** Which try this is, from 1. */
    int attempt();

    /**
     * Grows with each try of the job. Whoever writes for a job elsewhere keeps the highest number seen and refuses lower
     * ones, so that a try that was given up for lost and wakes again can't overwrite its successor's work.
     */
    long fence();

    /** Cancelled when the job is to stop: its owner asked for it, its time is up, the process ends, or another has it. */
    Cancellation cancellation();

    /** Takes reports of progress; may be called often, a few a second are stored. */
    ProgressListener progress();
}
