package dev.datastudio.app.web;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

/**
 * What is sent to the client of a WebSocket, in order. Who sends never waits for the client: what it has not taken yet
 * waits here, up to {@link #MAX_WAITING} characters; a client that is slower than that is cut off with 1013, and goes on
 * after its last message when it comes back. No thread waits either. Thread-safe.
 */
public final class SocketStream {
    /** How many characters may wait for a client. */
    public static final int MAX_WAITING = 1 << 19;

    private static final Logger LOG = LoggerFactory.getLogger(SocketStream.class);
    private static final long SEND_TIMEOUT_MILLIS = 30_000;

    /** Closing may wait for a client that takes nothing. */
    private static final Executor CLOSING = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "studio-socket-close");
        thread.setDaemon(true);
        return thread;
    });

    private final WebSocketSession session;
    private final RemoteEndpoint.Async remote;
    private final Deque<String> waiting = new ArrayDeque<>();
    private int characters;
    private boolean sending;
    private boolean closed;

    private SocketStream(WebSocketSession session, RemoteEndpoint.Async remote) {
        this.session = session;
        this.remote = remote;
    }

    /** What is sent by a session; once for each. */
    public static SocketStream of(WebSocketSession session) {
        Session socket = ((StandardWebSocketSession) session).getNativeSession(Session.class);
        if (socket == null) {
            throw new IllegalStateException("The session has no socket yet");
        }
        RemoteEndpoint.Async remote = socket.getAsyncRemote();
        remote.setSendTimeout(SEND_TIMEOUT_MILLIS);
        return new SocketStream(session, remote);
    }

    /** Sends a text. Does nothing when the session is closed. */
    public void send(String text) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (characters + text.length() > MAX_WAITING) {
                LOG.debug("A client took its messages too slowly and was cut off");
                close(CloseStatus.SERVICE_OVERLOAD.withReason("Too slow; come back and go on after the last message"));
                return;
            }
            waiting.add(text);
            characters += text.length();
            if (sending) {
                return;
            }
            sending = true;
        }
        sendNext();
    }

    /** Sends one after the other; a send that ends at once goes on in the loop of its caller, and not deeper. */
    private void sendNext() {
        while (true) {
            String next;
            synchronized (this) {
                next = closed ? null : waiting.poll();
                if (next == null) {
                    sending = false;
                    return;
                }
                characters -= next.length();
            }
            Sent sent = new Sent();
            try {
                remote.sendText(next, sent::done);
            } catch (IllegalStateException | IllegalArgumentException e) {
                LOG.debug("A client is gone", e);
                close(CloseStatus.SESSION_NOT_RELIABLE);
                return;
            }
            if (!sent.isDoneAtOnce()) {
                return; // the one who ends it goes on
            }
        }
    }

    /** Whether a send ended before its caller looked. */
    private final class Sent {
        private boolean done;
        private boolean left;

        void done(SendResult result) {
            boolean goesOn;
            synchronized (this) {
                done = true;
                goesOn = left;
            }
            if (!result.isOK()) {
                LOG.debug("A client is gone", result.getException());
                close(CloseStatus.SESSION_NOT_RELIABLE);
            }
            if (goesOn) {
                sendNext();
            }
        }

        synchronized boolean isDoneAtOnce() {
            left = !done;
            return done;
        }
    }

    /** Ends the session; what waits is not sent any more. */
    public void close(CloseStatus status) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            characters = 0;
        }
        CLOSING.execute(() -> {
            try {
                session.close(status);
            } catch (IOException | IllegalStateException e) {
                LOG.debug("A session could not be closed", e);
            }
        });
    }
}
