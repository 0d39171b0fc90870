package dev.datastudio.api.progress;

/** Told how long work goes on. Called on the working thread, so it must return quickly and not throw. */
@FunctionalInterface
public interface ProgressListener {
    /** Ignores all reports. */
    ProgressListener NONE = progress -> {};

    /** Told each time the work has come on, at most some ten times a second. */
    void onProgress(Progress progress);
}
