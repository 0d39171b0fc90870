package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.StudioException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;

/** Asks the next model when one fails. Immutable. */
public final class FallbackChatModel implements ChatModel {
    private final List<ChatModel> models;

    /**
     * Models in the order in which they are asked.
     *
     * @param models at least one
     */
    public FallbackChatModel(List<ChatModel> models) {
        this.models = List.copyOf(models);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        for (int i = 0; ; i++) {
            try {
                return models.get(i).chat(request);
            } catch (StudioException e) {
                if (i == models.size() - 1 || !NextModel.mayHelp(e)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public ModelProvider provider() {
        return models.get(0).provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return NextModel.shared(
                models.stream().map(ChatModel::supportedCapabilities).toList());
    }
}
