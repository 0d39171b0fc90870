package dev.datastudio.app.identity.account;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Scopes;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A person of an organisation. Immutable.
 *
 * @param caller the ids of organisation and person
 * @param email what they sign in with, in lower case
 * @param name what they are called
 * @param role what they are in the organisation
 * @param active whether they can sign in
 * @param passwordIsTemporary whether they can do nothing but choose another one
 * @param hasPassword whether they can sign in with a password; otherwise a provider of identities proves who they are
 * @param epoch rises whenever all their sessions end: with a new password, role or activity
 * @param createdAt when they joined
 */
public record Account(
        Caller caller,
        String email,
        String name,
        Role role,
        boolean active,
        boolean passwordIsTemporary,
        boolean hasPassword,
        long epoch,
        Instant createdAt) {
    public Account {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** What they may do now. */
    public Set<String> scopes() {
        if (!active) {
            return Set.of();
        }
        return passwordIsTemporary ? Set.of(Scopes.SELF_EDIT) : role.scopes();
    }
}
