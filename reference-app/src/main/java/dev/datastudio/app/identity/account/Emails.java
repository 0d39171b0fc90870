package dev.datastudio.app.identity.account;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Records.Kept;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which person has which e-mail address, over all organisations: one entry each, named by a keyed hash of the address,
 * so that no two people ever have the same. Thread-safe.
 */
final class Emails {
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}");
    private static final String FIRST = "first";
    /** That somebody joined is kept for ever, who it was is not. */
    private static final Claim SOMEBODY = new Claim("somebody", "somebody");

    private final MetadataStore store;
    private final IdentityKeys keys;
    private final Records<Claim> claims;
    private final Records<Claim> first;

    Emails(MetadataStore store, IdentityKeys keys) {
        this.store = store;
        this.keys = keys;
        this.claims = new Records<>(store, Records.EVERYBODY, "identity-email", Claim.class);
        this.first = new Records<>(store, Records.EVERYBODY, "identity-first", Claim.class);
    }

    record Claim(String tenant, String user) {
        Caller caller() {
            return new Caller(tenant, user);
        }
    }

    /**
     * An address in the one form in which it is kept.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it is none
     */
    static String require(String email) {
        String normal = normal(email);
        if (!ADDRESS.matcher(normal).matches()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    StudioException.quote(email) + " is no e-mail address",
                    "Give one such as ann@example.org");
        }
        return normal;
    }

    static String normal(String email) {
        return Normalizer.normalize(email.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    Optional<Caller> find(String email) {
        return claims.find(id(email)).map(kept -> kept.value().caller());
    }

    /** Whether nobody has joined yet. */
    boolean isNobodyThere() {
        return first.find(FIRST).isEmpty();
    }

    /** Who may claim an address. */
    enum Claimant {
        FIRST_OF_ALL,
        ANYBODY
    }

    /**
     * Gives an address to a person who is kept already; false when somebody else has it, or when the person should be
     * the first of all and is not. An address whose person is gone can be had again.
     *
     * @param isThere whether a person is kept
     */
    boolean claim(String email, Caller person, Claimant claimant, Predicate<Caller> isThere) {
        String id = id(email);
        Claim claim = new Claim(person.tenant(), person.user());
        Optional<Kept<Claim>> before = claims.find(id);
        if (before.isPresent() && isThere.test(before.get().value().caller())) {
            return false;
        }
        List<EntryChange> changes = new ArrayList<>();
        changes.add(
                before.isPresent()
                        ? claims.update(id, before.get().revision(), claim, Map.of())
                        : claims.insert(id, claim, Map.of()));
        changes.add(
                claimant == Claimant.FIRST_OF_ALL
                        ? first.insert(FIRST, SOMEBODY, Map.of())
                        : first.put(FIRST, SOMEBODY));
        return Records.tryApply(store, changes);
    }

    /** Takes an address from a person, if it is theirs. */
    void release(String email, Caller person) {
        String id = id(email);
        claims.find(id)
                .filter(kept -> kept.value().caller().equals(person))
                .ifPresent(kept -> Records.tryApply(store, List.of(claims.delete(id, kept.revision()))));
    }

    /** Takes the addresses of all people of an organisation from them. */
    void releaseAll(String tenant) {
        claims.all(claims.query()).stream()
                .filter(kept -> kept.value().tenant().equals(tenant))
                .forEach(kept -> Records.tryApply(store, List.of(claims.delete(kept.id(), kept.revision()))));
        if (first.find(FIRST).isPresent()) {
            store.apply(first.put(FIRST, SOMEBODY));
        }
    }

    private String id(String email) {
        return keys.lookupKey("email\n" + normal(email));
    }
}
