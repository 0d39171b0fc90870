package dev.datastudio.app.identity.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Emails.Claimant;
import dev.datastudio.app.identity.account.People.Person;
import dev.datastudio.app.identity.account.Records.Kept;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The people of all organisations. What is asked about somebody of another organisation is answered as if they did not
 * exist. Thread-safe, also between processes; a change is seen at once by the process that made it and within {@link
 * #SEEN_WITHIN} by others.
 */
public final class Accounts {
    /** After what time at the latest a change made by another process counts. */
    public static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

    private static final int MAX_NAME = 200;
    private static final int MAX_KNOWN = 10_000;

    private final MetadataStore store;
    private final Passwords passwords;
    private final Emails emails;
    private final Cache<Caller, Optional<Account>> known = Caffeine.newBuilder()
            .expireAfterWrite(SEEN_WITHIN)
            .maximumSize(MAX_KNOWN)
            .build();

    /** People that are kept in a store. */
    public Accounts(MetadataStore store, IdentityKeys keys, Passwords passwords) {
        this.store = Objects.requireNonNull(store, "store");
        this.passwords = Objects.requireNonNull(passwords, "passwords");
        this.emails = new Emails(store, Objects.requireNonNull(keys, "keys"));
    }

    /** Who may begin an organisation. */
    public enum Begin {
        /** Only the first person of all. */
        FIRST_OF_ALL,
        /** Anybody. */
        ANYBODY
    }

    /** How a password was chosen. */
    public enum Choice {
        /** By the person. */
        OWN,
        /** By somebody else: the person has to choose another one. */
        TEMPORARY
    }

    /** Whether nobody has an account yet. */
    public boolean isEmpty() {
        return emails.isNobodyThere();
    }

    /**
     * Begins an organisation with its administrator.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when a name, the address or the password can't be
     *     used
     * @throws RefusedException 409 when somebody has the address, or should be the first and is not
     */
    public Account begin(NewAccount wanted, Begin begin, Choice choice) {
        String email = Emails.require(wanted.email());
        String name = name("name", wanted.name());
        String organisation = name("name of the organisation", wanted.organisation());
        PasswordRules.require(wanted.password(), email);
        Caller caller = newCaller();
        Person person = new Person(
                email, name, Role.ADMIN, true, true, choice == Choice.TEMPORARY, passwords.hash(wanted.password()), 1);
        People people = people(caller);
        List<EntryChange> changes = new ArrayList<>(people.begin(caller.user(), person));
        changes.add(new Organisations(store).begin(caller.tenant(), organisation));
        store.apply(changes);
        // Nobody can reach the organisation before the address leads to it.
        Claimant claimant = begin == Begin.FIRST_OF_ALL ? Claimant.FIRST_OF_ALL : Claimant.ANYBODY;
        if (!emails.claim(email, caller, claimant, this::isKept)) {
            store.apply(changes.stream()
                    .map(change -> EntryChange.delete(change.key()))
                    .toList());
            throw refusedAddress();
        }
        return get(caller);
    }

    private static Caller newCaller() {
        return new Caller(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    }

    /**
     * Lets somebody into an organisation.
     *
     * @param with changes of the organisation that are made with it or not at all, such as the end of the invitation
     * @throws StudioException as {@link #begin}
     * @throws RefusedException 409 when somebody has the address, or {@code with} can't be applied
     */
    Account join(String tenant, NewAccount wanted, Role role, List<EntryChange> with) {
        String email = Emails.require(wanted.email());
        PasswordRules.require(wanted.password(), email);
        String hash = passwords.hash(wanted.password());
        return join(tenant, new Person(email, name("name", wanted.name()), role, true, false, false, hash, 1), with);
    }

    /**
     * Lets somebody in who has no password, since somebody else proves who they are; otherwise as {@link #join}.
     *
     * @param email that was verified
     */
    Account joinProven(String tenant, String email, String name, Role role, List<EntryChange> with) {
        String address = Emails.require(email);
        return join(
                tenant, new Person(address, name("name", name), role, true, false, false, Person.NO_PASSWORD, 1), with);
    }

    private Account join(String tenant, Person person, List<EntryChange> with) {
        Caller caller = new Caller(tenant, UUID.randomUUID().toString());
        People people = people(caller);
        store.apply(people.insert(caller.user(), person));
        if (!emails.claim(person.email(), caller, Claimant.ANYBODY, this::isKept)) {
            store.apply(people.delete(caller.user()));
            throw refusedAddress();
        }
        try {
            return people.change(caller.user(), Person::havingJoined, with);
        } catch (RefusedException e) {
            store.apply(people.delete(caller.user()));
            emails.release(person.email(), caller);
            throw e;
        }
    }

    /**
     * Somebody who proves with a password who they are; nobody for a wrong password, an unknown address and somebody
     * who may not sign in, after the same time.
     *
     * @throws RefusedException 429 when too many passwords are being checked
     */
    public Optional<Account> signIn(String email, String password) {
        Optional<Caller> caller = emails.find(email);
        Optional<Kept<Person>> person = caller.flatMap(each -> people(each).find(each.user()));
        Passwords.Check check =
                passwords.check(password, person.map(Kept::value).flatMap(Person::password));
        if (check == Passwords.Check.WRONG
                || person.isEmpty()
                || !person.get().value().active()) {
            return Optional.empty();
        }
        Caller found = caller.orElseThrow();
        if (check == Passwords.Check.RIGHT_BUT_OLD) {
            String old = person.get().value().hash();
            String hash = passwords.hash(password);
            change(found, now -> now.hash().equals(old) ? now.hashedAnew(hash) : now);
        }
        // Joining ended between its last two steps: the address is theirs, so it is done.
        return Optional.of(change(found, Person::havingJoined));
    }

    /** Whether somebody has this address, and who. */
    public Optional<Account> find(String email) {
        return emails.find(email).flatMap(this::current);
    }

    /** A person as they are now, or as they were at most {@link #SEEN_WITHIN} ago. */
    public Optional<Account> current(Caller caller) {
        return Objects.requireNonNull(known.get(caller, this::read));
    }

    private Optional<Account> read(Caller caller) {
        People people = people(caller);
        return people.find(caller.user()).filter(kept -> kept.value().joined()).map(people::account);
    }

    private boolean isKept(Caller caller) {
        return people(caller).find(caller.user()).isPresent();
    }

    /**
     * A person as they are now.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when the organisation has no such person
     */
    public Account get(Caller caller) {
        return read(caller).orElseThrow(() -> People.unknown(caller.user()));
    }

    /**
     * The people of an organisation, those first who joined first.
     *
     * @param limit 1 to 1,000
     * @param after {@link PageOf#next()} of the page before; empty for the first
     */
    public PageOf<Account> members(String tenant, int limit, String after) {
        People people = new People(store, tenant);
        EntryPage page = store.list(people.joined().limitedTo(limit).after(after));
        List<Account> accounts = page.entries().stream().map(people::account).toList();
        return new PageOf<>(accounts, page.hasMore() ? Optional.of(page.next()) : Optional.empty());
    }

    /** How many people an organisation has. */
    public long count(String tenant) {
        return store.count(new People(store, tenant).joined());
    }

    /**
     * Makes somebody something else in the organisation, lets them sign in or no longer; ends their sessions when that
     * is another thing than before.
     *
     * @param role what they become; nothing for what they are
     * @param active whether they can sign in; nothing for as it is
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND}
     * @throws RefusedException 409 when no active administrator would be left
     */
    public Account change(Caller member, Optional<Role> role, Optional<Boolean> active) {
        return change(member, person -> {
            Role newRole = role.orElse(person.role());
            boolean newActive = active.orElse(person.active());
            boolean isSame = newRole == person.role() && newActive == person.active();
            return isSame ? person : person.as(newRole, newActive);
        });
    }

    /** Removes somebody; what they made stays with the organisation. Otherwise as {@link #change}. */
    public void remove(Caller member) {
        Account account = get(member);
        people(member).remove(member.user(), List.of(seen(member).delete(member.user())));
        emails.release(account.email(), member);
        LinkedIdentities.forget(store, member);
        known.invalidate(member);
    }

    /** Removes everybody of an organisation, so that nobody can sign in to it any more. */
    void removeAll(String tenant) {
        emails.releaseAll(tenant);
        LinkedIdentities.forgetAll(store, tenant);
        People.removeAll(store, tenant);
        known.invalidateAll();
    }

    /**
     * Whether this is their password.
     *
     * @throws RefusedException 429 when too many passwords are being checked
     */
    public boolean isPassword(Caller caller, String password) {
        Optional<String> hash =
                people(caller).find(caller.user()).map(Kept::value).flatMap(Person::password);
        return passwords.check(password, hash) != Passwords.Check.WRONG;
    }

    /**
     * Gives somebody another password, which ends their sessions.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it can't be used
     * @throws RefusedException 409 when they sign in without one
     */
    public Account setPassword(Caller caller, String password, Choice choice) {
        Account account = get(caller);
        requirePassword(account);
        PasswordRules.require(password, account.email());
        String hash = passwords.hash(password);
        return change(caller, person -> person.withPassword(hash, choice == Choice.TEMPORARY));
    }

    /**
     * Refuses what is done with a password for somebody who has none.
     *
     * @throws RefusedException 409
     */
    public static void requirePassword(Account account) {
        if (!account.hasPassword()) {
            throw RefusedException.conflict(
                    "PASSWORD_NONE",
                    "This account has no password: its owner signs in through another service",
                    "Change or reset the password there");
        }
    }

    private Account change(Caller caller, UnaryOperator<Person> edit) {
        try {
            return people(caller).change(caller.user(), edit, List.of());
        } finally {
            known.invalidate(caller);
        }
    }

    private People people(Caller caller) {
        return new People(store, caller.tenant());
    }

    /** Notes that somebody uses the application now. */
    public void see(Caller caller, Instant now) {
        store.apply(seen(caller).put(caller.user(), new Seen(now)));
    }

    /** When somebody last signed in or continued their session; nothing when they never did. */
    public Optional<Instant> lastSeen(Caller caller) {
        return seen(caller).find(caller.user()).map(kept -> kept.value().at());
    }

    record Seen(Instant at) {}

    private Records<Seen> seen(Caller caller) {
        return new Records<>(store, caller.tenant(), "identity-seen", Seen.class);
    }

    static String name(String what, String name) {
        String text = name.strip();
        if (text.isEmpty() || text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The " + what + " " + StudioException.quote(name) + " can't be used",
                    "Give 1 to " + MAX_NAME + " characters on one line");
        }
        return text;
    }

    private static RefusedException refusedAddress() {
        return RefusedException.conflict(
                "EMAIL_REFUSED",
                "No account can be made with this e-mail address",
                "Sign in if you have one, or use another address");
    }
}
