package dev.datastudio.app.identity.account;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Records.Kept;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which account belongs to which person of a provider of identities. A person is known by the provider's name for them,
 * which never changes; their address only says whose account it is the first time, and only when the provider has
 * verified it. Thread-safe, also between processes.
 */
public final class LinkedIdentities {
    private static final String OF = "of";

    private final MetadataStore store;
    private final IdentityKeys keys;
    private final Accounts accounts;
    private final Invitations invitations;
    private final Records<Link> links;

    /** Links that are kept in a store, named by keyed hashes. */
    public LinkedIdentities(MetadataStore store, IdentityKeys keys, Accounts accounts, Invitations invitations) {
        this.store = Objects.requireNonNull(store, "store");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        this.invitations = Objects.requireNonNull(invitations, "invitations");
        this.links = links(store);
    }

    record Link(String issuer, String tenant, String user) {
        Caller caller() {
            return new Caller(tenant, user);
        }
    }

    /**
     * Who somebody is, as a provider has proved. Immutable.
     *
     * @param issuer the provider
     * @param subject the provider's own name for the person, never given to another one
     * @param email that the provider has verified; nothing when it has not, or gave none
     * @param name what they are called; never empty
     */
    public record Proof(String issuer, String subject, Optional<String> email, String name) {
        public Proof {
            Objects.requireNonNull(issuer, "issuer");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(email, "email");
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * What may be done for somebody who comes for the first time. Immutable.
     *
     * @param trusts whether accounts and invitations of an organisation prove that their address is whose it seems to be
     * @param joins the organisation in which they are given an account when nobody knows them; nothing for none
     * @param role what they are there
     */
    public record Welcome(Predicate<String> trusts, Optional<String> joins, Role role) {
        public Welcome {
            Objects.requireNonNull(trusts, "trusts");
            Objects.requireNonNull(joins, "joins");
            Objects.requireNonNull(role, "role");
        }
    }

    /** Whose account it is. */
    public sealed interface Outcome {
        /**
         * They have one.
         *
         * @param isNew whether it was made now
         * @param isLinked whether it was linked to the provider's person now
         */
        record Found(Account account, boolean isNew, boolean isLinked) implements Outcome {}

        /**
         * They have none, or must not use it.
         *
         * @param whose the account that it is about, if it is about one
         */
        record Refused(Reason reason, Optional<Caller> whose) implements Outcome {}
    }

    /** Why somebody is not let in. */
    public enum Reason {
        /** They are unknown, and the provider vouches for no address of theirs. */
        EMAIL_NOT_VERIFIED,
        /** They are unknown, and nobody invited them. */
        NOT_INVITED,
        /** An administrator has closed their account. */
        INACTIVE,
        /** Another person of the provider, or somebody who never proved it, has an account with their address. */
        EMAIL_TAKEN
    }

    /** Finds the account of somebody, links it or makes it. */
    public Outcome resolve(Proof proof, Welcome welcome) {
        Optional<Account> linked = find(proof);
        if (linked.isPresent()) {
            return linked.get().active()
                    ? new Outcome.Found(linked.get(), false, false)
                    : refused(Reason.INACTIVE, linked.get().caller());
        }
        if (proof.email().isEmpty()) {
            return new Outcome.Refused(Reason.EMAIL_NOT_VERIFIED, Optional.empty());
        }
        String email = proof.email().get();
        Optional<Account> holder = accounts.find(email);
        if (holder.isPresent()) {
            return linkHolder(proof, holder.get(), welcome);
        }
        return join(proof, email, welcome)
                .<Outcome>map(account -> link(proof, account.caller())
                        ? new Outcome.Found(account, true, true)
                        : refused(Reason.EMAIL_TAKEN, account.caller()))
                .orElseGet(() -> new Outcome.Refused(Reason.NOT_INVITED, Optional.empty()));
    }

    private Outcome linkHolder(Proof proof, Account holder, Welcome welcome) {
        Caller caller = holder.caller();
        if (!holder.active()) {
            return refused(Reason.INACTIVE, caller);
        }
        // An address that was given to somebody new must not lead to what its last owner had.
        boolean isTaken = !welcome.trusts().test(caller.tenant()) || hasOther(proof, caller) || !link(proof, caller);
        return isTaken ? refused(Reason.EMAIL_TAKEN, caller) : new Outcome.Found(holder, false, true);
    }

    private Optional<Account> join(Proof proof, String email, Welcome welcome) {
        try {
            Optional<Account> invited = invitations.acceptProven(email, proof.name(), welcome.trusts());
            return invited.isPresent()
                    ? invited
                    : welcome.joins()
                            .map(tenant -> accounts.joinProven(tenant, email, proof.name(), welcome.role(), List.of()));
        } catch (StudioException e) {
            if (e.code() == ErrorCode.INVALID_ARGUMENT) {
                return Optional.empty(); // an address or a name that no account can have
            }
            throw e;
        }
    }

    private Optional<Account> find(Proof proof) {
        return links.find(id(proof))
                .flatMap(kept -> accounts.current(kept.value().caller()));
    }

    /** Whether an account is that of another person of the same provider. */
    private boolean hasOther(Proof proof, Caller caller) {
        String own = id(proof);
        return links.all(of(links, caller)).stream()
                .anyMatch(kept -> kept.value().issuer().equals(proof.issuer())
                        && !kept.id().equals(own));
    }

    /** False when somebody else was faster. */
    private boolean link(Proof proof, Caller caller) {
        String id = id(proof);
        Link link = new Link(proof.issuer(), caller.tenant(), caller.user());
        Map<String, String> attributes = Map.of(OF, name(caller));
        Optional<Kept<Link>> gone = links.find(id);
        EntryChange change = gone.isPresent()
                ? links.update(id, gone.get().revision(), link, attributes)
                : links.insert(id, link, attributes);
        return Records.tryApply(store, List.of(change))
                || links.find(id)
                        .filter(kept -> kept.value().caller().equals(caller))
                        .isPresent();
    }

    private String id(Proof proof) {
        return keys.lookupKey("identity\n" + proof.issuer() + "\n" + proof.subject());
    }

    private static String name(Caller caller) {
        return caller.tenant() + "/" + caller.user();
    }

    private static EntryQuery of(Records<Link> links, Caller caller) {
        return links.query().where(OF, name(caller));
    }

    private static Records<Link> links(MetadataStore store) {
        return new Records<>(store, Records.EVERYBODY, "identity-linked", Link.class);
    }

    private static Outcome refused(Reason reason, Caller whose) {
        return new Outcome.Refused(reason, Optional.of(whose));
    }

    /** Ends the links to all accounts of an organisation. */
    static void forgetAll(MetadataStore store, String tenant) {
        Records<Link> links = links(store);
        links.all(links.query()).stream()
                .filter(kept -> kept.value().tenant().equals(tenant))
                .forEach(kept -> store.apply(links.delete(kept.id())));
    }

    /** Ends the links to an account. */
    static void forget(MetadataStore store, Caller caller) {
        store.deleteAll(of(links(store), caller), Instant.MAX);
    }
}
