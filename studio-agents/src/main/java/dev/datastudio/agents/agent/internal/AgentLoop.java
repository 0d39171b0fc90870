package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentEvent;
import dev.datastudio.agents.agent.AgentReply.Problem;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.CheckStep;
import dev.datastudio.agents.agent.AgentStep.ModelStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.agent.internal.AgentState.Ending;
import dev.datastudio.agents.agent.internal.AgentState.Input;
import dev.datastudio.agents.agent.internal.AgentState.Kind;
import dev.datastudio.agents.agent.internal.AgentState.Output;
import dev.datastudio.agents.agent.internal.AgentState.Prompt;
import dev.datastudio.agents.agent.internal.AgentState.Said;
import dev.datastudio.agents.agent.internal.AgentState.Task;
import dev.datastudio.agents.agent.internal.AgentState.ToolTask;
import dev.datastudio.agents.figure.Figure;
import dev.datastudio.agents.figure.FigureReport;
import dev.datastudio.agents.message.ChatMessages;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The graph of a run with a model: it says something, or asks for tools, which are called side by side, and is asked
 * again with what they gave.
 *
 * <pre>
 * start → prepare → model ─ tools asked for → call ⇉ tool → model
 *                         ├ no answer → model
 *                         ├ text → check → end, or once more to the model
 *                         └ stopped, failed, no tokens left → end
 * </pre>
 *
 * <p>Whoever stops a run gets what there is: the graph then ends as usual. When the engine itself is stopped, nodes fail
 * instead, and a run that is kept can go on later.
 */
final class AgentLoop {
    private static final PromptFile NO_ANSWER = PromptFile.load("agent/no-answer");
    private static final String RESULT = "tool_result";
    private static final PromptFile CORRECTION = PromptFile.load("agent/correction");

    private final AgentSpec spec;
    private final PromptWriter prompts;
    private final ModelAsking asking;
    private final ToolTurn tools;
    private final Teller teller;
    private final Cancellation asked;

    AgentLoop(
            AgentSpec spec,
            PromptWriter prompts,
            ModelAsking asking,
            ToolTurn tools,
            Teller teller,
            Cancellation asked) {
        this.spec = spec;
        this.prompts = prompts;
        this.asking = asking;
        this.tools = tools;
        this.teller = teller;
        this.asked = asked;
    }

    Graph<Input, Output> graph() {
        return graph(Optional.of(this));
    }

    /** The graph for looking at what is kept; it can't be run. */
    static Graph<Input, Output> shape() {
        return graph(Optional.empty());
    }

    private static Graph<Input, Output> graph(Optional<AgentLoop> loop) {
        return Graph.define("agent", 1)
                .input(Input.class)
                .output(Output.class)
                .channels(
                        AgentState.TASK,
                        AgentState.MEMORY,
                        AgentState.PROMPT,
                        AgentState.SAID,
                        AgentState.STEPS,
                        AgentState.ENDING)
                .types(ChatMessages.codec())
                .types(ToolTask.class)
                .node("prepare", (view, context) -> loop.orElseThrow().prepare(view, context))
                .node("model", (view, context) -> loop.orElseThrow().model(view, context))
                .node("call", (view, context) -> Update.none())
                .node("tool", (view, context) -> loop.orElseThrow().tool(view, context))
                .node("check", (view, context) -> loop.orElseThrow().check(view))
                .edge(Graph.START, "prepare")
                .edge("prepare", "model")
                .when("model", Route.by(AgentLoop::next).to("call", "model", "check", Graph.END))
                .fanOut("call", AgentLoop::calls, "tool")
                .edge("tool", "model")
                .when("check", Route.by(AgentLoop::next).to("model", Graph.END))
                .build();
    }

    private Update prepare(View view, NodeContext context) {
        Task task = view.get(AgentState.TASK);
        try (Stops stops = Stops.of(asked, context)) {
            return Update.of(AgentState.PROMPT.set(prompts.write(task, context.caller(), stops.either())));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.CANCELLED || !asked.isCancelled()) {
                throw e;
            }
            return Update.of(AgentState.PROMPT.set(new Prompt("", "", task.question()))); // nobody will read it
        }
    }

    private Update model(View view, NodeContext context) {
        List<AgentStep> steps = view.get(AgentState.STEPS);
        if (asked.isCancelled()) {
            return ended(Status.STOPPED, lastSaid(view), Optional.empty());
        }
        int number = number(steps);
        boolean isLast = isLast(steps);
        long begin = System.nanoTime();
        ModelTurn.Outcome outcome;
        try (Stops stops = Stops.of(asked, context)) {
            outcome = asking.ask(
                    view,
                    isLast,
                    stops,
                    piece -> teller.tell(new AgentEvent.Token(teller.run(), teller.agent(), number, piece)));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (outcome instanceof ModelTurn.Broken broken) {
            return broken(view, broken, number, took);
        }
        return answered(view, (ModelTurn.Answered) outcome, isLast, took);
    }

    private Update broken(View view, ModelTurn.Broken broken, int number, Duration took) {
        StudioException error = broken.error();
        boolean isStopped = error.code() == ErrorCode.CANCELLED;
        if (isStopped && !asked.isCancelled()) {
            throw error; // the engine ends, and the run with it, as far as it is now
        }
        List<Write> writes = new ArrayList<>();
        writes.add(AgentState.STEPS.add(new ModelStep(number, "", broken.said(), List.of(), 0, 0, took)));
        if (!broken.said().isBlank()) {
            said(number, broken.said());
            writes.add(AgentState.SAID.add(Said.of(AiMessage.from(broken.said()))));
        }
        String until = broken.said().isBlank() ? lastSaid(view) : broken.said();
        if (isStopped) {
            writes.add(ending(Status.STOPPED, until, Optional.empty()));
        } else if (error.code() == ErrorCode.BUDGET_EXCEEDED) {
            String text = FoundText.of(view.get(AgentState.STEPS));
            writes.add(AgentState.SAID.add(Said.of(AiMessage.from(text))));
            writes.add(ending(Status.LIMIT_REACHED, text, Optional.of(Problem.of(error))));
        } else {
            writes.add(ending(Status.FAILED, until, Optional.of(Problem.of(error))));
        }
        return Update.of(writes);
    }

    private Update answered(View view, ModelTurn.Answered answered, boolean isLast, Duration took) {
        List<AgentStep> steps = view.get(AgentState.STEPS);
        AiMessage message = CallIds.unique(Spoken.clean(answered.response().aiMessage()), steps);
        ModelStep step = ModelSteps.of(number(steps), message, answered.response(), took);
        if (!step.text().isBlank()) {
            said(step.number(), step.text());
        }
        List<Write> writes = new ArrayList<>();
        writes.add(AgentState.STEPS.add(step));
        if (message.hasToolExecutionRequests() && !isLast) {
            writes.add(AgentState.SAID.add(Said.of(message)));
        } else if (!step.text().isBlank()) {
            writes.add(AgentState.SAID.add(Said.of(AiMessage.from(step.text()))));
        } else if (isLast && step.number() > 1) {
            String text = FoundText.of(steps);
            writes.add(AgentState.SAID.add(Said.of(AiMessage.from(text))));
        } else if (isLast || has(view, Kind.NO_ANSWER)) {
            writes.add(ending(Status.FAILED, "", Optional.of(Problem.of(asking.silent()))));
        } else {
            writes.add(AgentState.SAID.add(new Said(UserMessage.from(NO_ANSWER.text()), Kind.NO_ANSWER)));
        }
        return Update.of(writes);
    }

    private Update tool(View view, NodeContext context) throws Exception {
        ToolStep step = tools.run(context.input(ToolTask.class), view.get(AgentState.STEPS), context);
        ToolExecutionResultMessage result = ToolExecutionResultMessage.builder()
                .id(step.call())
                .toolName(step.tool())
                .text(step.isError() ? step.text() : OutsideText.marked(RESULT, step.tool(), step.text()))
                .isError(step.isError() ? true : null)
                .build();
        return Update.of(AgentState.SAID.add(Said.of(result)), AgentState.STEPS.add(step));
    }

    /** The answer stands, unless numbers in it are tied to nothing: then the model may mend it, once. */
    private Update check(View view) {
        List<AgentStep> steps = view.get(AgentState.STEPS);
        int last = number(steps) - 1;
        boolean isLimited = last > 1 && (last >= spec.limits().maxSteps() || Repeats.isStuck(steps));
        String answer = lastSaid(view);
        long begin = System.nanoTime();
        FigureReport figures = Figures.check(
                answer, view.get(AgentState.MEMORY), view.get(AgentState.PROMPT), view.get(AgentState.STEPS));
        List<String> unsupported =
                figures.unsupported().stream().map(Figure::text).distinct().toList();
        CheckStep step =
                new CheckStep(figures.figures().size(), unsupported, Duration.ofNanos(System.nanoTime() - begin));
        if (unsupported.isEmpty() || isLast(steps) || has(view, Kind.CORRECTION)) {
            Status status = isLimited ? Status.LIMIT_REACHED : Status.ANSWERED;
            return Update.of(AgentState.STEPS.add(step), ending(status, answer, Optional.empty()));
        }
        String notice = CORRECTION.text().replace("NUMBERS", Figures.shown(unsupported));
        return Update.of(
                AgentState.STEPS.add(step), AgentState.SAID.add(new Said(UserMessage.from(notice), Kind.CORRECTION)));
    }

    private static String next(View view) {
        if (view.find(AgentState.ENDING).isPresent()) {
            return Graph.END;
        }
        List<Said> said = view.get(AgentState.SAID);
        Said last = said.get(said.size() - 1);
        if (last.isNotice()) {
            return "model";
        }
        return last.message() instanceof AiMessage message && message.hasToolExecutionRequests() ? "call" : "check";
    }

    private static List<ToolTask> calls(View view) {
        List<Said> said = view.get(AgentState.SAID);
        AiMessage asking = (AiMessage) said.get(said.size() - 1).message();
        return asking.toolExecutionRequests().stream()
                .map(call -> new ToolTask(call.id(), call.name(), call.arguments()))
                .toList();
    }

    /** Which call of the model comes next. */
    private static int number(List<AgentStep> steps) {
        return 1 + (int) steps.stream().filter(ModelStep.class::isInstance).count();
    }

    private boolean isLast(List<AgentStep> steps) {
        return number(steps) >= spec.limits().maxSteps() || Repeats.isStuck(steps);
    }

    private static boolean has(View view, Kind notice) {
        return view.get(AgentState.SAID).stream().anyMatch(said -> said.kind() == notice);
    }

    private static String lastSaid(View view) {
        List<Said> said = view.get(AgentState.SAID);
        for (int i = said.size() - 1; i >= 0; i--) {
            if (said.get(i).message() instanceof AiMessage message
                    && message.text() != null
                    && !message.text().isBlank()) {
                return message.text();
            }
        }
        return "";
    }

    private void said(int number, String text) {
        teller.tell(new AgentEvent.Said(teller.run(), teller.agent(), number, text));
    }

    private static Update ended(Status status, String text, Optional<Problem> problem) {
        return Update.of(ending(status, text, problem));
    }

    private static Write ending(Status status, String text, Optional<Problem> problem) {
        return AgentState.ENDING.set(new Ending(status, text, problem));
    }
}
