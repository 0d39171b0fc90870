package dev.datastudio.agents.model;

import dev.datastudio.agents.model.internal.CallLedger;
import dev.datastudio.api.tenant.Caller;
import java.time.Instant;
import java.util.List;

/**
 * Which calls of models a tenant made, and what they used. Kept until {@link #deleteBefore}. Who may see whose is for
 * the program to decide; what belongs to another tenant is not there. Thread-safe.
 */
public final class ModelCalls {
    private final CallLedger ledger;
    private final Caller caller;

    ModelCalls(CallLedger ledger, Caller caller) {
        this.ledger = ledger;
        this.caller = caller;
    }

    /** This person's calls of a conversation, the latest first. */
    public List<ModelCall> ofConversation(String id) {
        return ledger.list(ledger.query().where("conversation", id).where("user_name", caller.user()));
    }

    /** This person's calls of a run, the latest first. */
    public List<ModelCall> ofRun(String id) {
        return ledger.list(ledger.query().where("run", id).where("user_name", caller.user()));
    }

    /** This person's calls in a time, the latest first. */
    public List<ModelCall> mine(Instant from, Instant before) {
        return ledger.list(ledger.query().where("user_name", caller.user()).createdBetween(from, before));
    }

    /** The calls of everybody in the tenant in a time, the latest first. */
    public List<ModelCall> ofTenant(Instant from, Instant before) {
        return ledger.list(ledger.query().createdBetween(from, before));
    }

    /**
     * Forgets the tenant's calls that were made before a time.
     *
     * @return how many
     */
    public int deleteBefore(Instant time) {
        return ledger.deleteBefore(time);
    }
}
