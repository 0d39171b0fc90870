package dev.datastudio.agents.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps what a turn tells. */
final class CollectedEvents implements ChatListener {
    private final List<ChatEvent> events = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public synchronized void onEvent(ChatEvent event) {
        events.add(event);
        notifyAll();
    }

    @Override
    public void onEnd() {
        ended.countDown();
    }

    /** All of them, when the turn has ended. */
    List<ChatEvent> all() throws InterruptedException {
        if (!ended.await(ChatDesk.SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the turn did not end, it told " + events);
        }
        synchronized (this) {
            return List.copyOf(events);
        }
    }

    /** Waits for an event. */
    synchronized ChatEvent await(Predicate<ChatEvent> wanted) throws InterruptedException {
        long end = System.nanoTime() + ChatDesk.SOON.toNanos();
        while (true) {
            for (ChatEvent event : events) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("the event did not come, only " + events);
            }
            wait(left / 1_000_000 + 1);
        }
    }

    static Predicate<ChatEvent> token(String text) {
        return event ->
                event.content() instanceof ChatEvent.Token token && token.text().equals(text);
    }
}
