package dev.datastudio.app.chat;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.app.web.SocketStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Questions that follow each other, and who is told of their answers. Its latest events are kept, so that a socket that
 * comes back goes on after the last one that it had. Thread-safe.
 */
final class AnalysisSession {
    private static final int KEPT = 200;

    private record Frame(long sequence, String text) {}

    private final Deque<Frame> kept = new ArrayDeque<>();
    private final Set<SocketStream> sockets = new LinkedHashSet<>();
    private Optional<Cancellation> running = Optional.empty();
    private Optional<Answer> last = Optional.empty();
    private long sequence;

    /** Tells a socket of what happens from now on, after what it missed. */
    synchronized void open(SocketStream socket, String connected, long after) {
        socket.send(connected);
        kept.stream().filter(frame -> frame.sequence() > after).forEach(frame -> socket.send(frame.text()));
        sockets.add(socket);
    }

    synchronized void close(SocketStream socket) {
        sockets.remove(socket);
    }

    /**
     * Tells all sockets.
     *
     * @param frame makes the text for a sequence number
     */
    synchronized void tell(LongFunction<String> frame) {
        sequence++;
        String text = frame.apply(sequence);
        kept.addLast(new Frame(sequence, text));
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        sockets.forEach(socket -> socket.send(text));
    }

    /**
     * Begins to answer.
     *
     * @throws StudioException {@link ErrorCode#CONVERSATION_BUSY} when a question is being answered
     */
    synchronized Cancellation begin() {
        if (running.isPresent()) {
            throw new StudioException(
                    ErrorCode.CONVERSATION_BUSY,
                    "A question of this session is being answered already",
                    "Wait for that answer, or stop it");
        }
        kept.clear();
        Cancellation cancellation = Cancellation.create();
        running = Optional.of(cancellation);
        return cancellation;
    }

    /**
     * Tells how it ended; whoever reads that may ask the next question at once.
     *
     * @param frame makes the text for a sequence number
     */
    synchronized void end(LongFunction<String> frame) {
        running = Optional.empty();
        tell(frame);
    }

    void stop() {
        Optional<Cancellation> now;
        synchronized (this) {
            now = running;
        }
        now.ifPresent(Cancellation::cancel);
    }

    /** The answer that the next question may change. */
    synchronized Optional<Answer> last() {
        return last;
    }

    synchronized void answered(Answer answer) {
        last = Optional.of(answer);
    }
}
