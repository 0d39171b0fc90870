package dev.datastudio.core.erasure;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;

/**
 * What a module made of a thing that somebody deletes alone, and that goes with it. Found by {@link
 * java.util.ServiceLoader}, so an implementation has a constructor without parameters. Called on the deleting thread, also for
 * each of many that are deleted at once: one that keeps nothing must be quick to say so. Thread-safe.
 */
public interface DeletionPart {
    /**
     * Deletes what was made of a data set, whose rows are gone already. Nothing, unless an implementation does more.
     *
     * @throws StudioException when something could not be deleted and still is there
     * @throws InterruptedException if the thread is interrupted while it waits for work that goes on to end
     */
    default void dataset(Studio studio, Dataset gone) throws InterruptedException {}

    /**
     * Deletes what was made of a conversation, whose messages are still there. Nothing, unless an implementation does
     * more.
     *
     * @param owner whose conversation it is
     * @throws StudioException when something could not be deleted and still is there
     */
    default void conversation(Studio studio, Caller owner, Conversation going) {}
}
