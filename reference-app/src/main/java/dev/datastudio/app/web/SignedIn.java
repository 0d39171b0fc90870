package dev.datastudio.app.web;

import dev.datastudio.api.tenant.Caller;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who sent a request: the principal of every request that is let in. A handler method that has a parameter of this type,
 * or of {@link Caller}, is given it. Immutable.
 *
 * @param caller the organisation and the person, as every part of Studio takes them
 * @param email what they sign in with; in single-user mode {@code local}
 * @param scopes what the request may do, such as {@code dataset:get}; fewer than the person's with a personal token
 */
public record SignedIn(Caller caller, String email, Set<String> scopes) implements AuthenticatedPrincipal {
    public SignedIn {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(email, "email");
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String getName() {
        return caller.user();
    }

    /** Whether the request may do this. */
    public boolean may(String scope) {
        return scopes.contains(scope);
    }
}
