package dev.datastudio.graph.telemetry;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunListener;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open spans of one run; all are ended at the latest by its terminal event. */
final class RunSpans implements RunListener {
    private static final String OUTCOME = "studio.outcome";

    private final Tracer tracer;
    private final Context caller;
    private final Map<String, Try> tries = new HashMap<>();
    private @Nullable Span root;

    RunSpans(Tracer tracer, Context caller) {
        this.tracer = tracer;
        this.caller = caller;
    }

    private record Try(Span span, Instant began) {
        /** A try that was to begin after a pause may be ended before. */
        void end(Instant at) {
            span.end(at.isBefore(began) ? began : at);
        }
    }

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.RunStarted start) {
            root = tracer.spanBuilder("graph " + start.graph())
                    .setParent(caller)
                    .setStartTimestamp(start.at())
                    .setAttribute("studio.graph", start.graph())
                    .setAttribute("studio.graph.version", (long) start.version())
                    .setAttribute("studio.run", start.run().value())
                    .startSpan();
        } else if (root != null) {
            inRun(root, event);
        }
    }

    private void inRun(Span run, RunEvent event) {
        if (event instanceof RunEvent.NodeStarted start) {
            begin(run, start.node(), start.step(), start.task(), 1, start.at());
        } else if (event instanceof RunEvent.NodeFinished done) {
            end(done.node(), done.task(), "finished", done.at(), null);
        } else if (event instanceof RunEvent.NodeFailed failed) {
            end(failed.node(), failed.task(), "failed", failed.at(), failed.error());
        } else if (event instanceof RunEvent.NodeCancelled cancelled) {
            end(cancelled.node(), cancelled.task(), "cancelled", cancelled.at(), null);
        } else if (event instanceof RunEvent.NodeInterrupted waits) {
            end(waits.node(), waits.task(), "interrupted", waits.at(), null);
        } else if (event instanceof RunEvent.NodeRetried again) {
            end(again.node(), again.task(), "retried", again.at(), again.error());
            Instant next = again.at().plus(again.delay());
            begin(run, again.node(), again.step(), again.task(), again.attempt() + 1, next);
        } else if (event instanceof RunEvent.CheckpointSaved saved) {
            run.addEvent("checkpoint", number("studio.checkpoint", saved.checkpoint()), saved.at());
        } else if (event instanceof RunEvent.CheckpointDamaged damaged) {
            run.addEvent("checkpoint damaged", number("studio.checkpoint", damaged.entry()), damaged.at());
        } else if (event instanceof RunEvent.Terminal end) {
            ended(run, end);
        }
    }

    private void begin(Span run, String node, int step, int task, int attempt, Instant at) {
        Span span = tracer.spanBuilder("node " + node)
                .setParent(caller.with(around(run, node)))
                .setStartTimestamp(at)
                .setAttribute("studio.node", node)
                .setAttribute("studio.step", (long) step)
                .setAttribute("studio.task", (long) task)
                .setAttribute("studio.attempt", (long) attempt)
                .startSpan();
        tries.put(key(node, task), new Try(span, at));
    }

    /** The task that runs the sub-graph that a node is in, or the run. */
    private Span around(Span run, String node) {
        int end = node.lastIndexOf('/');
        if (end < 0) {
            return run;
        }
        int bracket = node.charAt(end - 1) == ']' ? node.lastIndexOf('[', end) : -1;
        String outer = node.substring(0, bracket < 0 ? end : bracket);
        int task = bracket < 0 ? 0 : Integer.parseInt(node.substring(bracket + 1, end - 1));
        Try open = tries.get(key(outer, task));
        return open == null ? run : open.span();
    }

    private void end(String node, int task, String outcome, Instant at, @Nullable StudioException error) {
        Try open = tries.remove(key(node, task));
        if (open != null) {
            open.span().setAttribute(OUTCOME, outcome);
            fail(open.span(), at, error);
            open.end(at);
        }
    }

    private void ended(Span run, RunEvent.Terminal end) {
        String outcome = Outcomes.of(end);
        for (Try open : tries.values()) {
            open.span().setAttribute(OUTCOME, outcome);
            open.end(end.at());
        }
        tries.clear();
        if (end instanceof RunEvent.RunInterrupted interrupted) {
            interrupted
                    .interrupts()
                    .forEach(interrupt -> run.addEvent(
                            "interrupt",
                            Attributes.builder()
                                    .put("studio.node", interrupt.node())
                                    .put("studio.kind", interrupt.kind().name())
                                    .build(),
                            end.at()));
        }
        fail(run, end.at(), end instanceof RunEvent.RunFailed failed ? failed.error() : null);
        run.setAttribute(OUTCOME, outcome).end(end.at());
        root = null;
    }

    private static void fail(Span span, Instant at, @Nullable StudioException error) {
        if (error != null) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            span.setStatus(StatusCode.ERROR, error.code().name());
            span.addEvent(
                    "exception",
                    Attributes.builder()
                            .put("exception.type", cause.getClass().getName())
                            .put("studio.error.code", error.code().name())
                            .build(),
                    at);
        }
    }

    private static Attributes number(String name, long value) {
        return Attributes.builder().put(name, value).build();
    }

    private static String key(String node, int task) {
        return node + "#" + task;
    }
}
