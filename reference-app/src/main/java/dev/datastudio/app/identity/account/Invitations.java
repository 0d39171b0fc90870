package dev.datastudio.app.identity.account;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.OneTimeSecrets.Purpose;
import dev.datastudio.app.identity.account.Records.Kept;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Invitations into organisations, each good for one person, once, for {@link #VALIDITY}. Thread-safe. */
public final class Invitations {
    /** How long an invitation can be accepted. */
    public static final Duration VALIDITY = Duration.ofDays(7);

    private static final String TO = "to";

    private final MetadataStore store;
    private final InstantSource clock;
    private final Accounts accounts;
    private final IdentityKeys keys;
    private final OneTimeSecrets secrets;
    private final Records<Addressed> addressed;

    /** Invitations that are kept in a store. */
    public Invitations(MetadataStore store, InstantSource clock, Accounts accounts, IdentityKeys keys) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.secrets = new OneTimeSecrets(store);
        this.addressed = new Records<>(store, Records.EVERYBODY, "identity-invited", Addressed.class);
    }

    /** Leads from an address, as a keyed hash, to the organisation of an invitation. */
    record Addressed(String tenant) {}

    record Body(String email, Role role, String invitedBy, Instant expiresAt, Optional<Instant> acceptedAt) {}

    /**
     * An invitation without its secret. Immutable.
     *
     * @param id names it
     * @param email who is invited
     * @param role what they will be
     * @param expiresAt until when they can accept
     * @param acceptedAt when they did
     */
    public record Invitation(String id, String email, Role role, Instant expiresAt, Optional<Instant> acceptedAt) {}

    /**
     * A new invitation with its secret, which nobody can be shown again.
     *
     * @param secret what {@link #accept} takes
     */
    public record Made(Invitation invitation, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return invitation.toString();
        }
    }

    /**
     * Invites somebody.
     *
     * @param by who invites, into their organisation
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the address is none
     * @throws RefusedException 409 when they are a member already
     */
    public Made invite(Caller by, String email, Role role) {
        String address = Emails.require(email);
        if (accounts.find(address)
                .filter(account -> account.caller().tenant().equals(by.tenant()))
                .isPresent()) {
            throw RefusedException.conflict(
                    "ALREADY_MEMBER",
                    StudioException.quote(address) + " is a member already",
                    "Change their role in the list of members");
        }
        String id = UUID.randomUUID().toString();
        Instant expiresAt = clock.instant().plus(VALIDITY);
        Body body = new Body(address, role, by.user(), expiresAt, Optional.empty());
        Records<Body> records = records(by.tenant());
        store.apply(records.insert(id, body, Map.of()));
        String secret = Hashes.newSecret();
        secrets.keep(secret, new OneTimeSecrets.Body(Purpose.INVITATION, by.tenant(), id, expiresAt));
        store.apply(
                addressed.insert(id, new Addressed(by.tenant()), Map.of(TO, keys.lookupKey("invited\n" + address))));
        return new Made(new Invitation(id, address, role, expiresAt, Optional.empty()), secret);
    }

    /** The invitations of an organisation, the newest first, as {@link Accounts#members}. */
    public PageOf<Invitation> list(String tenant, int limit, String after) {
        Records<Body> records = records(tenant);
        EntryPage page = store.list(records.query().limitedTo(limit).after(after));
        List<Invitation> items = page.entries().stream()
                .map(entry -> invitation(records.read(entry)))
                .toList();
        return new PageOf<>(items, page.hasMore() ? Optional.of(page.next()) : Optional.empty());
    }

    /**
     * Ends an invitation; a member that it made stays.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when the organisation has no such invitation
     */
    public void withdraw(String tenant, String id) {
        if (records(tenant).find(id).isEmpty()) {
            throw new StudioException(
                    ErrorCode.ENTRY_NOT_FOUND,
                    "There is no invitation " + StudioException.quote(id),
                    "List the invitations to see their ids");
        }
        secrets.forget(Purpose.INVITATION, tenant, id);
        store.apply(addressed.delete(id));
        store.apply(records(tenant).delete(id));
    }

    /** Forgets all invitations of an address into an organisation, accepted ones too, as when the person goes. */
    public void forget(String tenant, String email) {
        Records<Body> records = records(tenant);
        records.all(records.query()).stream()
                .filter(kept -> kept.value().email().equalsIgnoreCase(email))
                .forEach(kept -> withdraw(tenant, kept.id()));
    }

    /** Forgets all invitations into an organisation, as when it goes. */
    void forgetAll(String tenant) {
        addressed.all(addressed.query()).stream()
                .filter(kept -> kept.value().tenant().equals(tenant))
                .forEach(kept -> store.apply(addressed.delete(kept.id())));
        store.deleteAll(records(tenant).query(), Instant.MAX);
    }

    /**
     * Makes the account of somebody who was invited.
     *
     * @param secret of the invitation
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the name or the password can't be used
     * @throws RefusedException 401 when the invitation was accepted, withdrawn, has expired or never was, and when
     *     somebody has an account with the address
     */
    public Account accept(String secret, String name, String password) {
        OneTimeSecrets.Body to =
                secrets.find(Purpose.INVITATION, secret, clock.instant()).orElseThrow(Invitations::refused);
        Records<Body> records = records(to.tenant());
        Kept<Body> kept = records.find(to.id())
                .filter(each -> each.value().acceptedAt().isEmpty())
                .orElseThrow(Invitations::refused);
        Body body = kept.value();
        NewAccount wanted = new NewAccount(body.email(), name, password, "");
        Account account;
        try {
            account = accounts.join(to.tenant(), wanted, body.role(), List.of(accepted(records, kept)));
        } catch (RefusedException e) {
            throw e.isConflict() ? refused() : e; // who has which address is nobody's business
        }
        secrets.use(secret);
        store.apply(addressed.delete(kept.id()));
        return account;
    }

    /**
     * Makes the account, without a password, of somebody whose address is proved; nothing when nobody invited it.
     *
     * @param email that was verified
     * @param from whose invitations count, by the ids of organisations; of several, the newest does
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the name or the address can't be used
     * @throws RefusedException 409 when somebody has an account with the address
     */
    Optional<Account> acceptProven(String email, String name, Predicate<String> from) {
        String address = Emails.require(email);
        String to = keys.lookupKey("invited\n" + address);
        for (Kept<Addressed> each : addressed.all(addressed.query().where(TO, to))) {
            String tenant = each.value().tenant();
            Records<Body> records = records(tenant);
            Optional<Kept<Body>> open = records.find(each.id())
                    .filter(kept -> kept.value().acceptedAt().isEmpty()
                            && clock.instant().isBefore(kept.value().expiresAt()));
            if (open.isPresent() && from.test(tenant)) {
                Account account = accounts.joinProven(
                        tenant, address, name, open.get().value().role(), List.of(accepted(records, open.get())));
                secrets.forget(Purpose.INVITATION, tenant, each.id());
                store.apply(addressed.delete(each.id()));
                return Optional.of(account);
            }
        }
        return Optional.empty();
    }

    private EntryChange accepted(Records<Body> records, Kept<Body> kept) {
        Body body = kept.value();
        Body accepted =
                new Body(body.email(), body.role(), body.invitedBy(), body.expiresAt(), Optional.of(clock.instant()));
        return records.update(kept.id(), kept.revision(), accepted, Map.of());
    }

    private static Invitation invitation(Kept<Body> kept) {
        Body body = kept.value();
        return new Invitation(kept.id(), body.email(), body.role(), body.expiresAt(), body.acceptedAt());
    }

    private Records<Body> records(String tenant) {
        return new Records<>(store, tenant, "identity-invitation", Body.class);
    }

    private static RefusedException refused() {
        return RefusedException.unproven(
                "This invitation can't be accepted",
                "Sign in if you have an account, or ask an administrator for a new invitation");
    }
}
