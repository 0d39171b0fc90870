package dev.datastudio.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a {@link ScriptedModelServer} answers: text, tool calls or an error, at once or when the test says so. Immutable:
 * each method gives a changed reply.
 *
 * <p>Defaults: sent at once; the prompt counts as many tokens as its words, the answer as many as its pieces.
 */
public final class ModelReply {
    private static final Pattern PIECE = Pattern.compile("\\s*\\S+|\\s+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Parts parts;

    private ModelReply(Parts parts) {
        this.parts = parts;
    }

    /** A text; streamed word by word. */
    public static ModelReply text(String text) {
        return of(PIECE.matcher(text).results().map(MatchResult::group).toList());
    }

    /** A text in these pieces; one text when it is not streamed. */
    public static ModelReply pieces(String... pieces) {
        return of(List.of(pieces));
    }

    /**
     * A call of a tool.
     *
     * @param arguments a JSON object
     */
    public static ModelReply toolCall(String tool, String arguments) {
        return of(List.of()).andToolCall(tool, arguments);
    }

    /**
     * An error instead of an answer.
     *
     * @param status of HTTP, 400 to 599; clients try again after 429 and 500
     */
    public static ModelReply error(int status, String message) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be in 400..599, was " + status);
        }
        Parts parts = new Parts();
        parts.error = Optional.of(new Failure(status, message));
        return new ModelReply(parts);
    }

    /** As this, with one more call of a tool. */
    public ModelReply andToolCall(String tool, String arguments) {
        Parts changed = parts.copy();
        changed.toolCalls = new ArrayList<>(parts.toolCalls);
        changed.toolCalls.add(new ToolCall(tool, arguments));
        return new ModelReply(changed);
    }

    /** As this, but with a usage of its own. */
    public ModelReply usage(int promptTokens, int answerTokens) {
        Parts changed = parts.copy();
        changed.usage = Optional.of(new Usage(promptTokens, answerTokens));
        return new ModelReply(changed);
    }

    /** As this, but nothing is sent before the latch is open. */
    public ModelReply heldBy(CountDownLatch latch) {
        return heldAfter(0, latch);
    }

    /**
     * As this, but a streamed answer stops until the latch is open. An answer that is not streamed is held as a whole.
     *
     * @param pieces how many pieces are sent before; 0 holds everything, the head of the answer included
     */
    public ModelReply heldAfter(int pieces, CountDownLatch latch) {
        if (pieces < 0) {
            throw new IllegalArgumentException("pieces must be at least 0, was " + pieces);
        }
        Parts changed = parts.copy();
        changed.hold = Optional.of(new Hold(pieces, latch));
        return new ModelReply(changed);
    }

    List<String> pieces() {
        return parts.pieces;
    }

    List<ToolCall> toolCalls() {
        return parts.toolCalls;
    }

    Optional<Failure> failure() {
        return parts.error;
    }

    Usage usage(ModelRequest request) {
        return parts.usage.orElseGet(() -> new Usage(words(request), parts.pieces.size() + parts.toolCalls.size()));
    }

    /** Waits when the reply is held after so many pieces. */
    void awaitBefore(int piece) throws InterruptedException {
        if (parts.hold.isPresent() && parts.hold.get().pieces() == piece) {
            parts.hold.get().latch().await();
        }
    }

    /** Waits when the reply is held anywhere. */
    void awaitAll() throws InterruptedException {
        if (parts.hold.isPresent()) {
            parts.hold.get().latch().await();
        }
    }

    private static ModelReply of(List<String> pieces) {
        Parts parts = new Parts();
        parts.pieces = pieces;
        return new ModelReply(parts);
    }

    private static int words(ModelRequest request) {
        return request.messages().stream()
                .mapToInt(message -> SPACE.split(message.text().strip()).length)
                .sum();
    }

    record ToolCall(String tool, String arguments) {}

    record Failure(int status, String message) {}

    record Usage(int promptTokens, int answerTokens) {}

    private record Hold(int pieces, CountDownLatch latch) {}

    /** Never changed once a reply holds it. */
    private static final class Parts {
        private List<String> pieces = List.of();
        private List<ToolCall> toolCalls = List.of();
        private Optional<Failure> error = Optional.empty();
        private Optional<Usage> usage = Optional.empty();
        private Optional<Hold> hold = Optional.empty();

        Parts copy() {
            Parts copy = new Parts();
            copy.pieces = pieces;
            copy.toolCalls = toolCalls;
            copy.error = error;
            copy.usage = usage;
            copy.hold = hold;
            return copy;
        }
    }
}
