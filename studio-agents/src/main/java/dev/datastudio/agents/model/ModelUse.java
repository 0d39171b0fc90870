package dev.datastudio.agents.model;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.usage.TokenBudget;
import java.util.Objects;

/**
 * What calls of a model belong to: how they are counted, limited and stopped. Immutable; begins at {@link #NONE}.
 *
 * @param conversation its id; empty for none; at most 200 characters
 * @param run the id of a run of a graph or an agent; empty for none; at most 200 characters
 * @param cancellation cuts the connection of a call, and keeps later ones from being made
 * @param budget the tokens that all calls together may use; the call that passes it is still answered, the next one is
 *     refused
 */
public record ModelUse(String conversation, String run, Cancellation cancellation, TokenBudget budget) {
    /** Belongs to nothing, is not limited and can't be stopped. */
    public static final ModelUse NONE = new ModelUse("", "", Cancellation.none(), TokenBudget.of(Long.MAX_VALUE));

    private static final int MAX_ID = 200;

    /** @throws IllegalArgumentException if an id is too long */
    public ModelUse {
        requireShort("conversation", conversation);
        requireShort("run", run);
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(budget, "budget");
    }

    private static void requireShort(String name, String id) {
        if (id.length() > MAX_ID) {
            throw new IllegalArgumentException(
                    name + " must have at most " + MAX_ID + " characters, had " + id.length());
        }
    }

    /** In a conversation. */
    public ModelUse inConversation(String id) {
        return new ModelUse(id, run, cancellation, budget);
    }

    /** In a run. */
    public ModelUse inRun(String id) {
        return new ModelUse(conversation, id, cancellation, budget);
    }

    /** Stopped by this. */
    public ModelUse stoppedBy(Cancellation value) {
        return new ModelUse(conversation, run, value, budget);
    }

    /** Within this budget. */
    public ModelUse within(TokenBudget value) {
        return new ModelUse(conversation, run, cancellation, value);
    }
}
