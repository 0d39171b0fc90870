package dev.datastudio.agents.reporter.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.core.model.internal.ModelFailures;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model one step's question and reads its answer strictly: what keeps to no form is given back, a few times.
 * Immutable.
 */
public final class StepModel {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** The most characters of an answer; longer ones are not even parsed. */
    private static final int LONGEST_ANSWER = 100_000;

    /** Many models put their JSON into a Markdown block, whatever they are told. */
    private static final Pattern FENCED = Pattern.compile("```\\w*\\s*(.*?)\\s*```", Pattern.DOTALL);

    private final Function<Cancellation, ChatModel> model;
    private final String name;

    /**
     * A model.
     *
     * @param model the model whose calls a cancellation stops
     * @param name what traces call it
     */
    public StepModel(Function<Cancellation, ChatModel> model, String name) {
        this.model = model;
        this.name = name;
    }

    /** What traces call it. */
    String name() {
        return name;
    }

    /**
     * An answer with what it cost.
     *
     * @param value what was read from it
     */
    record Asked<T>(T value, PromptFile prompt, int inputTokens, int outputTokens) {}

    /**
     * The answer to one step.
     *
     * @param user the facts of this time
     * @param form what the answer looks like
     * @param reader may refuse what the form allows, by a {@link BadAnswerException}
     * @param repairs how often a bad answer is given back
     * @throws StudioException {@link ErrorCode#MODEL_ANSWER_INVALID} when the last answer is no better, or a failure of
     *     the model
     */
    <T> Asked<T> ask(
            PromptFile prompt,
            String user,
            AnswerForm form,
            Function<AnswerForm.Read, T> reader,
            int repairs,
            Cancellation cancellation) {
        ChatModel stoppable = model.apply(cancellation);
        List<ChatMessage> conversation =
                new ArrayList<>(List.of(SystemMessage.from(prompt.text()), UserMessage.from(user)));
        int input = 0;
        int output = 0;
        for (int left = repairs; ; left--) {
            ChatResponse response = response(stoppable, conversation, form, cancellation);
            TokenUsage usage = response.tokenUsage();
            input += tokens(usage == null ? null : usage.inputTokenCount());
            output += tokens(usage == null ? null : usage.outputTokenCount());
            String text =
                    Objects.requireNonNullElse(response.aiMessage().text(), "").strip();
            try {
                return new Asked<>(reader.apply(form.read(object(text))), prompt, input, output);
            } catch (BadAnswerException e) {
                if (left == 0) {
                    throw useless(prompt, repairs, e);
                }
                conversation.add(AiMessage.from(text.isEmpty() ? "(empty)" : text));
                conversation.add(UserMessage.from("That answer can't be used: " + e.getMessage()
                        + ". Answer again with the JSON object of the form you were told, and nothing else."));
            }
        }
    }

    /** Not every model says what it used. */
    private static int tokens(@Nullable Integer said) {
        return said == null ? 0 : Math.max(0, said);
    }

    private ChatResponse response(
            ChatModel stoppable, List<ChatMessage> conversation, AnswerForm form, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        ChatRequest.Builder request = ChatRequest.builder().messages(List.copyOf(conversation));
        if (stoppable.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA)) {
            request.responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(form.schema())
                    .build());
        }
        try {
            return stoppable.chat(request.build());
        } catch (RuntimeException e) {
            if (cancellation.isCancelled()) {
                StudioException cancelled = Cancellation.cancelledError();
                cancelled.addSuppressed(e);
                throw cancelled;
            }
            throw ModelFailures.of("The model " + StudioException.quote(name), e);
        }
    }

    private static JsonNode object(String answer) {
        if (answer.length() > LONGEST_ANSWER) {
            throw new BadAnswerException(
                    "it has " + answer.length() + " characters, at most " + LONGEST_ANSWER + " are read");
        }
        Matcher fenced = FENCED.matcher(answer);
        String json = fenced.matches() ? fenced.group(1) : answer;
        try {
            JsonNode root = JSON.readTree(json);
            if (root == null || !root.isObject()) {
                throw new BadAnswerException("it must be a JSON object, was " + StudioException.quote(answer));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new BadAnswerException("it is not JSON, " + StudioException.quote(answer));
        }
    }

    private StudioException useless(PromptFile prompt, int repairs, BadAnswerException last) {
        int tries = repairs + 1;
        return new StudioException(
                ErrorCode.MODEL_ANSWER_INVALID,
                "The model " + StudioException.quote(name) + " gave no answer that can be used to the step '"
                        + prompt.version() + "' in " + tries + (tries == 1 ? " try: " : " tries: ") + last.getMessage(),
                "Ask in other words, or use a stronger model",
                last);
    }
}
