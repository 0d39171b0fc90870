package dev.datastudio.cli;

import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells, line by line, which node of a saved graph waits, works, is done or has failed. */
final class GraphProgress implements RunListener {
    /** The engine's nodes that only hand on what an inner graph gave. */
    private static final String HANDING_ON = ".results";

    private final PrintStream err;
    private final SavedGraph graph;

    GraphProgress(PrintStream err, SavedGraph graph) {
        this.err = err;
        this.graph = graph;
    }

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.StepStarted step) {
            queued(step.nodes());
        } else if (event instanceof RunEvent.NodeStarted started) {
            tell("running", started.node(), started.task(), "");
        } else if (event instanceof RunEvent.NodeFinished finished) {
            String state = GraphOutput.isSkip(finished.update()) ? "skipped" : "done";
            tell(state, finished.node(), finished.task(), time(finished.took()));
        } else if (event instanceof RunEvent.NodeRetried retried) {
            tell("again", retried.node(), retried.task(), retried.error().what());
        } else if (event instanceof RunEvent.NodeFailed failed) {
            tell("failed", failed.node(), failed.task(), "");
        } else if (event instanceof RunEvent.NodeCancelled cancelled) {
            tell("stopped", cancelled.node(), cancelled.task(), "");
        } else if (event instanceof RunEvent.RunFinished finished) {
            line("finished", finished.steps() + " steps", time(finished.took()));
        }
    }

    /** Told only where nodes wait for each other; a single one starts at once. */
    private void queued(List<String> nodes) {
        List<String> told = nodes.stream()
                .filter(node -> !node.endsWith(HANDING_ON))
                .distinct()
                .toList();
        if (told.size() > 1) {
            line("queued", String.join(", ", told), "");
        }
    }

    private void tell(String state, String node, int task, String more) {
        if (!node.endsWith(HANDING_ON)) {
            String number = node.endsWith(".item") ? "[" + task + "]" : "";
            String title = graph.node(node)
                    .flatMap(SavedNode::title)
                    .map(text -> " (" + oneLine(text) + ")")
                    .orElse("");
            line(state, node + number + title, more);
        }
    }

    private void line(String state, String what, String more) {
        err.println(String.format(Locale.ROOT, "%-9s%s%s", state, what, more.isEmpty() ? "" : "  " + more));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String time(Duration took) {
        double millis = took.toNanos() / 1e6;
        return millis < 1_000
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%.2f s", millis / 1_000);
    }
}
