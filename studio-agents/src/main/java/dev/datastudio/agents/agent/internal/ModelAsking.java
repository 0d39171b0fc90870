package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.agent.internal.AgentState.Prompt;
import dev.datastudio.agents.agent.internal.AgentState.Said;
import dev.datastudio.agents.agent.internal.AgentState.Task;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.usage.TokenBudget;
import dev.datastudio.graph.channel.View;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the model of one run. Used by one thread at a time. */
final class ModelAsking {
    private static final PromptFile LAST_STEP = PromptFile.load("agent/last-step");

    private final AgentSpec spec;
    private final Models models;
    private final ModelConfig config;
    private final ToolRegistry registry;
    private @Nullable List<ToolSpecification> tools;
    private @Nullable TokenBudget budget;

    ModelAsking(AgentSpec spec, Models models, ModelConfig config, ToolRegistry registry) {
        this.spec = spec;
        this.models = models;
        this.config = config;
        this.registry = registry;
    }

    /** @param isLast whether it must answer without tools */
    ModelTurn.Outcome ask(View view, boolean isLast, Stops stops, Consumer<String> pieces) {
        Task task = view.get(AgentState.TASK);
        ModelUse use = ModelUse.NONE
                .inConversation(task.conversation())
                .inRun(task.run())
                .within(budget(view));
        return ModelTurn.ask(
                stop -> models.in(use.stoppedBy(stop)).createStreaming(config), request(view, isLast), stops, pieces);
    }

    private ChatRequest request(View view, boolean isLast) {
        Prompt prompt = view.get(AgentState.PROMPT);
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(prompt.system()));
        messages.addAll(view.get(AgentState.MEMORY));
        messages.add(UserMessage.from(prompt.user()));
        view.get(AgentState.SAID).stream().map(Said::message).forEach(messages::add);
        boolean isForced =
                isLast && messages.size() > view.get(AgentState.MEMORY).size() + 2;
        if (isForced) {
            messages.add(UserMessage.from(LAST_STEP.text()));
        }
        ChatRequest.Builder request = ChatRequest.builder().messages(messages);
        spec.temperature().ifPresent(request::temperature);
        List<ToolSpecification> shown = tools();
        if (isLast && config.spec().provider() == Provider.OLLAMA) {
            shown = List.of(); // it knows no choice of tools
        }
        if (!shown.isEmpty()) {
            // Services that find calls of tools in the messages want to know the tools, though none may be called.
            request.toolSpecifications(shown).toolChoice(isLast ? ToolChoice.NONE : ToolChoice.AUTO);
        }
        return request.build();
    }

    private List<ToolSpecification> tools() {
        List<ToolSpecification> known = tools;
        if (known == null) {
            known = Tools.specifications(registry.enabled());
            tools = known;
        }
        return known;
    }

    /** What is left of the run's tokens, also when it was begun in another process. */
    private TokenBudget budget(View view) {
        TokenBudget known = budget;
        if (known == null) {
            long used = ModelSteps.tokens(view.get(AgentState.STEPS));
            known = TokenBudget.of(Math.max(1, spec.limits().maxTokens() - used));
            budget = known;
        }
        return known;
    }

    /** The error for a model that says nothing and calls nothing. */
    StudioException silent() {
        return new StudioException(
                ErrorCode.MODEL_ANSWER_INVALID,
                "The model " + StudioException.quote(config.name()) + " gave no answer, though it was asked again",
                "Ask in other words, or use another model");
    }
}
