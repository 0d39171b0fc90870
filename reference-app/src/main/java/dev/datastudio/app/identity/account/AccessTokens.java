package dev.datastudio.app.identity.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.IdentityKeys.SigningKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;

/**
 * Short JSON Web Tokens (RFC 7519), signed with HMAC-SHA-256, that stand for a session between two refreshes. Thread-safe.
 */
public final class AccessTokens {
    private static final String ISSUER = "studio";
    private static final String ORGANISATION = "org";
    private static final String SESSION = "sid";
    private static final String EPOCH = "epoch";
    private static final int MAX_LENGTH = 2_000;

    private final IdentityKeys keys;
    private final InstantSource clock;
    private final Duration lifetime;

    /** @param lifetime how long a token is good */
    public AccessTokens(IdentityKeys keys, InstantSource clock, Duration lifetime) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.lifetime = Objects.requireNonNull(lifetime, "lifetime");
    }

    /**
     * What a token says. Immutable.
     *
     * @param caller who
     * @param session of which session
     * @param epoch of the account when the session began
     * @param expiresAt to the second
     */
    public record Claims(Caller caller, String session, long epoch, Instant expiresAt) {}

    /**
     * A token and what it says.
     *
     * @param token in its compact form
     */
    public record Issued(String token, Claims claims) {
        /** Without the token. */
        @Override
        public String toString() {
            return claims.toString();
        }
    }

    /** A token for a session. */
    public Issued issue(Sessions.Session session) {
        Instant now = clock.instant();
        Instant expiresAt = Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond());
        SigningKey key = keys.newest();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(session.caller().user())
                .claim(ORGANISATION, session.caller().tenant())
                .claim(SESSION, session.id())
                .claim(EPOCH, session.epoch())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.id()).build(), claims);
        try {
            jwt.sign(new MACSigner(key.bytes()));
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
        return new Issued(jwt.serialize(), new Claims(session.caller(), session.id(), session.epoch(), expiresAt));
    }

    /** What a token says, if it is one of ours and still good; nothing for all others alike. */
    public Optional<Claims> read(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String id = jwt.getHeader().getKeyID();
            Optional<SigningKey> key = id == null ? Optional.empty() : keys.find(id);
            if (key.isEmpty()
                    || !JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !jwt.verify(new MACVerifier(key.get().bytes()))) {
                return Optional.empty();
            }
            return claims(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty(); // no token of ours: whoever sent it is nobody
        }
    }

    private Optional<Claims> claims(JWTClaimsSet set) throws ParseException {
        Date expires = set.getExpirationTime();
        Long epoch = set.getLongClaim(EPOCH);
        if (!ISSUER.equals(set.getIssuer())
                || expires == null
                || epoch == null
                || !clock.instant().isBefore(expires.toInstant())) {
            return Optional.empty();
        }
        Caller caller = new Caller(set.getStringClaim(ORGANISATION), set.getSubject());
        return Optional.of(new Claims(caller, set.getStringClaim(SESSION), epoch, expires.toInstant()));
    }
}
