package dev.datastudio.agents.model;

import dev.datastudio.agents.model.internal.NextModel;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks a cheap model first, and a stronger one when the answer does not pass a check or the cheap one fails. What each
 * call costs is counted by the models themselves. Immutable; as thread-safe as check and models.
 */
public final class Escalating implements ChatModel {
    private final Function<ChatResponse, Optional<String>> check;
    private final List<ChatModel> models;

    private Escalating(Function<ChatResponse, Optional<String>> check, List<ChatModel> models) {
        this.check = Objects.requireNonNull(check, "check");
        this.models = List.copyOf(models);
    }

    /**
     * Models in the order in which they are asked.
     *
     * @param check what is wrong with an answer, as the end of a sentence; empty when nothing is. Called on the thread
     *     that asks
     * @param models at least two, the cheapest first
     */
    public static Escalating of(Function<ChatResponse, Optional<String>> check, List<ChatModel> models) {
        if (models.size() < 2) {
            throw new IllegalArgumentException("models must be at least two, were " + models.size());
        }
        return new Escalating(check, models);
    }

    /** @throws StudioException {@link ErrorCode#MODEL_ANSWER_INVALID} when no answer passes, or the last one's failure */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        StudioException last = null;
        for (ChatModel model : models) {
            try {
                ChatResponse response = model.chat(request);
                Optional<String> wrong = check.apply(response);
                if (wrong.isEmpty()) {
                    return response;
                }
                last = useless(wrong.get());
            } catch (StudioException e) {
                if (!NextModel.mayHelp(e)) {
                    throw e;
                }
                last = e;
            }
        }
        throw Objects.requireNonNull(last, "there are models");
    }

    private StudioException useless(String wrong) {
        return new StudioException(
                ErrorCode.MODEL_ANSWER_INVALID,
                "None of the " + models.size() + " models gave an answer that can be used: " + wrong,
                "Say the task more clearly, or add a stronger model");
    }

    /** The provider of the cheapest one. */
    @Override
    public ModelProvider provider() {
        return models.get(0).provider();
    }

    /** What all of them can do. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return NextModel.shared(
                models.stream().map(ChatModel::supportedCapabilities).toList());
    }
}
