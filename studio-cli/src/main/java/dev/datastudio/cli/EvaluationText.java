package dev.datastudio.cli;

import dev.datastudio.agents.eval.EvaluationReport;
import dev.datastudio.agents.eval.EvaluationReport.Aspect;
import dev.datastudio.agents.eval.EvaluationReport.Part;
import dev.datastudio.agents.eval.EvaluationReport.Slice;
import dev.datastudio.agents.eval.EvaluationReport.Tally;
import dev.datastudio.agents.eval.EvaluationReport.Times;
import java.time.Duration;
import java.util.Locale;

/** The scores of a question set as a person reads them in a terminal. */
final class EvaluationText {
    private static final int NAME_WIDTH = 34;

    private EvaluationText() {}

    /** A table with a line for each part and slice, without a line end after the last. */
    static String format(EvaluationReport report) {
        StringBuilder text = new StringBuilder();
        text.append(pad(report.set().jsonName()))
                .append("questions   right           refused         wrong           precision");
        for (Part part : report.parts()) {
            append(text, part.name(), part.tally());
            for (Slice slice : part.slices()) {
                append(text, "  " + slice.property() + ": " + slice.value(), slice.tally());
            }
            for (Aspect aspect : part.aspects()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%n%s%9d   %d right: %.1f%% of %d answered, %.1f%% of all",
                        pad("  " + aspect.name()),
                        aspect.all(),
                        aspect.right(),
                        100 * aspect.shareOfAnswered(),
                        aspect.answered(),
                        100 * aspect.shareOfAll()));
            }
        }
        if (report.parts().size() > 1) {
            append(text, "all", report.total());
        }
        append(text, "planning", report.planning());
        append(text, "planning on the processor", report.planningCpu());
        append(text, "asking", report.asking());
        return text.append(String.format(Locale.ROOT, "%n%.1f s in all", seconds(report.took())))
                .toString();
    }

    private static void append(StringBuilder text, String name, Tally tally) {
        text.append(String.format(
                Locale.ROOT,
                "%n%s%9d   %5d (%5.1f%%)   %5d (%5.1f%%)   %5d (%5.1f%%)   %5.1f%%",
                pad(name),
                tally.questions(),
                tally.right(),
                100 * tally.rightShare(),
                tally.refused(),
                100 * tally.refusedShare(),
                tally.wrong(),
                100 * tally.wrongShare(),
                100 * tally.precision()));
        if (tally.failed() > 0) {
            text.append(String.format(Locale.ROOT, "   %d failed", tally.failed()));
        }
        if (tally.skipped() > 0) {
            text.append(String.format(Locale.ROOT, "   %d skipped", tally.skipped()));
        }
    }

    private static void append(StringBuilder text, String name, Times times) {
        text.append(String.format(
                Locale.ROOT,
                "%n%s a question: median %.2f ms, p95 %.2f ms, max %.1f ms",
                name,
                1000 * seconds(times.median()),
                1000 * seconds(times.p95()),
                1000 * seconds(times.max())));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static String pad(String name) {
        return name + " ".repeat(Math.max(1, NAME_WIDTH - name.length()));
    }
}
