package dev.datastudio.app.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response of server-sent events. Who sends never waits for the client: what the client has not taken yet waits here,
 * up to {@link #MAX_WAITING} bytes; a client that is slower than that is cut off, and goes on from its last event when it
 * comes back. No thread waits either. Thread-safe.
 */
public final class EventStream {
    /** How many bytes may wait for a client. */
    public static final int MAX_WAITING = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final List<Runnable> onEnd = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Runnable> onFirst = new AtomicReference<>(() -> {});
    private int bytes;
    private boolean toFlush;
    private boolean ending;
    private boolean ended;

    private EventStream(AsyncContext context, ServletOutputStream out) {
        this.context = context;
        this.out = out;
    }

    /** Begins the answer to a request. To be called on the thread of the request. */
    static EventStream open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        EventStream stream = new EventStream(context, response.getOutputStream());
        context.addListener(stream.new Broken());
        stream.out.setWriteListener(stream.new Writer());
        stream.beat();
        return stream;
    }

    /** Has something done once the stream ended, for whatever reason; at once when it has. */
    public EventStream onEnd(Runnable action) {
        boolean now;
        synchronized (this) {
            now = ended;
            if (!now) {
                onEnd.add(action);
            }
        }
        if (now) {
            action.run();
        }
        return this;
    }

    /** Has something done when the first event is sent. */
    EventStream onFirst(Runnable action) {
        onFirst.set(action);
        return this;
    }

    /**
     * Sends an event. Does nothing when the stream has ended.
     *
     * @param id what the client sends back as {@code Last-Event-ID}; empty for an event that it needn't remember
     * @param event its type
     * @param data JSON in one line
     */
    public void send(String id, String event, String data) {
        StringBuilder text = new StringBuilder(data.length() + 64);
        if (!id.isEmpty()) {
            text.append("id: ").append(oneLine(id)).append('\n');
        }
        text.append("event: ").append(oneLine(event)).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        add(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        Runnable first = onFirst.getAndSet(null);
        if (first != null) {
            first.run();
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n\\x00]", " ");
    }

    /** Sends a comment, so that nobody on the way takes the connection for dead, and one that is dead is found. */
    void beat() {
        add(BEAT);
    }

    private void add(byte[] frame) {
        boolean tooSlow;
        synchronized (this) {
            if (ended || ending) {
                return;
            }
            tooSlow = bytes + frame.length > MAX_WAITING;
            if (!tooSlow) {
                waiting.add(frame);
                bytes += frame.length;
            }
        }
        if (tooSlow) {
            LOG.debug("A client took its events too slowly and was cut off");
            end();
        } else {
            write();
        }
    }

    /** Ends the stream after what waits. */
    public void close() {
        synchronized (this) {
            ending = true;
        }
        write();
    }

    private void write() {
        boolean isDone;
        try {
            isDone = written();
        } catch (IOException | IllegalStateException e) { // the client is gone, or its connection is
            LOG.debug("A client is gone", e);
            isDone = true;
        }
        if (isDone) {
            end();
        }
    }

    /** Writes as much as the connection takes; gives whether all is written and nothing will follow. */
    private synchronized boolean written() throws IOException {
        while (!ended && out.isReady()) {
            byte[] next = waiting.poll();
            if (next != null) {
                bytes -= next.length;
                toFlush = true;
                out.write(next);
            } else if (toFlush) {
                toFlush = false;
                out.flush();
            } else {
                return ending;
            }
        }
        return false;
    }

    /** Ends the stream at once; what waits is not sent any more. */
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            waiting.clear();
            bytes = 0;
        }
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.debug("The container ended a stream first", e);
        }
        onEnd.forEach(Runnable::run);
    }

    /** Without it the container would dispatch a broken connection as an error, which nobody can be told. */
    private final class Broken implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            end();
            try {
                context.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The stream was completed before", e);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // It is not begun again.
        }
    }

    private final class Writer implements WriteListener {
        @Override
        public void onWritePossible() {
            write();
        }

        @Override
        public void onError(Throwable error) {
            LOG.debug("A stream broke off", error);
            end();
        }
    }
}
