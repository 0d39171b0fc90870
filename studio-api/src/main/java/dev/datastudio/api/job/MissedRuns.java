package dev.datastudio.api.job;

/** What a schedule does about times at which no process was there. */
public enum MissedRuns {
    /** They are made up for by one run, as soon as a process is there. */
    RUN_ONCE,
    /** They are left out: the next time counts. */
    SKIP
}
