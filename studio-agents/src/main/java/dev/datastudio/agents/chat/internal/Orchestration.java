package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.AgentContext;
import dev.datastudio.agents.agent.AgentEvent;
import dev.datastudio.agents.agent.AgentListener;
import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Problem;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.agent.AgentTask;
import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.agent.internal.ToolSets;
import dev.datastudio.agents.ask.internal.ConversationLog;
import dev.datastudio.agents.chat.ChatContext.Enriched;
import dev.datastudio.agents.chat.ChatEvent;
import dev.datastudio.agents.chat.ChatEvent.Content;
import dev.datastudio.agents.chat.ChatEvent.ToolReturned;
import dev.datastudio.agents.chat.ChatEvent.Typing;
import dev.datastudio.agents.chat.ChatEvent.Update;
import dev.datastudio.agents.chat.ChatEvent.Update.Stage;
import dev.datastudio.agents.chat.ChatReply;
import dev.datastudio.agents.chat.ChatRequest;
import dev.datastudio.agents.chat.Routing;
import dev.datastudio.agents.chat.Routing.By;
import dev.datastudio.agents.chat.Routing.Choice;
import dev.datastudio.agents.chat.Routing.Order;
import dev.datastudio.agents.chat.internal.ChatGraph.Work;
import dev.datastudio.agents.figure.FigureCheck;
import dev.datastudio.agents.figure.FigureReport;
import dev.datastudio.agents.figure.ToolOutput;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the nodes of {@link ChatGraph} do in one studio. Thread-safe. */
final class Orchestration implements ChatGraph.Orchestrator {
    private static final String ORCHESTRATOR = "orchestrator";
    private static final String DOCUMENTS = "query_documents";
    private static final PromptFile BOTH = PromptFile.load("chat/both");
    private static final int MAX_EXCERPT = 500;
    private static final int MAX_FLAGGED = 10;

    /** How far back plans are looked for. */
    private static final int LOOKED_AT = 50;

    private final Studio studio;

    Orchestration(Studio studio) {
        this.studio = studio;
    }

    private Conversations conversations(TurnTask task) {
        return Conversations.of(studio.metadata(), task.caller());
    }

    private Agents agents(TurnTask task) {
        return Agents.of(studio).as(task.caller());
    }

    @Override
    public Recollection recall(TurnTask task, Consumer<Content> teller) {
        teller.accept(said(conversations(task).message(task.conversation(), task.question())));
        try {
            Recollection memory = new ChatMemory(conversations(task), Asking.of(studio, task))
                    .recall(task.conversation(), task.parent());
            if (memory.use().summarized() + memory.use().leftOut() > 0) {
                teller.accept(new Update(Stage.MEMORY, memory.use().told() + "."));
            }
            return memory;
        } catch (StudioException e) {
            requireAsked(task, e);
            return Recollection.NOTHING;
        }
    }

    /** Only who asked may end a turn as usual; all else ends it in an error. */
    private static void requireAsked(TurnTask task, StudioException e) {
        if (e.code() != ErrorCode.CANCELLED || !task.asked().isCancelled()) {
            throw e;
        }
    }

    static Content said(Message message) {
        return new ChatEvent.Said(message.number(), message.parent(), message.role(), message.text(), message.detail());
    }

    @Override
    public Routing route(TurnTask task, Recollection memory, Consumer<Content> teller) {
        Routing routing = routing(task, memory);
        teller.accept(new ChatEvent.Routed(routing));
        return routing;
    }

    private Routing routing(TurnTask task, Recollection memory) {
        String question = task.request().message();
        String named = task.request().agent();
        if (!named.equals(ChatRequest.AUTO)) {
            Choice choice = new Choice(named, question);
            return new Routing(List.of(choice), Order.TOGETHER, By.REQUEST, "This agent was asked for.");
        }
        RoutingRules.About about = about(task);
        if (about.isOfDocuments() && !about.hasSources()) {
            Choice choice = new Choice(RoutingRules.RAG, question);
            return new Routing(List.of(choice), Order.TOGETHER, By.REQUEST, "The documents were chosen to ask.");
        }
        Router router = new Router(agents(task).configs().list(), about);
        Optional<Asking> model = Asking.of(studio, task);
        if (model.isEmpty() || task.asked().isCancelled()) {
            return router.byRules(question, "");
        }
        try {
            return router.byModel(model.get(), question, memory);
        } catch (StudioException e) {
            requireAsked(task, e);
            return router.byRules(question, "");
        }
    }

    private RoutingRules.About about(TurnTask task) {
        List<String> databases = studio.sources().as(task.caller()).list().stream()
                .map(source -> source.id().toString())
                .toList();
        boolean hasDocuments = ToolRegistry.of(studio).as(task.caller()).enabled().stream()
                .anyMatch(tool -> tool.name().equals(DOCUMENTS));
        return new RoutingRules.About(
                !task.sources().isEmpty(),
                task.sources().stream().anyMatch(id -> databases.contains(id.toLowerCase(java.util.Locale.ROOT))),
                hasDocuments,
                task.request().context().documents());
    }

    private Map<String, String> titles(TurnTask task, List<String> ids) {
        Map<String, String> titles = new java.util.LinkedHashMap<>();
        for (String id : ids) {
            titles.put(
                    id,
                    agents(task)
                            .configs()
                            .find(id)
                            .map(AgentConfig::spec)
                            .map(AgentSpec::title)
                            .orElse(id));
        }
        return titles;
    }

    @Override
    public AgentReply run(
            TurnTask task, Work work, Recollection memory, List<AgentReply> before, Consumer<Content> teller) {
        Choice choice = work.chosen();
        teller.accept(new Typing(choice.agent(), Typing.Phase.STARTED));
        try {
            AgentSpec own = agents(task).configs().get(choice.agent()).spec();
            AgentSpec spec = work.isAlone() ? withWhatIsAsked(own, task) : own;
            AgentSpec used = task.request().model().isEmpty()
                    ? spec
                    : spec.withModel(task.request().model());
            AgentTask asked = AgentTask.of(choice.agent(), choice.task())
                    .remembering(memory(memory, spec, task, before))
                    .after(computed(task))
                    .within(context(task))
                    .inConversation(task.conversation())
                    .approvedBy(task.approvals().of(choice.agent(), teller));
            return agents(task).run(used, asked, listener(teller), task.asked());
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED && !task.asked().isCancelled()) {
                throw e; // the studio is closed
            }
            Status status = task.asked().isCancelled() ? Status.STOPPED : Status.FAILED;
            return new AgentReply(
                    task.id(),
                    choice.agent(),
                    status,
                    "",
                    List.of(),
                    List.of(),
                    FigureReport.NONE,
                    "",
                    AgentReply.Usage.NONE,
                    Optional.of(Problem.of(e)));
        } finally {
            teller.accept(new Typing(choice.agent(), Typing.Phase.ENDED));
        }
    }

    /** Who alone answers a question about documents and data has tools for both, whatever it is usually about. */
    private static AgentSpec withWhatIsAsked(AgentSpec spec, TurnTask task) {
        if (!task.request().context().documents()) {
            return spec;
        }
        List<String> tools = ToolSets.withDocuments(spec.tools());
        if (task.sources().isEmpty()) {
            return spec.withTools(tools);
        }
        return spec.withTools(ToolSets.withData(tools)).withInstructions(withBoth(spec.instructions()));
    }

    /** Instructions that leave no room are left as they are: the tools are there all the same. */
    private static String withBoth(String instructions) {
        String both = instructions.strip() + "\n\n" + BOTH.text();
        return both.length() > AgentSpec.MAX_INSTRUCTIONS ? instructions : both;
    }

    /** What was computed before on this branch, for answers without a model. */
    private List<AnalysisPlan> computed(TurnTask task) {
        return task.parent() == 0
                ? List.of()
                : ConversationLog.plans(conversations(task).branch(task.conversation(), task.parent(), LOOKED_AT));
    }

    private List<ChatMessage> memory(Recollection memory, AgentSpec spec, TurnTask task, List<AgentReply> before) {
        List<ChatMessage> told = new ArrayList<>(memory.forAgent(spec.tools()));
        Map<String, String> titles =
                titles(task, before.stream().map(AgentReply::agent).toList());
        for (AgentReply reply : before) {
            String text = reply.text().isBlank() ? "(no answer)" : ChatText.cut(reply.text(), Recollection.MAX_TEXT);
            told.add(UserMessage.from(task.request().message()));
            told.add(
                    AiMessage.from(titles.get(reply.agent()) + " answered:\n" + ChatText.marked("agent_answer", text)));
        }
        return told;
    }

    private static AgentContext context(TurnTask task) {
        Enriched enriched = task.request().context().enriched();
        String source = List.of(enriched.name(), enriched.type()).stream()
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        String schema = source.isEmpty() ? enriched.schema() : source + "\n" + enriched.schema();
        return AgentContext.of(task.sources()).enriched(schema, enriched.metrics(), enriched.dataSample());
    }

    private static AgentListener listener(Consumer<Content> teller) {
        return event -> {
            if (event instanceof AgentEvent.Token token) {
                teller.accept(new ChatEvent.Token(token.agent(), token.step(), token.text()));
            } else if (event instanceof AgentEvent.ToolCalled call) {
                teller.accept(new ChatEvent.ToolCalled(call.agent(), call.call(), call.tool(), call.arguments()));
            } else if (event instanceof AgentEvent.ToolReturned returned) {
                teller.accept(returned(returned.agent(), returned.result()));
            }
        };
    }

    private static Content returned(String agent, ToolStep step) {
        return new ToolReturned(
                agent,
                step.call(),
                step.tool(),
                step.isError() ? ToolReturned.Outcome.ERROR : ToolReturned.Outcome.DONE,
                ChatText.cut(step.text(), MAX_EXCERPT),
                step.artifacts(),
                step.took().toMillis());
    }

    @Override
    public ChatReply answer(
            TurnTask task, Recollection memory, Routing routing, List<AgentReply> replies, Consumer<Content> teller) {
        Joiner.Joined joined = joined(task, replies, teller);
        boolean isWritten = joined.isWritten()
                || replies.stream().anyMatch(reply -> !reply.model().isEmpty());
        FigureReport figures = isWritten
                ? FigureCheck.check(joined.text(), task.request().message(), evidence(task, memory, replies))
                : FigureReport.NONE;
        tell(figures, teller);
        ChatReply draft = new ChatReply(
                task.conversation(),
                task.question(),
                0,
                status(task, replies),
                joined.text(),
                routing,
                replies,
                figures,
                memory.use(),
                problem(replies));
        Message kept = conversations(task)
                .addAfter(
                        task.conversation(),
                        task.question(),
                        Message.Role.ASSISTANT,
                        draft.text(),
                        Details.answer(draft));
        task.answered().set(true);
        draft.problem()
                .filter(problem -> draft.status() == Status.FAILED)
                .ifPresent(problem ->
                        teller.accept(new ChatEvent.Failed(problem.code(), problem.what(), problem.mend(), false)));
        teller.accept(said(kept));
        return new ChatReply(
                draft.conversation(),
                draft.question(),
                kept.number(),
                draft.status(),
                draft.text(),
                routing,
                replies,
                figures,
                draft.memory(),
                draft.problem());
    }

    private Joiner.Joined joined(TurnTask task, List<AgentReply> replies, Consumer<Content> teller) {
        List<AgentReply> some =
                replies.stream().filter(reply -> !reply.text().isBlank()).toList();
        if (replies.size() < 2) {
            return new Joiner.Joined(some.isEmpty() ? "" : safe(some.get(0).text()), false, "");
        }
        Map<String, String> titles =
                titles(task, replies.stream().map(AgentReply::agent).toList());
        boolean canWrite = some.size() > 1
                && !task.asked().isCancelled()
                && some.stream().anyMatch(reply -> !reply.model().isEmpty());
        Joiner joiner = new Joiner(canWrite ? Asking.of(studio, task) : Optional.empty(), titles);
        if (canWrite) {
            teller.accept(new Update(Stage.JOINING, "The answers are put together."));
        }
        Joiner.Joined joined = joiner.join(
                task.request().message(), replies, piece -> teller.accept(new ChatEvent.Token(ORCHESTRATOR, 1, piece)));
        if (!joined.problem().isEmpty()) {
            String why = "The answers stand one below the other: " + joined.problem() + ".";
            teller.accept(new Update(Stage.JOINING, why));
        }
        return new Joiner.Joined(safe(joined.text()), joined.isWritten(), joined.problem());
    }

    /** What is kept is shown again and again, and taken elsewhere. */
    private static String safe(String text) {
        return OutsideText.safeMarkdown(text);
    }

    /** What was said before, what the client told, then the results of this turn. */
    private static List<ToolOutput> evidence(TurnTask task, Recollection memory, List<AgentReply> replies) {
        List<ToolOutput> evidence = new ArrayList<>(memory.evidence());
        Enriched enriched = task.request().context().enriched();
        String told = String.join("\n", enriched.schema(), enriched.metrics(), enriched.dataSample());
        if (!told.isBlank()) {
            evidence.add(new ToolOutput("context", "context", told));
        }
        for (AgentReply reply : replies) {
            reply.steps().stream()
                    .filter(ToolStep.class::isInstance)
                    .map(ToolStep.class::cast)
                    .forEach(step -> evidence.add(new ToolOutput(step.call(), step.tool(), step.text())));
        }
        return evidence;
    }

    private static void tell(FigureReport figures, Consumer<Content> teller) {
        List<String> flagged = figures.unsupported().stream()
                .map(figure -> figure.text())
                .distinct()
                .toList();
        if (!flagged.isEmpty()) {
            String shown = String.join(", ", flagged.subList(0, Math.min(MAX_FLAGGED, flagged.size())));
            teller.accept(new Update(
                    Stage.FIGURES,
                    "Stated by no tool result: " + shown
                            + (flagged.size() > MAX_FLAGGED ? " and " + (flagged.size() - MAX_FLAGGED) + " more" : "")
                            + "."));
        }
    }

    private static Status status(TurnTask task, List<AgentReply> replies) {
        if (task.asked().isCancelled()) {
            return Status.STOPPED;
        }
        for (Status status : List.of(Status.ANSWERED, Status.LIMIT_REACHED, Status.CANNOT_ANSWER)) {
            if (replies.stream().anyMatch(reply -> reply.status() == status)) {
                return status;
            }
        }
        return Status.FAILED;
    }

    private static Optional<Problem> problem(List<AgentReply> replies) {
        return replies.stream().flatMap(reply -> reply.problem().stream()).findFirst();
    }
}
