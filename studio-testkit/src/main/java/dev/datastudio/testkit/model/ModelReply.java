package dev.datastudio.testkit.model;

import java.time.Duration;
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

    private static final Duration FOREVER = Duration.ofDays(1);

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
        parts.error = Optional.of(new Failure(status, message, Optional.empty()));
        return new ModelReply(parts);
    }

    /** An answer with status 200 whose body, or whose only frame when it is streamed, is this text: no JSON, say. */
    public static ModelReply raw(String body) {
        Parts parts = new Parts();
        parts.raw = Optional.of(body);
        return new ModelReply(parts);
    }

    /**
     * As this error, telling the client when to try again.
     *
     * @param seconds what the header {@code Retry-After} says
     * @throws IllegalStateException if this is no error
     */
    public ModelReply retryAfter(int seconds) {
        Failure failure = parts.error.orElseThrow(() -> new IllegalStateException("Only an error has a Retry-After"));
        Parts changed = parts.copy();
        changed.error = Optional.of(new Failure(failure.status(), failure.message(), Optional.of(seconds)));
        return new ModelReply(changed);
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
        return held(new Hold(requireNotNegative(pieces), Optional.of(latch), FOREVER));
    }

    private static int requireNotNegative(int pieces) {
        if (pieces < 0) {
            throw new IllegalArgumentException("pieces must be at least 0, was " + pieces);
        }
        return pieces;
    }

    /** As this, but nothing is sent before that time has passed. */
    public ModelReply after(Duration delay) {
        return held(new Hold(0, Optional.empty(), delay));
    }

    /** As this, but nothing more is ever sent after so many pieces, while the connection stays open. */
    public ModelReply stalledAfter(int pieces) {
        return held(new Hold(requireNotNegative(pieces), Optional.empty(), FOREVER));
    }

    /**
     * As this, but the connection is closed after so many pieces. Of an answer that is not streamed half is sent.
     *
     * @param pieces 0 and more
     */
    public ModelReply cutAfter(int pieces) {
        Parts changed = parts.copy();
        changed.cut = Optional.of(pieces);
        return new ModelReply(changed);
    }

    private ModelReply held(Hold hold) {
        Parts changed = parts.copy();
        changed.hold = Optional.of(hold);
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

    Optional<String> raw() {
        return parts.raw;
    }

    Optional<Hold> hold() {
        return parts.hold;
    }

    /** Whether the connection is closed after so many pieces. */
    boolean isCutAfter(int pieces) {
        return parts.cut.isPresent() && parts.cut.get() == pieces;
    }

    boolean isCut() {
        return parts.cut.isPresent();
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

    record ToolCall(String tool, String arguments) {
        /** The arguments in two pieces, as services cut them anywhere. */
        List<String> argumentPieces() {
            int middle = arguments.length() / 2;
            return List.of(arguments.substring(0, middle), arguments.substring(middle));
        }
    }

    record Failure(int status, String message, Optional<Integer> retryAfterSeconds) {}

    record Usage(int promptTokens, int answerTokens) {}

    /**
     * Where an answer waits.
     *
     * @param pieces after so many; 0 before everything
     * @param latch that ends it; without one, time alone does
     * @param limit after which it goes on in any case
     */
    record Hold(int pieces, Optional<CountDownLatch> latch, Duration limit) {}

    /** Never changed once a reply holds it. */
    private static final class Parts {
        private List<String> pieces = List.of();
        private List<ToolCall> toolCalls = List.of();
        private Optional<Failure> error = Optional.empty();
        private Optional<Usage> usage = Optional.empty();
        private Optional<Hold> hold = Optional.empty();
        private Optional<String> raw = Optional.empty();
        private Optional<Integer> cut = Optional.empty();

        Parts copy() {
            Parts copy = new Parts();
            copy.pieces = pieces;
            copy.toolCalls = toolCalls;
            copy.error = error;
            copy.usage = usage;
            copy.hold = hold;
            copy.raw = raw;
            copy.cut = cut;
            return copy;
        }
    }
}
