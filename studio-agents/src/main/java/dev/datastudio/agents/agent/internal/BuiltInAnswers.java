package dev.datastudio.agents.agent.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.agent.AgentEvent;
import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Problem;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentReply.Usage;
import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.PlannerStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.agent.AgentTask;
import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.figure.FigureCheck;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.ToolRunner;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What agents answer without a model: the built-in planner's answers about data, words of documents, and explorations and
 * trainings where the question asks for one; else that a model is needed. An agent with tools for both looks into the one that its
 * own tools are about, and into the other when there is no answer; it says so. Thread-safe.
 */
final class BuiltInAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXPLORE = ToolSets.EXPLORE;
    private static final String DOCUMENTS = ToolSets.QUERY_DOCUMENTS;

    /** How many rows of a result stay with the answer. */
    private static final int MAX_ROWS_KEPT = 100;

    private static final int MOST_COLUMNS = 50;
    private static final int MOST_NAME = 100;

    /** A question for a look at the whole rather than for a figure. */
    private static final Pattern EXPLORATION = Pattern.compile(
            "(?i)\\b(explor(e|ation|atory)|eda|profile|overview|what('s| is| are)?( there)? in (this|the|these|my) "
                    + "(data|data ?sets?|file|table)|stands? out)\\b");

    /** Where words stand, as the tool tells a model; people are shown name and page, and the words beside the answer. */
    private static final Pattern SOURCE = Pattern.compile(
            "(?m)^  source: (?<name>.+) \\([^() ]+\\)(?<page>(?:, page \\d{1,9})?), characters \\d+-\\d+: \".*\"$");

    /** What tells a model that words are data; a document can't write such a line. */
    private static final Pattern MARKS = Pattern.compile("(?m)^</?document_answer>$\\n?");

    private final Studio studio;

    BuiltInAnswers(Studio studio) {
        this.studio = studio;
    }

    /** One question, asked of an agent that has no model. */
    record Question(
            AgentSpec spec,
            AgentTask task,
            AgentSources sources,
            Caller caller,
            ToolRegistry tools,
            Cancellation cancellation) {}

    /**
     * How it was answered.
     *
     * @param why there is no answer, without what to do about it; empty when there is one
     */
    private record Answered(Status status, String text, String why, List<AgentStep> steps, Optional<Problem> problem) {
        static Answered with(String text, List<AgentStep> steps) {
            return new Answered(Status.ANSWERED, text, "", steps, Optional.empty());
        }

        boolean isAnswered() {
            return status == Status.ANSWERED;
        }

        /** Whether it asks back which of several readings is meant: nobody else can answer that. */
        boolean isAskingBack() {
            return steps.stream()
                    .anyMatch(step -> step instanceof PlannerStep planner
                            && planner.answer().status() == AnswerStatus.AMBIGUOUS);
        }

        /** Whether its numbers are the studio's own, which no tool result need state. */
        boolean isComputed() {
            return steps.stream().noneMatch(ToolStep.class::isInstance);
        }
    }

    AgentReply answer(Question question, Teller teller) {
        Answered answered;
        try {
            answered = answered(question, teller);
        } catch (StudioException e) {
            if (e.code() != ErrorCode.CANCELLED || !question.cancellation().isCancelled()) {
                throw e;
            }
            answered = new Answered(Status.STOPPED, "", "", List.of(), Optional.empty());
        }
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(UserMessage.from(question.task().question()));
        if (!answered.text().isBlank()) {
            teller.tell(new AgentEvent.Token(teller.run(), teller.agent(), 1, answered.text()));
            teller.tell(new AgentEvent.Said(teller.run(), teller.agent(), 1, answered.text()));
            messages.add(AiMessage.from(answered.text()));
        }
        return new AgentReply(
                teller.run(),
                teller.agent(),
                answered.status(),
                answered.text(),
                messages,
                answered.steps(),
                FigureCheck.check(
                        answered.isComputed() ? "" : answered.text(),
                        question.task().question(),
                        Figures.outputs(answered.steps())),
                "",
                Usage.NONE,
                answered.problem());
    }

    private Answered answered(Question question, Teller teller) {
        question.cancellation().throwIfCancelled();
        Set<String> named = Set.copyOf(question.spec().tools());
        String text = question.task().question();
        if (TrainingWish.isIn(text) && named.contains(TrainingWish.TRAIN)) {
            return trained(question, teller);
        }
        boolean isAboutData = ToolSets.isOfData(named);
        boolean hasSources = question.sources().count() > 0;
        boolean hasDocuments =
                named.contains(DOCUMENTS) && question.tools().find(DOCUMENTS).isPresent();
        if (isAboutData && !hasSources && !named.contains(DOCUMENTS)) {
            return refused("The question names no data set and no database that it could be about.");
        }
        if (isAboutData && hasSources && hasDocuments) {
            return fromBoth(question, teller);
        }
        if (isAboutData && hasSources) {
            return fromData(question, teller);
        }
        if (hasDocuments) {
            return fromDocuments(question, teller);
        }
        return refused("The agent '" + question.spec().title() + "' needs a language model to answer.");
    }

    private Answered trained(Question question, Teller teller) {
        if (question.tools().find(TrainingWish.TRAIN).isEmpty()) {
            return refused("Training a model is not available here.");
        }
        if (question.sources().datasets().isEmpty()) {
            return refused("The question names no data set that a model could learn from.");
        }
        Optional<TrainingWish> wish =
                TrainingWish.read(question.task().question(), question.sources().datasets());
        if (wish.isEmpty()) {
            String columns = question.sources().datasets().stream()
                    .flatMap(dataset -> dataset.columns().stream())
                    .map(column -> "'" + OutsideText.line(column.name(), MOST_NAME) + "'")
                    .distinct()
                    .limit(MOST_COLUMNS)
                    .collect(Collectors.joining(", "));
            return refused("Which column is to be predicted is not clear. Say for example: train a model that predicts"
                    + " X, where X is one of " + columns + ".");
        }
        if (!question.spec().tools().contains(wish.get().tool())) {
            return refused(
                    "The agent '" + question.spec().title() + "' trains no neural networks. Ask the ML engineer, or"
                            + " another agent with " + wish.get().tool() + ", or for another kind of model.");
        }
        if (question.tools().find(wish.get().tool()).isEmpty()) {
            return refused("Training a neural network is not available here; other models are.");
        }
        ToolStep step = called(question, teller, wish.get().tool(), wish.get().arguments(), 1);
        return step.isError()
                ? new Answered(Status.CANNOT_ANSWER, step.text(), step.text(), List.of(step), Optional.empty())
                : Answered.with(step.text(), List.of(step));
    }

    private Answered fromData(Question question, Teller teller) {
        Optional<ExploringWish> wish = wish(question);
        if (wish.isPresent()) {
            ToolStep step =
                    called(question, teller, wish.get().tool(), wish.get().arguments(), 1);
            return step.isError()
                    ? new Answered(Status.CANNOT_ANSWER, step.text(), step.text(), List.of(step), Optional.empty())
                    : Answered.with(step.text(), List.of(step));
        }
        return question.spec().tools().contains(EXPLORE)
                        && EXPLORATION.matcher(question.task().question()).find()
                        && question.sources().databases().isEmpty()
                ? explored(question, teller)
                : planned(question);
    }

    /** What an agent that explores one data set is asked to find in it, where the tool for that is there. */
    private static Optional<ExploringWish> wish(Question question) {
        AgentSources sources = question.sources();
        return question.spec().tools().contains(EXPLORE)
                        && sources.databases().isEmpty()
                        && sources.datasets().size() == 1
                ? ExploringWish.read(
                                question.task().question(), sources.datasets().get(0))
                        .filter(each -> question.tools().find(each.tool()).isPresent())
                : Optional.empty();
    }

    /** From the one; where that holds no answer, from the other. */
    private Answered fromBoth(Question question, Teller teller) {
        boolean isDocumentsFirst = ToolSets.isOfDocumentsFirst(question.spec().tools());
        Answered first = isDocumentsFirst ? fromDocuments(question, teller) : fromData(question, teller);
        if (first.isAnswered() || first.isAskingBack()) {
            return first;
        }
        Answered second = isDocumentsFirst ? fromData(question, teller) : fromDocuments(question, teller);
        List<AgentStep> steps = new ArrayList<>(first.steps());
        steps.addAll(second.steps());
        if (second.isAnswered()) {
            String where = isDocumentsFirst
                    ? "The documents hold no answer to this; the data do:"
                    : "The data hold no answer to this; the documents do:";
            return Answered.with(where + "\n\n" + second.text(), steps);
        }
        Answered data = isDocumentsFirst ? second : first;
        String documents = isDocumentsFirst ? first.why() : second.why();
        return refused((data.why() + "\n\n" + documents).strip(), steps);
    }

    /** Says what is missing, and how to have more. */
    private Answered refused(String why) {
        return refused(why, List.of());
    }

    private Answered refused(String why, List<AgentStep> steps) {
        Problem problem = new Problem(
                ErrorCode.ENTRY_NOT_FOUND,
                "No language model is configured, and the built-in planner can't answer this",
                studio.modelAdvice());
        return new Answered(
                Status.CANNOT_ANSWER,
                why + " No language model is configured; with one, more can be answered. " + studio.modelAdvice() + ".",
                why,
                steps,
                Optional.of(problem));
    }

    private Answered explored(Question question, Teller teller) {
        List<AgentStep> steps = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Dataset source : question.sources().datasets()) {
            ToolStep step =
                    called(question, teller, EXPLORE, "source_id", source.id().toString(), steps.size() + 1);
            steps.add(step);
            text.append(text.isEmpty() ? "" : "\n\n").append(step.text());
        }
        boolean isError = steps.stream().allMatch(step -> ((ToolStep) step).isError());
        return isError
                ? new Answered(Status.CANNOT_ANSWER, text.toString(), text.toString(), steps, Optional.empty())
                : Answered.with(text.toString(), steps);
    }

    private Answered fromDocuments(Question question, Teller teller) {
        ToolStep step =
                called(question, teller, DOCUMENTS, "question", question.task().question(), 1);
        boolean isAnswer = !step.isError() && step.text().startsWith("Status: answered");
        String text = MARKS.matcher(step.text().replaceFirst("^Status: [a-z_]+\\s*", ""))
                .replaceAll("")
                .strip();
        if (isAnswer && !text.isEmpty()) {
            return Answered.with(SOURCE.matcher(text).replaceAll("  (${name}${page})"), List.of(step));
        }
        return refused(text.isEmpty() ? "The documents hold no answer that can be quoted." : text, List.of(step));
    }

    private ToolStep called(Question question, Teller teller, String tool, String argument, String value, int number) {
        ObjectNode arguments = JSON.createObjectNode().put(argument, value);
        return called(question, teller, tool, arguments.toString(), number);
    }

    private ToolStep called(Question question, Teller teller, String tool, String arguments, int number) {
        String call = "call_" + number;
        teller.tell(new AgentEvent.ToolCalled(teller.run(), teller.agent(), call, tool, arguments));
        long begin = System.nanoTime();
        ToolResult result = ToolRunner.builder(question.tools())
                .build()
                .run(
                        new ToolCall(tool, arguments),
                        new ToolContext(question.caller(), question.cancellation(), ProgressListener.NONE));
        ToolStep step = new ToolStep(
                call,
                tool,
                arguments,
                OutsideText.layout(result.text()),
                result.isError(),
                result.artifacts(),
                Duration.ofNanos(System.nanoTime() - begin));
        teller.tell(new AgentEvent.ToolReturned(teller.run(), teller.agent(), step));
        return step;
    }

    private Answered planned(Question question) {
        long begin = System.nanoTime();
        Optional<Answer> answer = asked(question);
        if (answer.isEmpty()) {
            return refused("The built-in planner answers about data sets, or about one database, and not about both.");
        }
        Answer given = answer.get();
        PlannerStep step =
                new PlannerStep(given.mapSteps(BuiltInAnswers::kept), Duration.ofNanos(System.nanoTime() - begin));
        if (given.status() == AnswerStatus.ANSWERED) {
            return Answered.with(PlannerText.answer(given), List.of(step));
        }
        return refused(PlannerText.refusal(given), List.of(step));
    }

    /** A result as conversations keep it: its first rows, and no paths of this machine. */
    private static AnswerStep kept(AnswerStep step) {
        List<List<@Nullable Object>> rows =
                step.rows().subList(0, Math.min(MAX_ROWS_KEPT, step.rows().size()));
        return new AnswerStep(
                step.intent(),
                step.op(),
                step.reading(),
                step.sql(),
                step.columns(),
                rows,
                step.totalRows(),
                step.value(),
                step.test(),
                step.chart(),
                step.artifacts().stream()
                        .map(each -> new AnswerArtifact(each.type(), each.label(), each.key(), ""))
                        .toList());
    }

    private Optional<Answer> asked(Question question) {
        AskOptions options = AskOptions.DEFAULT
                .withCancellation(question.cancellation())
                .withContext(question.task().plans());
        AgentSources sources = question.sources();
        String text = question.task().question();
        Analyst analyst = Analyst.of(studio).as(question.caller());
        if (sources.databases().isEmpty()) {
            return Optional.of(analyst.ask(sources.datasets(), text, options));
        }
        return sources.count() > 1
                ? Optional.empty()
                : Optional.of(analyst.ask(sources.databases().get(0).id(), text, options));
    }
}
