package dev.datastudio.core.model.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a model for a JSON object, and again when the answer can't be used. Immutable. */
public final class JsonQuestion {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Many models put their JSON into a Markdown block, whatever they are told. */
    private static final Pattern FENCED = Pattern.compile("```\\w*\\s*(.*?)\\s*```", Pattern.DOTALL);

    private final ChatModel model;
    private final String system;
    private final int repairs;

    /**
     * A question to be asked.
     *
     * @param system what the model is to do, and in which form it answers
     * @param repairs how often a bad answer is given back, at least 0
     */
    public JsonQuestion(ChatModel model, String system, int repairs) {
        this.model = model;
        this.system = system;
        this.repairs = repairs;
    }

    /**
     * The answer to a question.
     *
     * @param reader throws {@link BadAnswerException} for what it can't use
     * @param asking on whose behalf
     * @throws StudioException {@link ErrorCode#MODEL_ANSWER_INVALID} when the last answer is no better, or as {@link
     *     ModelFailures#of} says
     */
    public <T> T ask(String question, Function<JsonNode, T> reader, Asking asking) {
        List<ChatMessage> conversation =
                new ArrayList<>(List.of(SystemMessage.from(system), UserMessage.from(question)));
        for (int left = repairs; ; left--) {
            String answer = answer(conversation, asking);
            try {
                return reader.apply(object(answer));
            } catch (BadAnswerException e) {
                if (left == 0) {
                    throw useless(e);
                }
                conversation.add(AiMessage.from(answer.isEmpty() ? "(empty)" : answer));
                conversation.add(UserMessage.from("That answer can't be used: " + e.words()
                        + ". Answer again with the JSON object of the form you were told, and nothing else."));
            }
        }
    }

    private String answer(List<ChatMessage> conversation, Asking asking) {
        asking.cancellation().throwIfCancelled();
        ChatResponse response = response(conversation, asking);
        asking.spent().accept(tokens(response));
        String text = response.aiMessage().text();
        return text == null ? "" : text.strip();
    }

    /** Not every model says what it used. */
    private static int tokens(ChatResponse response) {
        TokenUsage usage = response.tokenUsage();
        Integer total = usage == null ? null : usage.totalTokenCount();
        return total == null ? 0 : Math.max(0, total);
    }

    private ChatResponse response(List<ChatMessage> conversation, Asking asking) {
        try {
            return model.chat(List.copyOf(conversation));
        } catch (RuntimeException e) {
            if (asking.cancellation().isCancelled()) {
                StudioException cancelled = Cancellation.cancelledError();
                cancelled.addSuppressed(e);
                throw cancelled;
            }
            throw ModelFailures.of(asking.who(), e);
        }
    }

    private static JsonNode object(String answer) {
        Matcher fenced = FENCED.matcher(answer);
        String json = fenced.matches() ? fenced.group(1) : answer;
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject()) {
                throw new BadAnswerException("it must be a JSON object, was " + StudioException.quote(answer));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new BadAnswerException("it is not JSON, " + StudioException.quote(answer));
        }
    }

    private StudioException useless(BadAnswerException last) {
        int tries = repairs + 1;
        return new StudioException(
                ErrorCode.MODEL_ANSWER_INVALID,
                "The model's answer can't be used after " + tries + (tries == 1 ? " try: " : " tries: ") + last.words(),
                "Say the task more clearly, allow more repairs, or use a model that keeps to a form",
                last);
    }

    /**
     * On whose behalf a model is asked.
     *
     * @param who whose model it is, as the beginning of a sentence, such as {@code "The model of node 'a'"}
     * @param cancellation looked at before each call
     * @param spent told of the tokens of each call, as far as the model says
     */
    public record Asking(String who, Cancellation cancellation, IntConsumer spent) {}
}
