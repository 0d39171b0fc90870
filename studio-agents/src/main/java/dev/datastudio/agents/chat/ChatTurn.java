package dev.datastudio.agents.chat;

import dev.datastudio.agents.chat.ChatEvent.Connected;
import dev.datastudio.agents.chat.ChatEvent.Content;
import dev.datastudio.agents.chat.ChatEvent.Failed;
import dev.datastudio.agents.chat.ChatEvent.Update;
import dev.datastudio.agents.chat.internal.ChatRuns.Running;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.event.EventMode;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.StreamOptions;
import java.time.Instant;
import java.util.Objects;

/** One message being answered. It goes on whether anybody listens or waits. Thread-safe. */
public final class ChatTurn {
    private final Running running;

    ChatTurn(Running running) {
        this.running = running;
    }

    /** Names it. */
    public String id() {
        return running.task().id();
    }

    /** The id of the conversation. */
    public String conversation() {
        return running.task().request().conversation();
    }

    /** The number of the message that is answered. */
    public long question() {
        return running.task().question();
    }

    /**
     * Waits for the answer. A model that fails and a stop give a reply that says so, and no exception.
     *
     * @throws StudioException {@link ErrorCode#CANCELLED} when the studio is closed or this thread is interrupted, or a
     *     failure of a store
     */
    public ChatReply await() {
        return running.await();
    }

    /** Whether it has ended. */
    public boolean isDone() {
        return running.run().isDone();
    }

    /** Ends it: what was said until then is kept, marked as a part of an answer. Does nothing when it has ended. */
    public void stop() {
        running.task().asked().cancel();
    }

    /**
     * Says whether a tool that waits may run, as {@link ChatEvent.ApprovalAsked} tells of it.
     *
     * @param approval what is to be decided
     * @return whether it still waited; false too for a chat that asks nobody
     */
    public boolean decide(String approval, Approval.Decision decision) {
        return running.task().approvals().decide(approval, Objects.requireNonNull(decision, "decision"));
    }

    /**
     * Adds a listener: it is told that it is connected, what happened after an event as far as that is kept, which is
     * 2,000 events and until five minutes after the end, and then what happens.
     *
     * @param after the {@link ChatEvent#sequence()} of the last event that it had, such as a client's
     *     {@code Last-Event-ID}; 0 for all
     * @return close it to be told no more
     * @throws IllegalArgumentException if the number is negative
     */
    public Cancellation.Registration listen(long after, ChatListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (after < 0) {
            throw new IllegalArgumentException("after must be at least 0, was " + after);
        }
        listener.onEvent(event(0, Instant.now(), new Connected()));
        return running.run().stream(
                        StreamOptions.of(EventMode.CUSTOM).from(after + 1).buffer(StreamOptions.DEFAULT_BUFFER * 16))
                .listen(event -> tell(event, listener));
    }

    private void tell(RunEvent event, ChatListener listener) {
        if (event instanceof RunEvent.Custom custom && custom.value() instanceof Content content) {
            listener.onEvent(event(event.sequence(), event.at(), content));
        } else if (event instanceof RunEvent.EventsDropped dropped) {
            Update missed = new Update(Update.Stage.MISSED, "Events were missed; the answer at the end is whole.");
            listener.onEvent(event(dropped.lastDropped(), event.at(), missed));
        } else if (event instanceof RunEvent.Terminal) {
            if (event instanceof RunEvent.RunFailed failed) {
                listener.onEvent(event(event.sequence(), event.at(), failed(failed.error())));
            } else if (event instanceof RunEvent.RunCancelled) {
                listener.onEvent(event(event.sequence(), event.at(), failed(Cancellation.cancelledError())));
            }
            listener.onEnd();
        }
    }

    private static Content failed(StudioException error) {
        return new Failed(error.code(), error.what(), error.mend(), true);
    }

    private ChatEvent event(long sequence, Instant at, Content content) {
        return new ChatEvent(conversation(), id(), sequence, at, content);
    }
}
