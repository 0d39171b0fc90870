package dev.datastudio.app.identity;

import dev.datastudio.app.web.SignedIn;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** Somebody who was let in, and what with. Holds no secret. Immutable. */
public final class Admission extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn person;
    private final Means means;
    private final transient Optional<Instant> expiresAt;
    private final String session;
    private final long epoch;

    /** What somebody was let in with. */
    public enum Means {
        /** They sit at this machine. */
        LOCAL,
        /** The cookie of a session. */
        COOKIE,
        /** A personal token. */
        TOKEN
    }

    /**
     * @param expiresAt when what they were let in with is good no longer
     * @param session the id of the session, or of the token; empty when local
     * @param epoch of the account at that time
     */
    Admission(SignedIn person, Means means, Optional<Instant> expiresAt, String session, long epoch) {
        super(AuthorityUtils.createAuthorityList(person.scopes()));
        this.person = Objects.requireNonNull(person, "person");
        this.means = Objects.requireNonNull(means, "means");
        this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
        this.session = Objects.requireNonNull(session, "session");
        this.epoch = epoch;
        super.setAuthenticated(true);
    }

    @Override
    public SignedIn getPrincipal() {
        return person;
    }

    /** Always empty. */
    @Override
    public Object getCredentials() {
        return "";
    }

    /** What they were let in with. */
    public Means means() {
        return means;
    }

    /** When what they were let in with is good no longer. */
    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** The id of the session or token; empty when local. */
    public String session() {
        return session;
    }

    long epoch() {
        return epoch;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Admission that
                && person.equals(that.person)
                && means == that.means
                && session.equals(that.session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(person, means, session);
    }
}
