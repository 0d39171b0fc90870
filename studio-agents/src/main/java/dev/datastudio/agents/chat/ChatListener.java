package dev.datastudio.agents.chat;

/**
 * Told what happens in a conversation, one event after the other in their order, on threads of the turn. It may block,
 * which holds up nobody but itself: what it is too slow for is left out, and an event says so.
 */
@FunctionalInterface
public interface ChatListener {
    /** Does not listen. */
    ChatListener NONE = event -> {};

    /** Something happened. */
    void onEvent(ChatEvent event);

    /** No more will happen in this turn. */
    default void onEnd() {}
}
