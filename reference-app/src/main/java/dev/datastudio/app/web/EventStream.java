package dev.datastudio.app.web;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Events for one client, numbered, in the order in which they were sent. Sending never waits for the client: what it does
 * not take in time waits, and a client with {@value #MAX_WAITING} waiting events is let go and comes back with
 * {@code Last-Event-ID}. Thread-safe.
 */
public final class EventStream {
    /** How many events may wait for a client. */
    public static final int MAX_WAITING = 10_000;

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final SseEmitter emitter = new SseEmitter(0L);
    private final Executor senders;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CopyOnWriteArrayList<Runnable> endings = new CopyOnWriteArrayList<>();
    private long sequence; // of the sending thread, one at a time

    EventStream(Executor senders, long from) {
        this.senders = senders;
        this.sequence = from;
        emitter.onCompletion(this::ended);
        emitter.onTimeout(this::ended);
        emitter.onError(failure -> ended());
    }

    /** What a handler method gives back. */
    public SseEmitter emitter() {
        return emitter;
    }

    /**
     * Sends an event.
     *
     * @param type its name
     * @param data JSON text, or what is written as JSON
     */
    public void send(String type, Object data) {
        enqueue(() -> emit(
                SseEmitter.event().id(Long.toString(++sequence)).name(type).data(data, MediaType.APPLICATION_JSON)));
    }

    void beat() {
        enqueue(() -> emit(SseEmitter.event().comment("")));
    }

    /** Ends the stream when all was sent. */
    public void end() {
        enqueue(emitter::complete);
    }

    /** Has something done when the stream ended or its client left; at once if that was before. */
    public void onEnd(Runnable ending) {
        endings.add(ending);
        if (ended.get() && endings.remove(ending)) {
            ending.run();
        }
    }

    private void enqueue(Runnable sending) {
        if (ended.get()) {
            return;
        }
        waiting.add(sending);
        int before = count.getAndIncrement();
        if (before == 0) {
            senders.execute(this::drain);
        } else if (before > MAX_WAITING) {
            log.debug("A client that reads no events is let go");
            ended();
            emitter.complete();
        }
    }

    private void drain() {
        do {
            Runnable next = waiting.poll();
            if (next != null && !ended.get()) {
                next.run();
            }
        } while (count.decrementAndGet() > 0);
    }

    private void emit(SseEmitter.SseEventBuilder event) {
        try {
            emitter.send(event);
        } catch (IOException | IllegalStateException e) {
            log.debug("The client of a stream of events left", e);
            ended();
        }
    }

    private void ended() {
        if (ended.compareAndSet(false, true)) {
            for (Runnable ending : endings) {
                if (endings.remove(ending)) {
                    ending.run();
                }
            }
        }
    }
}
