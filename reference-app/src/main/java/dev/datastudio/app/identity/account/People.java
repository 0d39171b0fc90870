package dev.datastudio.app.identity.account;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Records.Kept;
import dev.datastudio.app.web.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The people of one organisation as entries, and which of them are active administrators: that list is one entry, so
 * that the last one can't go, however many changes come at once. Thread-safe.
 */
final class People {
    private static final String ADMINISTRATORS = "administrators";
    private static final int MAX_TRIES = 50;

    private final MetadataStore store;
    private final String tenant;
    private final Records<Person> people;
    private final Records<Roster> rosters;

    People(MetadataStore store, String tenant) {
        this.store = store;
        this.tenant = tenant;
        this.people = new Records<>(store, tenant, "identity-person", Person.class);
        this.rosters = new Records<>(store, tenant, "identity-roster", Roster.class);
    }

    /**
     * As it is kept.
     *
     * @param joined whether the e-mail address is theirs; until then nobody sees them
     * @param hash of the password; {@link #NO_PASSWORD} for who signs in through a provider of identities
     */
    record Person(
            String email,
            String name,
            Role role,
            boolean active,
            boolean joined,
            boolean passwordIsTemporary,
            String hash,
            long epoch) {
        static final String NO_PASSWORD = "";

        Optional<String> password() {
            return Optional.of(hash).filter(each -> !each.equals(NO_PASSWORD));
        }

        Person as(Role newRole, boolean newActive) {
            return new Person(email, name, newRole, newActive, joined, passwordIsTemporary, hash, epoch + 1);
        }

        Person withPassword(String newHash, boolean temporary) {
            return new Person(email, name, role, active, joined, temporary, newHash, epoch + 1);
        }

        Person hashedAnew(String newHash) {
            return new Person(email, name, role, active, joined, passwordIsTemporary, newHash, epoch);
        }

        Person havingJoined() {
            return new Person(email, name, role, active, true, passwordIsTemporary, hash, epoch);
        }

        boolean administers() {
            return joined && active && role == Role.ADMIN;
        }

        private Map<String, String> attributes() {
            return Map.of("joined", String.valueOf(joined));
        }
    }

    record Roster(List<String> administrators) {}

    static void removeAll(MetadataStore store, String tenant) {
        People all = new People(store, tenant);
        store.deleteAll(all.people.query(), Instant.MAX);
        store.deleteAll(all.rosters.query(), Instant.MAX);
    }

    Optional<Kept<Person>> find(String id) {
        return people.find(id);
    }

    Account account(Kept<Person> kept) {
        Person person = kept.value();
        return new Account(
                new Caller(tenant, kept.id()),
                person.email(),
                person.name(),
                person.role(),
                person.active(),
                person.passwordIsTemporary(),
                person.password().isPresent(),
                person.epoch(),
                kept.createdAt());
    }

    EntryQuery joined() {
        return people.query().where("joined", "true").orderedBy(EntryQuery.Order.OLDEST_FIRST);
    }

    Account account(Entry entry) {
        return account(people.read(entry));
    }

    /** The changes that begin an organisation's people with one. */
    List<EntryChange> begin(String id, Person first) {
        return List.of(
                people.insert(id, first, first.attributes()),
                rosters.insert(ADMINISTRATORS, new Roster(List.of(id)), Map.of()));
    }

    EntryChange insert(String id, Person person) {
        return people.insert(id, person, person.attributes());
    }

    EntryChange delete(String id) {
        return people.delete(id);
    }

    /**
     * Changes a person together with other things, trying again when somebody else was faster.
     *
     * @param with changes that belong to it
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when there is no such person
     * @throws RefusedException 409 when no active administrator would be left, or what belongs to it was changed
     */
    Account change(String id, UnaryOperator<Person> edit, List<EntryChange> with) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Kept<Person> before = get(id);
            Person after = edit.apply(before.value());
            if (after.equals(before.value()) && with.isEmpty()) {
                return account(before);
            }
            List<EntryChange> changes = new ArrayList<>(with);
            changes.add(people.update(id, before.revision(), after, after.attributes()));
            if (after.administers() != before.value().administers()) {
                changes.add(roster(id, after.administers()));
            }
            if (Records.tryApply(store, changes)) {
                return account(get(id));
            }
        }
        throw RefusedException.conflict(
                "ENTRY_CONFLICT", "Somebody else is changing this person", "Look at them again");
    }

    /** Removes a person and what else is given. */
    void remove(String id, List<EntryChange> with) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Kept<Person> before = get(id);
            List<EntryChange> changes = new ArrayList<>(with);
            changes.add(people.delete(id, before.revision()));
            if (before.value().administers()) {
                changes.add(roster(id, false));
            }
            if (Records.tryApply(store, changes)) {
                return;
            }
        }
        throw RefusedException.conflict(
                "ENTRY_CONFLICT", "Somebody else is changing this person", "Look at them again");
    }

    private EntryChange roster(String id, boolean administers) {
        Kept<Roster> before = rosters.find(ADMINISTRATORS).orElseThrow(() -> unknown(id));
        List<String> ids = new ArrayList<>(before.value().administrators());
        ids.remove(id);
        if (administers) {
            ids.add(id);
        }
        if (ids.isEmpty()) {
            throw RefusedException.conflict(
                    "LAST_ADMINISTRATOR",
                    "This is the last administrator of the organisation",
                    "Make somebody else an administrator first");
        }
        return rosters.update(ADMINISTRATORS, before.revision(), new Roster(ids), Map.of());
    }

    private Kept<Person> get(String id) {
        return people.find(id).orElseThrow(() -> unknown(id));
    }

    static StudioException unknown(String id) {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "There is no member " + StudioException.quote(id),
                "List the members to see their ids");
    }
}
