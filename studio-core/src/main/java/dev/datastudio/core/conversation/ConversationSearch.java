package dev.datastudio.core.conversation;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds words in the titles and messages of conversations, in lower case or upper case. Of messages, those that people
 * and agents said on the active branch are looked at. Immutable; thread-safe.
 *
 * <p>A metadata store keeps no index of words, so that messages are read. What one search reads is bounded:
 * {@link #in} stops after {@link #MAX_MESSAGES} and says where to go on.
 */
public final class ConversationSearch {
    /** How many characters the words may have that are looked for. */
    public static final int MAX_WORDS = 200;

    /** How many messages one search reads before it stops, and how many, the latest, of one conversation. */
    public static final int MAX_MESSAGES = 5_000;

    private static final int AROUND = 60;
    /** Few, since the details of an answer may have megabytes. */
    private static final int PAGE = 50;

    private final MetadataStore store;
    private final EntryCollection<Message> messages;
    private final Pattern words;
    private final int maxMessages;

    /**
     * A search in the messages of a tenant.
     *
     * @param words 1 to {@link #MAX_WORDS} characters, taken as they are
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there are none or too many
     */
    public ConversationSearch(MetadataStore store, String tenant, String words) {
        this(store, tenant, words, MAX_MESSAGES);
    }

    ConversationSearch(MetadataStore store, String tenant, String words, int maxMessages) {
        if (words.isBlank() || words.length() > MAX_WORDS) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "What is looked for has " + words.length() + " characters",
                    "Give 1 to " + MAX_WORDS);
        }
        this.store = Objects.requireNonNull(store, "store");
        this.messages = new EntryCollection<>(store, tenant, "message", ConversationCodec::message);
        this.words = Pattern.compile(
                Pattern.quote(words.strip()).replaceAll("\\s+", "\\\\E\\\\s+\\\\Q"),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        this.maxMessages = maxMessages;
    }

    /**
     * A conversation in which the words are.
     *
     * @param said where they were said, the latest such message; empty when they are in the title only
     */
    public record Match(Conversation conversation, Optional<Passage> said) {}

    /**
     * Where words are in a message: a line of it.
     *
     * @param message its number
     * @param role who said it
     * @param before up to about 60 characters before the words; begins with … where it was cut
     * @param words as they stand there
     * @param after up to about 60 characters after them; ends with … where it was cut
     */
    public record Passage(long message, Message.Role role, String before, String words, String after) {}

    /**
     * What a search found.
     *
     * @param matches in the order of the conversations
     * @param lookedAt how many of the conversations were looked at, from the first; fewer than there are when it stopped
     */
    public record Found(List<Match> matches, int lookedAt) {}

    /**
     * Looks into conversations, one after the other, until enough are found, all were looked at or
     * {@link #MAX_MESSAGES} were read. At least one is looked at.
     *
     * @param conversations of the tenant, those that the caller may see
     * @param limit how many are enough, at least 1
     */
    public Found in(List<Conversation> conversations, int limit) {
        List<Match> matches = new ArrayList<>();
        long read = 0;
        int lookedAt = 0;
        for (Conversation each : conversations) {
            if (matches.size() == limit || read >= maxMessages) {
                break;
            }
            Optional<Passage> said = said(each);
            if (said.isPresent() || words.matcher(each.title()).find()) {
                matches.add(new Match(each, said));
            }
            read += Math.min(each.messages(), maxMessages);
            lookedAt++;
        }
        return new Found(List.copyOf(matches), lookedAt);
    }

    /** The latest passage of the active branch; messages are read a few at a time and not kept. */
    private Optional<Passage> said(Conversation conversation) {
        Map<Long, Long> parents = new HashMap<>();
        Map<Long, Passage> passages = new HashMap<>();
        EntryQuery next = messages.query()
                .where(ConversationCodec.CONVERSATION, conversation.id())
                .limitedTo(Math.min(PAGE, maxMessages));
        for (boolean hasMore = conversation.messages() > 0; hasMore; ) {
            EntryPage page = store.list(next);
            page.entries().stream().map(messages::read).forEach(message -> {
                parents.put(message.number(), message.parent());
                passage(message).ifPresent(passage -> passages.put(message.number(), passage));
            });
            hasMore = page.hasMore() && parents.size() < maxMessages;
            next = next.after(page.next());
        }
        long number = conversation.head();
        while (number > 0 && !passages.containsKey(number)) {
            number = parents.getOrDefault(number, 0L);
        }
        return Optional.ofNullable(passages.get(number));
    }

    private Optional<Passage> passage(Message message) {
        boolean isSaid = message.role() == Message.Role.USER || message.role() == Message.Role.ASSISTANT;
        Matcher found = words.matcher(message.text());
        if (!isSaid || !found.find()) {
            return Optional.empty();
        }
        String text = message.text();
        int from = Math.max(0, found.start() - AROUND);
        int to = Math.min(text.length(), found.end() + AROUND);
        return Optional.of(new Passage(
                message.number(),
                message.role(),
                (from > 0 ? "…" : "") + line(text.substring(whole(text, from), found.start())),
                line(found.group()),
                line(text.substring(found.end(), whole(text, to))) + (to < text.length() ? "…" : "")));
    }

    /** Not between the two halves of a character. */
    private static int whole(String text, int at) {
        boolean isInside = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
        return isInside ? at - 1 : at;
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
