package dev.datastudio.agents.chat.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.chat.ChatReply.MemoryUse;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.prompt.internal.TokenEstimate;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.conversation.Summary;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers a conversation within a budget of tokens. What finds no room is summed up by the model, together with the
 * summary before; without a model, or when it fails, it is left out and counted as such. Summaries are kept with the
 * conversation and made of what is new only.
 */
final class ChatMemory {
    /** How many tokens a memory has at most, estimated. */
    static final int BUDGET = 6_000;

    /** How many tokens stay word by word when older messages are summed up. */
    static final int RECENT = 3_000;

    private static final int MAX_MESSAGES = 400;
    private static final int MAX_SUMMED = 4_000;
    private static final int MAX_INPUT = 60_000;
    private static final int MAX_SUMMARY = 4_000;
    private static final int MAX_SUMMARY_TOKENS = 700;
    private static final PromptFile SUMMARY = PromptFile.load("chat/summary");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger log = LoggerFactory.getLogger(ChatMemory.class);

    private final Conversations conversations;
    private final Optional<Asking> model;

    ChatMemory(Conversations conversations, Optional<Asking> model) {
        this.conversations = conversations;
        this.model = model;
    }

    /**
     * What is remembered of a branch.
     *
     * @param last the number of its last message; 0 for none
     * @throws StudioException CANCELLED, or a failure of the store
     */
    Recollection recall(String conversation, long last) {
        if (last == 0) {
            return Recollection.NOTHING;
        }
        Optional<Summary> summary = conversations.summary(conversation, last);
        long covered = summary.map(Summary::upTo).orElse(0L);
        List<Message> branch = conversations.branch(conversation, last, MAX_MESSAGES);
        List<Message> since = branch.stream()
                .filter(message -> message.number() > covered)
                .filter(message -> message.role() == Message.Role.USER || message.role() == Message.Role.ASSISTANT)
                .toList();
        int summarized = branch.size() - since.size();
        String text = summary.map(Summary::text).orElse("");
        int all = since.stream().mapToInt(Recollection::tokens).sum() + TokenEstimate.of(text);
        if (all <= BUDGET) {
            return new Recollection(text, since, new MemoryUse(since.size(), summarized, 0, all));
        }
        return cut(conversation, text, since, summarized);
    }

    private Recollection cut(String conversation, String summary, List<Message> since, int summarized) {
        int first = firstRecent(since);
        List<Message> older = since.subList(0, first);
        List<Message> recent = since.subList(first, since.size());
        Optional<String> longer = older.isEmpty() ? Optional.empty() : sumUp(conversation, summary, older);
        String text = longer.orElse(summary);
        int tokens = recent.stream().mapToInt(Recollection::tokens).sum() + TokenEstimate.of(text);
        MemoryUse use = longer.isPresent()
                ? new MemoryUse(recent.size(), summarized + older.size(), 0, tokens)
                : new MemoryUse(recent.size(), summarized, older.size(), tokens);
        return new Recollection(text, recent, use);
    }

    /** Where the latest messages begin that find room: with a question, and with the last one at the least. */
    private static int firstRecent(List<Message> messages) {
        int tokens = 0;
        int first = messages.size();
        for (int i = messages.size() - 1; i >= 0; i--) {
            tokens += Recollection.tokens(messages.get(i));
            if (tokens > RECENT && first < messages.size()) {
                break;
            }
            if (messages.get(i).role() == Message.Role.USER) {
                first = i;
            }
        }
        return first == messages.size() ? Math.max(0, first - 1) : first;
    }

    private Optional<String> sumUp(String conversation, String summary, List<Message> older) {
        if (model.isEmpty()) {
            return Optional.empty();
        }
        ChatRequest request = ChatRequest.builder()
                .messages(SystemMessage.from(SUMMARY.text()), UserMessage.from(input(summary, older)))
                .maxOutputTokens(MAX_SUMMARY_TOKENS)
                .build();
        try {
            String said = model.get().ask(request).text();
            if (said == null || said.isBlank()) {
                return Optional.empty();
            }
            String text = ChatText.cut(ChatText.clean(said).strip(), MAX_SUMMARY);
            conversations.summarize(conversation, older.get(older.size() - 1).number(), text, detail());
            return Optional.of(text);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            log.warn("The conversation {} could not be summed up: {}", conversation, e.getMessage());
            return Optional.empty();
        }
    }

    private String detail() {
        return JSON.createObjectNode()
                .put("model", model.map(Asking::name).orElse(""))
                .put("prompt", SUMMARY.version())
                .toString();
    }

    /** The summary so far and the messages after it, the latest of them when there are too many. */
    private static String input(String summary, List<Message> older) {
        StringBuilder text = new StringBuilder();
        for (int i = older.size() - 1; i >= 0 && text.length() < MAX_INPUT; i--) {
            Message message = older.get(i);
            String who = message.role() == Message.Role.USER ? "User: " : "Studio: ";
            text.insert(0, who + ChatText.cut(message.text(), MAX_SUMMED) + "\n");
        }
        return (summary.isBlank() ? "" : ChatText.marked("chat_summary", summary) + "\n")
                + ChatText.marked("earlier_messages", text.toString());
    }
}
