package dev.datastudio.cli;

import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line of a terminal that is written over and over while work goes on, and wiped at its end (S8). */
final class ProgressLine implements ProgressListener, AutoCloseable {
    private static final long SILENT_NANOS = 400_000_000;

    private final @Nullable PrintStream terminal;
    private final String what;
    private final long start = System.nanoTime();
    private int shown;

    /** @param terminal null when nobody watches */
    ProgressLine(@Nullable PrintStream terminal, String what) {
        this.terminal = terminal;
        this.what = what;
    }

    @Override
    public synchronized void onProgress(Progress progress) {
        if (terminal != null && System.nanoTime() - start >= SILENT_NANOS) {
            String line = line(progress);
            terminal.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            terminal.flush();
            shown = line.length();
        }
    }

    private String line(Progress progress) {
        String stage = what + ": " + progress.stage();
        if (progress.total() <= 0) {
            return stage + " ...";
        }
        return progress.unit().equals("bytes")
                ? String.format(
                        Locale.ROOT,
                        "%s %d%% of %,d MB",
                        stage,
                        (int) (100 * progress.fraction()),
                        (progress.total() >> 20) + 1)
                : String.format(
                        Locale.ROOT, "%s %,d of %,d %s", stage, progress.done(), progress.total(), progress.unit());
    }

    /** Wipes the line. */
    @Override
    public synchronized void close() {
        if (terminal != null && shown > 0) {
            terminal.print("\r" + " ".repeat(shown) + "\r");
            terminal.flush();
            shown = 0;
        }
    }
}
