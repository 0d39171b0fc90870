package dev.datastudio.agents.ask.internal;

import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;

/** Counts the steps of one plan that are done, whichever thread does them. Thread-safe. */
final class StepProgress {
    private final ProgressListener listener;
    private final int total;
    private int done;

    /** Says at once that nothing is done yet. */
    StepProgress(ProgressListener listener, int total) {
        this.listener = listener;
        this.total = total;
        listener.onProgress(new Progress("answering", 0, total, "steps"));
    }

    /** Says that one more is done. */
    synchronized void stepDone() {
        done++;
        listener.onProgress(new Progress("answering", done, total, "steps"));
    }
}
