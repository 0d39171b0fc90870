package dev.datastudio.agents.planner.model;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.model.internal.ModelFailures;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Has a chat model turn questions into plans. The model is told the tables and calls a tool with the plan, or asks back,
 * or refuses. What it sends is hostile until checked: it is read strictly and checked against the tables, and what can't
 * be carried out is given back to it with the words of the check, a few times. It never sees rows, and nothing it writes
 * is run as SQL. Immutable; thread-safe if the model is.
 */
public final class ModelPlanner {
    /** The most tokens of the instructions and the tables together when nothing else was said. */
    public static final int DEFAULT_MAX_PROMPT_TOKENS = 3_000;

    /** How often a bad plan is given back when nothing else was said. */
    public static final int DEFAULT_REPAIRS = 2;

    private static final int LEAST_PROMPT_TOKENS = 2_000;
    private static final int MOST_PROMPT_TOKENS = 1_000_000;
    private static final int MOST_REPAIRS = 10;

    private final Source model;
    private final String name;
    private final int repairs;
    private final int maxPromptTokens;
    private final ShownValues shown;

    /** Gives the model for one question. */
    private interface Source {
        ChatModel model(Cancellation cancellation);

        /** The same for another caller. */
        Source as(Caller other);
    }

    private record Configured(Models models, ModelConfig config) implements Source {
        @Override
        public ChatModel model(Cancellation cancellation) {
            return models.stoppedBy(cancellation).create(config);
        }

        @Override
        public Source as(Caller other) {
            return new Configured(models.as(other), config);
        }
    }

    private record Given(ChatModel model) implements Source {
        @Override
        public ChatModel model(Cancellation cancellation) {
            return model;
        }

        @Override
        public Source as(Caller other) {
            return this;
        }
    }

    private ModelPlanner(Source model, String name, int repairs, int maxPromptTokens, ShownValues shown) {
        this.model = model;
        this.name = Objects.requireNonNull(name, "name");
        this.repairs = repairs;
        this.maxPromptTokens = maxPromptTokens;
        this.shown = Objects.requireNonNull(shown, "shown");
    }

    /**
     * A planner by a configured model. Cancelling a question cuts its connection.
     *
     * @param config of these models; changes of it that come later are not seen
     */
    public static ModelPlanner of(Models models, ModelConfig config) {
        String name = config.name() + " (" + config.spec().modelName() + ")";
        return of(new Configured(models, config), name);
    }

    /**
     * A planner by a model. A call that runs can't be cancelled.
     *
     * @param name what answers and cache keys call the model; not blank, and another one for a model that answers
     *     otherwise
     */
    public static ModelPlanner of(ChatModel model, String name) {
        return of(new Given(Objects.requireNonNull(model, "model")), name);
    }

    private static ModelPlanner of(Source model, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        return new ModelPlanner(model, name, DEFAULT_REPAIRS, DEFAULT_MAX_PROMPT_TOKENS, ShownValues.CATEGORIES);
    }

    /**
     * As this for another caller: a configured model is looked up among those of the caller, and its calls are counted to
     * the caller. One that was given as an object stays.
     */
    public ModelPlanner as(Caller other) {
        return new ModelPlanner(
                model.as(Objects.requireNonNull(other, "other")), name, repairs, maxPromptTokens, shown);
    }

    /**
     * As this, giving a bad plan back so often.
     *
     * @param times 0 to 10
     */
    public ModelPlanner repairs(int times) {
        requireRange("times", times, 0, MOST_REPAIRS);
        return new ModelPlanner(model, name, times, maxPromptTokens, shown);
    }

    /**
     * As this, with another budget for what is sent first. What finds no room is left out, least relevant first; the
     * question and the names of tables never are.
     *
     * @param tokens 2,000 to 1,000,000
     */
    public ModelPlanner maxPromptTokens(int tokens) {
        requireRange("tokens", tokens, LEAST_PROMPT_TOKENS, MOST_PROMPT_TOKENS);
        return new ModelPlanner(model, name, repairs, tokens, shown);
    }

    /** As this, showing the model other values; {@link ShownValues#CATEGORIES} when nothing else was said. */
    public ModelPlanner showing(ShownValues values) {
        return new ModelPlanner(model, name, repairs, maxPromptTokens, values);
    }

    private static void requireRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be in " + least + ".." + most + ", was " + value);
        }
    }

    /** What answers call the model. */
    public String name() {
        return name;
    }

    /** Differs whenever the same question may be sent otherwise; a part of cache keys. */
    public String version() {
        return PromptWriter.VERSION + " " + name + " " + repairs + " " + maxPromptTokens + " " + shown;
    }

    /**
     * What is sent for a question, without sending it.
     *
     * @param before the plans of the conversation so far, the oldest first
     */
    public PlanPrompt prompt(PlanRequest request, List<AnalysisPlan> before) {
        return new PromptWriter(maxPromptTokens, shown).write(request, before);
    }

    /**
     * Plans a question. Blocks until the model has answered.
     *
     * @param before the plans of the conversation so far, the oldest first; the question may change the last one
     * @param cancellation looked at before each call of the model
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND} when the caller has no such configured model,
     *     {@link ErrorCode#MODEL_ANSWER_INVALID} when the last plan is no better,
     *     {@link ErrorCode#MODEL_FAILED} when the model can't be reached or is busy, {@link ErrorCode#MODEL_REFUSED} when it
     *     refuses the request, {@link ErrorCode#CANCELLED}
     */
    public PlanOutcome plan(PlanRequest request, List<AnalysisPlan> before, Cancellation cancellation) {
        PlanPrompt prompt = prompt(request, before);
        List<ChatMessage> conversation =
                new ArrayList<>(List.of(SystemMessage.from(prompt.system()), UserMessage.from(prompt.user())));
        ModelPlanReader reader = new ModelPlanReader(request, name);
        ChatModel stoppable = model.model(cancellation);
        for (int left = repairs; ; left--) {
            AiMessage answer = answer(stoppable, conversation, prompt, cancellation);
            try {
                return reader.read(answer);
            } catch (StudioException e) {
                if (e.code() != ErrorCode.INVALID_PLAN) {
                    throw e;
                }
                if (left == 0) {
                    throw useless(e);
                }
                giveBack(conversation, answer, e);
            }
        }
    }

    private AiMessage answer(
            ChatModel stoppable, List<ChatMessage> conversation, PlanPrompt prompt, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        ChatRequest request = ChatRequest.builder()
                .messages(List.copyOf(conversation))
                .toolSpecifications(prompt.tools())
                .toolChoice(choice(stoppable))
                .build();
        try {
            return stoppable.chat(request).aiMessage();
        } catch (RuntimeException e) {
            if (cancellation.isCancelled()) {
                StudioException cancelled = Cancellation.cancelledError();
                cancelled.addSuppressed(e);
                throw cancelled;
            }
            throw ModelFailures.of("The model " + StudioException.quote(name), e);
        }
    }

    /** Ollama knows no choice of tools; an answer without a call is given back there as anywhere. */
    private static ToolChoice choice(ChatModel model) {
        return model.provider() == ModelProvider.OLLAMA ? ToolChoice.AUTO : ToolChoice.REQUIRED;
    }

    /** Every call of a tool must be answered, also those that were one too many. */
    private static void giveBack(List<ChatMessage> conversation, AiMessage answer, StudioException problem) {
        String words = "That can't be carried out. " + problem.getMessage() + " Call a tool again, mended.";
        conversation.add(
                answer.text() == null && !answer.hasToolExecutionRequests() ? AiMessage.from("(nothing)") : answer);
        if (!answer.hasToolExecutionRequests()) {
            conversation.add(UserMessage.from(words));
        }
        for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
            conversation.add(ToolExecutionResultMessage.from(call, words));
        }
    }

    private StudioException useless(StudioException last) {
        int tries = repairs + 1;
        return new StudioException(
                ErrorCode.MODEL_ANSWER_INVALID,
                "The model " + StudioException.quote(name) + " made no plan that can be carried out in " + tries
                        + (tries == 1 ? " try. " : " tries. ") + last.what(),
                "Ask in other words, or use a stronger model",
                last);
    }
}
