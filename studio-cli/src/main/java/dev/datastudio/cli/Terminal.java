package dev.datastudio.cli;

import dev.datastudio.api.progress.Cancellation;
import java.io.PrintStream;

/**
 * Where a command prints and how it is stopped. Immutable.
 *
 * @param out for what was asked for
 * @param err for errors, hints and progress
 * @param progress whether somebody watches {@code err}
 * @param cancellation made when the process is interrupted
 */
record Terminal(PrintStream out, PrintStream err, Progress progress, Cancellation cancellation) {
    /** Whether long work tells how it goes on. */
    enum Progress {
        SHOWN,
        HIDDEN
    }

    /** A line that shows how work on something goes on, to be closed when it has ended. */
    ProgressLine progressOf(String what) {
        return new ProgressLine(progress == Progress.SHOWN ? err : null, what);
    }
}
