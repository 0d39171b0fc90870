package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentEvent;
import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.agent.internal.AgentState.ToolTask;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.agents.tool.RegisteredTool;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.ToolRunner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.Uncertain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Carries out the calls of tools that a model asked for. Thread-safe. */
final class ToolTurn {
    /** So many calls of one message are carried out. */
    static final int MAX_CALLS = 16;

    private final ToolRegistry registry;
    private final ToolRunner runner;
    private final Teller teller;
    private final Cancellation asked;

    ToolTurn(ToolRegistry registry, Approval approval, Teller teller, Cancellation asked) {
        this.registry = registry;
        this.runner = ToolRunner.builder(registry)
                .approval(new AskedApproval(approval))
                .build();
        this.teller = teller;
        this.asked = asked;
    }

    /**
     * Carries out one call. What is wrong with it is a result; one that does more than read is done at most once, also
     * when the run is resumed.
     *
     * @param before what was done until now
     */
    ToolStep run(ToolTask task, List<AgentStep> before, NodeContext context) throws Exception {
        teller.tell(new AgentEvent.ToolCalled(teller.run(), teller.agent(), task.id(), task.tool(), task.arguments()));
        ToolStep step = step(task, before, context);
        teller.tell(new AgentEvent.ToolReturned(teller.run(), teller.agent(), step));
        return step;
    }

    private ToolStep step(ToolTask task, List<AgentStep> before, NodeContext context) throws Exception {
        if (context.task() >= MAX_CALLS) {
            return failed(
                    task,
                    "Error LIMIT_EXCEEDED: More than " + MAX_CALLS
                            + " calls at once. This one was not carried out: ask for it again, with fewer others.");
        }
        Optional<ToolStep> earlier = Repeats.earlierFailure(before, task.tool(), task.arguments());
        if (earlier.isPresent()) {
            return failed(
                    task,
                    "This same call failed before and was not carried out again. Change it, use another"
                            + " tool, or answer without it. It failed with: "
                            + earlier.get().text());
        }
        try (Stops stops = Stops.of(asked, context)) {
            return isReading(task.tool())
                    ? called(task, context, stops)
                    : context.effect(
                            "call " + task.id(), ToolStep.class, Uncertain.FAIL, key -> called(task, context, stops));
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED && asked.isCancelled()) {
                return failed(task, "Error CANCELLED: The user stopped it before it ended.");
            }
            if (e.code() == ErrorCode.EFFECT_UNCERTAIN) {
                return failed(
                        task,
                        "Error EFFECT_UNCERTAIN: The program ended while this call went on, and nobody"
                                + " knows whether it did what it should. It was not repeated: look, if a tool can tell, and"
                                + " say so to the user.");
            }
            throw e;
        }
    }

    private boolean isReading(String tool) {
        Optional<RegisteredTool> found = registry.find(tool);
        return found.isEmpty() || found.get().tool().sideEffect() == SideEffect.READ;
    }

    private ToolStep called(ToolTask task, NodeContext context, Stops stops) {
        long begin = System.nanoTime();
        ToolResult result = result(task, context, stops);
        String text = OutsideText.untemplated(OutsideText.layout(result.text()));
        return new ToolStep(
                task.id(),
                task.tool(),
                task.arguments(),
                text.isBlank() ? "(nothing)" : text,
                result.isError(),
                result.artifacts(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Whatever fails once the call is to end, the tool may have done its work: it counts as cancelled. */
    private ToolResult result(ToolTask task, NodeContext context, Stops stops) {
        try {
            return runner.run(
                    new ToolCall(task.tool(), task.arguments()),
                    new ToolContext(context.caller(), stops.either(), ProgressListener.NONE));
        } catch (RuntimeException e) {
            boolean isKnown = e instanceof StudioException error && error.code() == ErrorCode.CANCELLED;
            if (isKnown || !stops.either().isCancelled()) {
                throw e;
            }
            StudioException cancelled = Cancellation.cancelledError();
            cancelled.addSuppressed(e);
            throw cancelled;
        }
    }

    private static ToolStep failed(ToolTask task, String text) {
        return new ToolStep(task.id(), task.tool(), task.arguments(), text, true, List.of(), Duration.ZERO);
    }
}
