package dev.datastudio.app.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.datastudio.app.identity.oidc.OidcException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks the ID tokens of one provider (OpenID Connect Core 1.0, section 3.1.3.7). */
final class IdTokens {
    /** Signatures that only the owner of a private key can make: never 'none', and none with the client's secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** By how much clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);
    /** A token is made when the code is exchanged, so an older one is somebody's copy. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private static final int MAX_SUBJECT = 255;

    private final OidcSettings settings;
    private final InstantSource clock;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

    IdTokens(OidcSettings settings, JWKSource<SecurityContext> keys, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        signatures.setJWTClaimsSetVerifier((claims, context) -> {}); // done below, by our clock
    }

    /**
     * What a token says of somebody.
     *
     * @param subject the provider's name for them
     * @param email their address
     * @param isEmailVerified whether the provider says that it is theirs
     * @param name what they are called
     */
    record Claims(String subject, Optional<String> email, boolean isEmailVerified, Optional<String> name) {
        Claims completedBy(Optional<JsonNode> userInfo) {
            if (userInfo.isEmpty()) {
                return this;
            }
            JsonNode info = userInfo.get();
            JsonNode verified = info.path("email_verified");
            boolean isVerified = verified.isBoolean()
                    ? verified.booleanValue()
                    : verified.asString("").equals("true");
            return new Claims(
                    subject,
                    text(info.path("email").asString("")),
                    isVerified,
                    name.or(() -> text(info.path("name").asString(""))));
        }
    }

    /**
     * Checks a token.
     *
     * @param nonce that it has to repeat
     * @throws OidcException if it proves nothing, or the provider's keys can't be had
     */
    Claims read(String token, String nonce) throws OidcException {
        JWTClaimsSet claims;
        try {
            claims = signatures.process(token, null);
        } catch (KeySourceException e) {
            throw new OidcException(Kind.PROVIDER_FAILED, "The provider's keys can't be had: " + e.getMessage(), e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new OidcException(
                    Kind.NOT_PROVED, "The ID token is not signed by the provider: " + e.getMessage(), e);
        }
        try {
            check(claims, nonce);
            return new Claims(
                    subject(claims),
                    text(claims.getStringClaim("email")),
                    isTrue(claims.getClaim("email_verified")),
                    text(claims.getStringClaim("name")));
        } catch (ParseException e) {
            throw new OidcException(Kind.NOT_PROVED, "The ID token has claims of another type", e);
        }
    }

    private void check(JWTClaimsSet claims, String nonce) throws ParseException, OidcException {
        require(settings.issuer().equals(claims.getIssuer()), "is of another issuer");
        List<String> audience = claims.getAudience();
        require(audience.contains(settings.clientId()), "is for another client");
        String authorized = claims.getStringClaim("azp");
        require(
                authorized == null ? audience.size() == 1 : authorized.equals(settings.clientId()),
                "was made for another client");
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        require(expires != null && now.isBefore(expires.toInstant().plus(SKEW)), "has expired");
        Date issued = claims.getIssueTime();
        require(
                issued != null
                        && issued.toInstant().isBefore(now.plus(SKEW))
                        && issued.toInstant().plus(MAX_AGE).isAfter(now),
                "was not made just now");
        Date begins = claims.getNotBeforeTime();
        require(begins == null || begins.toInstant().isBefore(now.plus(SKEW)), "is not valid yet");
        String repeated = claims.getStringClaim("nonce");
        require(
                repeated != null
                        && MessageDigest.isEqual(
                                repeated.getBytes(StandardCharsets.UTF_8), nonce.getBytes(StandardCharsets.UTF_8)),
                "answers another request");
    }

    private static String subject(JWTClaimsSet claims) throws OidcException {
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > MAX_SUBJECT) {
            throw new OidcException(Kind.NOT_PROVED, "The ID token names nobody");
        }
        return subject;
    }

    /** Some providers write it as a text. */
    private static boolean isTrue(@Nullable Object value) {
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(each -> !each.isBlank());
    }

    private static void require(boolean holds, String otherwise) throws OidcException {
        if (!holds) {
            throw new OidcException(Kind.NOT_PROVED, "The ID token " + otherwise);
        }
    }
}
