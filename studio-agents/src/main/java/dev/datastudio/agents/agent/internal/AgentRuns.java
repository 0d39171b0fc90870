package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentEvent;
import dev.datastudio.agents.agent.AgentListener;
import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Problem;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentReply.Usage;
import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.agent.AgentTask;
import dev.datastudio.agents.agent.internal.AgentState.Input;
import dev.datastudio.agents.agent.internal.AgentState.Output;
import dev.datastudio.agents.agent.internal.AgentState.Task;
import dev.datastudio.agents.figure.FigureReport;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.RunOptions;
import dev.langchain4j.data.message.UserMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The runs of agents of one studio, for all its callers. Thread-safe. */
public final class AgentRuns {
    private final Studio studio;
    private final RunEngines engines;
    private final KeptRuns kept;
    private final ContextText context;
    private final BuiltInAnswers builtIn;

    private AgentRuns(Studio studio, RunEngines engines) {
        this.studio = studio;
        this.engines = engines;
        this.kept = new KeptRuns(engines, studio.clock());
        this.context = new ContextText(studio);
        this.builtIn = new BuiltInAnswers(studio);
    }

    /** Those that are kept lie in the workspace. */
    public static AgentRuns inWorkspace(Studio studio) {
        return new AgentRuns(studio, RunEngines.inWorkspace(studio));
    }

    /** Those that are kept lie in a store of the program's. */
    public static AgentRuns over(Studio studio, CheckpointStore store) {
        return new AgentRuns(studio, RunEngines.over(studio, store));
    }

    /**
     * Who runs an agent, and who looks on.
     *
     * @param own tools of the agent that the program defined
     */
    public record Frame(
            Caller caller, List<Tool> own, Approval approval, AgentListener listener, Cancellation cancellation) {}

    /** Runs an agent. */
    public AgentReply run(AgentSpec spec, AgentTask task, Frame frame) {
        String run = task.run().isEmpty() ? UUID.randomUUID().toString() : task.run();
        Activity activity = Activity.of(frame.caller(), "agent.run")
                .about(run)
                .with("agent", spec.id())
                .with("question", task.question());
        return engines.during(closing -> studio.activities()
                .watching(
                        activity,
                        () -> begun(run, spec, task, frame, closing),
                        (asked, reply) -> asked.with("status", reply.status().jsonName())));
    }

    private AgentReply begun(String run, AgentSpec spec, AgentTask task, Frame frame, Cancellation closing) {
        return told(run, spec.id(), frame.listener(), teller -> {
            Optional<ModelConfig> model;
            try {
                model = model(spec, frame.caller());
            } catch (StudioException e) {
                return withoutModel(run, spec, task, e);
            }
            if (model.isEmpty()) {
                return withoutModel(spec, task, frame, closing, teller);
            }
            Task begun = new Task(
                    run,
                    frame.caller().user(),
                    AgentSpecJson.write(spec),
                    task.question(),
                    task.context(),
                    task.conversation());
            try (Reservation question = studio.reserve(frame.caller(), Measure.QUESTIONS, 1)) {
                AgentReply reply = withModel(spec, model.get(), frame, teller, (graph, options) -> {
                    Input input = new Input(begun, task.memory());
                    return task.run().isEmpty()
                            ? engines.passing().run(graph, input, options.build())
                            : kept.begin(frame.caller(), run, graph, input, options);
                });
                question.settle(1);
                return reply;
            }
        });
    }

    private AgentReply withoutModel(AgentSpec spec, AgentTask task, Frame frame, Cancellation closing, Teller teller) {
        Cancellation either = Cancellation.create();
        Cancellation.Registration asked = frame.cancellation().onCancel(either::cancel);
        Cancellation.Registration closed = closing.onCancel(either::cancel);
        try {
            BuiltInAnswers.Question question = new BuiltInAnswers.Question(
                    spec,
                    task,
                    AgentSources.find(studio, frame.caller(), task.context().sources()),
                    frame.caller(),
                    tools(spec, frame),
                    either);
            return builtIn.answer(question, teller);
        } finally {
            asked.close();
            closed.close();
        }
    }

    /** Goes on with a run that is kept; gives its reply when it has ended. */
    public AgentReply resume(String run, Function<String, List<Tool>> own, Frame frame) {
        return engines.during(closing -> resumed(run, own, frame));
    }

    private AgentReply resumed(String run, Function<String, List<Tool>> own, Frame frame) {
        KeptRuns.State state = kept.state(frame.caller(), run);
        AgentSpec spec = AgentSpecJson.read(state.task().spec());
        if (state.output().isPresent()) {
            return reply(state.output().get(), spec, frame.caller());
        }
        ModelConfig config = Models.of(studio).as(frame.caller()).config(spec.model());
        Frame whole = new Frame(
                frame.caller(), own.apply(spec.id()), frame.approval(), frame.listener(), frame.cancellation());
        return told(
                run,
                spec.id(),
                frame.listener(),
                teller -> withModel(
                        spec,
                        config,
                        whole,
                        teller,
                        (graph, options) -> kept.resume(frame.caller(), run, graph, options)));
    }

    private interface Running {
        Output run(Graph<Input, Output> graph, RunOptions.Builder options);
    }

    private AgentReply withModel(AgentSpec spec, ModelConfig model, Frame frame, Teller teller, Running running) {
        ToolRegistry tools = tools(spec, frame);
        AgentLoop loop = new AgentLoop(
                spec,
                new PromptWriter(spec, tools, context, studio.clock()),
                new ModelAsking(spec, Models.of(studio).as(frame.caller()), model, tools),
                new ToolTurn(tools, frame.approval(), teller, frame.cancellation()),
                teller,
                frame.cancellation());
        RunOptions.Builder options = RunOptions.builder().caller(frame.caller()).keptEvents(0);
        return reply(running.run(loop.graph(), options), spec, frame.caller());
    }

    private AgentReply reply(Output output, AgentSpec spec, Caller caller) {
        return Replies.of(
                output,
                spec.id(),
                Models.of(studio).as(caller).calls().ofRun(output.task().run()));
    }

    private AgentReply told(String run, String agent, AgentListener listener, Function<Teller, AgentReply> work) {
        Teller teller = new Teller(listener, run, agent);
        teller.tell(new AgentEvent.Started(run, agent, studio.clock().instant()));
        AgentReply reply = work.apply(teller);
        teller.tell(new AgentEvent.Finished(run, agent, reply));
        return reply;
    }

    private Optional<ModelConfig> model(AgentSpec spec, Caller caller) {
        Models models = Models.of(studio).as(caller);
        return spec.model().isEmpty() ? models.configs().active() : Optional.of(models.config(spec.model()));
    }

    /** The agent wants a model that is not there: nothing else answers in its place. */
    private static AgentReply withoutModel(String run, AgentSpec spec, AgentTask task, StudioException error) {
        return new AgentReply(
                run,
                spec.id(),
                Status.FAILED,
                "",
                List.of(UserMessage.from(task.question())),
                List.of(),
                FigureReport.NONE,
                "",
                Usage.NONE,
                Optional.of(Problem.of(error)));
    }

    private ToolRegistry tools(AgentSpec spec, Frame frame) {
        List<String> names = new ArrayList<>(ToolSets.withExploring(spec.tools()));
        frame.own().forEach(tool -> names.add(tool.name()));
        return ToolRegistry.of(studio).as(frame.caller()).with(frame.own()).only(names);
    }

    /** The runs of a caller that are kept, have not ended and are not going on. */
    public List<String> unfinished(Caller caller) {
        return kept.unfinished(caller);
    }

    /** Forgets all runs of a user that are kept. */
    public int forgetAll(Caller caller) {
        return kept.forgetAll(caller);
    }

    /** Forgets runs of everybody in the caller's tenant to which nothing happened since a time. */
    public int forgetOlder(Caller caller, Instant before) {
        return kept.forgetOlder(caller, before);
    }

    /** Forgets all runs of everybody in a tenant that are kept. */
    public int forgetTenant(String tenant) {
        return kept.forgetTenant(tenant);
    }

    /** Forgets a run that is kept. */
    public boolean forget(Caller caller, String run) {
        return kept.forget(caller, run);
    }
}
