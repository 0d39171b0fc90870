package dev.datastudio.core.conversation;

import java.time.Instant;
import java.util.Objects;

/**
 * The right to answer in a conversation, held by one at a time. Immutable.
 *
 * @param conversation the id of the conversation
 * @param owner who holds it, such as the id of a run
 * @param until when it ends unless it is renewed
 * @param request what somebody asks its owner for
 * @param revision one more with each renewal
 */
public record Turn(String conversation, String owner, Instant until, Request request, long revision) {
    public Turn {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(request, "request");
    }

    /** What the owner of a turn is asked for. */
    public enum Request {
        NOTHING,
        STOP
    }
}
