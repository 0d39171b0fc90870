package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.app.identity.account.Records.Kept;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Organisations that come to their end: locks everybody out, and keeps in mind which ones are to be erased until they are,
 * whatever happens to processes meanwhile. Thread-safe, also between processes.
 */
public final class OrganisationEnds {
    private final MetadataStore store;
    private final InstantSource clock;
    private final Organisations organisations;
    private final Accounts accounts;
    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final Invitations invitations;
    private final OneTimeSecrets secrets;
    private final Records<Body> open;

    /** Organisations whose end is kept in a store. */
    public OrganisationEnds(
            MetadataStore store,
            InstantSource clock,
            Organisations organisations,
            Accounts accounts,
            Sessions sessions,
            PersonalTokens tokens,
            Invitations invitations) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.organisations = Objects.requireNonNull(organisations, "organisations");
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        this.sessions = Objects.requireNonNull(sessions, "sessions");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.invitations = Objects.requireNonNull(invitations, "invitations");
        this.secrets = new OneTimeSecrets(store);
        this.open = new Records<>(store, Records.EVERYBODY, "identity-ending", Body.class);
    }

    record Body(Instant begunAt) {}

    /**
     * An organisation that has come to its end and is not erased yet. Immutable.
     *
     * @param tenant its id
     * @param begunAt when its people were locked out
     */
    public record Ending(String tenant, Instant begunAt) {}

    /** Ends an organisation: from now on nobody gets in, here at once and in other processes as {@link Accounts} says. */
    public void begin(String tenant) {
        EntryChange kept = open.put(tenant, new Body(clock.instant()));
        store.apply(kept); // first: whatever fails below is done again
        lockOut(tenant);
    }

    /** Has nobody get into an organisation any more. May be called again. */
    public void lockOut(String tenant) {
        store.apply(organisations.end(tenant));
        accounts.removeAll(tenant);
        sessions.endAll(tenant);
        tokens.revokeAll(tenant);
        invitations.forgetAll(tenant);
        secrets.forgetAll(tenant);
    }

    /** The organisations that are not erased yet. */
    public List<Ending> open() {
        return open.all(open.query()).stream().map(OrganisationEnds::ending).toList();
    }

    private static Ending ending(Kept<Body> kept) {
        return new Ending(kept.id(), kept.value().begunAt());
    }

    /** Forgets an organisation that is erased. */
    public void done(String tenant) {
        store.apply(open.delete(tenant));
    }
}
