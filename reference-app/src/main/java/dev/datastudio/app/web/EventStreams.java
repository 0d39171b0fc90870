package dev.datastudio.app.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Opens streams of events and keeps them alive through proxies. Thread-safe. */
@Component
public class EventStreams implements DisposableBean {
    private static final long BEAT_SECONDS = 15;

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders = Executors.newCachedThreadPool(daemons("studio-events"));
    private final ScheduledExecutorService beats = Executors.newScheduledThreadPool(1, daemons("studio-beats"));

    @SuppressWarnings("FutureReturnValueIgnored") // a beat does not throw
    public EventStreams() {
        beats.scheduleAtFixedRate(() -> open.forEach(EventStream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * A stream whose events are numbered from the one that the client had last.
     *
     * @param last the header {@code Last-Event-ID}; empty, or anything that is no number, for the beginning
     */
    public EventStream open(String last) {
        long from = last.matches("[0-9]{1,15}") ? Long.parseLong(last) : 0;
        EventStream stream = new EventStream(senders, from);
        open.add(stream);
        stream.onEnd(() -> open.remove(stream));
        return stream;
    }

    /** Does something that sends events, on a thread of its own. */
    public void run(Runnable work) {
        senders.execute(work);
    }

    @Override
    public void destroy() {
        open.forEach(EventStream::end);
        beats.shutdownNow();
        senders.shutdown();
    }
}
