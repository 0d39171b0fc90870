package dev.datastudio.cli;

import dev.datastudio.api.progress.Cancellation;
import java.io.PrintStream;

/**
 * Where a command prints and how it is stopped. Immutable.
 *
 * @param out for what was asked for
 * @param err for errors, hints and progress
 * @param progress whether somebody watches {@code err}
 * @param style whether {@code out} shows bold letters
 * @param cancellation made when the process is interrupted
 */
record Terminal(PrintStream out, PrintStream err, Progress progress, Style style, Cancellation cancellation) {
    /** One whose output goes to a file or a program. */
    Terminal(PrintStream out, PrintStream err, Progress progress, Cancellation cancellation) {
        this(out, err, progress, Style.PLAIN, cancellation);
    }

    /** Whether long work tells how it goes on. */
    enum Progress {
        SHOWN,
        HIDDEN
    }

    /** Whether text can stand out. */
    enum Style {
        PLAIN("", "", ""),
        BOLD("\u001b[1m", "\u001b[2m", "\u001b[0m");

        private final String begin;
        private final String dim;
        private final String end;

        Style(String begin, String dim, String end) {
            this.begin = begin;
            this.dim = dim;
            this.end = end;
        }

        /** The text, made to stand back. */
        String faint(String text) {
            return dim + text + end;
        }

        /** The text, made to stand out. */
        String strong(String text) {
            return begin + text + end;
        }
    }

    /** A line that shows how work on something goes on, to be closed when it has ended. */
    ProgressLine progressOf(String what) {
        return new ProgressLine(progress == Progress.SHOWN ? err : null, what);
    }
}
