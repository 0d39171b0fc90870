package dev.datastudio.app.identity.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import dev.datastudio.app.identity.account.LinkedIdentities.Proof;
import dev.datastudio.app.identity.account.ProviderFlows.Flow;
import dev.datastudio.app.identity.oidc.OidcException.Kind;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One provider of identities: where it sends people, and what it proves of those who come back (OpenID Connect Core 1.0,
 * authorization code flow with PKCE). What it says of itself is read when it is first needed, and again after an hour.
 * Thread-safe.
 */
public final class OidcProvider {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration KNOWN = Duration.ofHours(1);
    private static final int MAX_NAME = 200;

    private final OidcSettings settings;
    private final InstantSource clock;
    private final OidcHttp http = new OidcHttp();
    private volatile @Nullable Endpoints known;

    /** A provider, which is not asked for anything yet. */
    public OidcProvider(OidcSettings settings, InstantSource clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    private record Endpoints(
            URI authorization,
            URI token,
            Optional<URI> userInfo,
            JWKSource<SecurityContext> keys,
            boolean takesSecretInBody,
            Instant readAt) {}

    /** What is configured. */
    public OidcSettings settings() {
        return settings;
    }

    /**
     * Where to send somebody who wants to sign in.
     *
     * @param redirect where the provider sends them afterwards
     * @throws OidcException if the provider can't be asked
     */
    public URI authorization(URI redirect, Flow flow) throws OidcException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", redirect.toString());
        query.put("scope", String.join(" ", settings.scopes()));
        query.put("state", flow.state());
        query.put("nonce", flow.nonce());
        query.put("code_challenge", challenge(flow.verifier()));
        query.put("code_challenge_method", "S256");
        URI to = endpoints().authorization();
        return URI.create(to + (to.getRawQuery() == null ? "?" : "&") + form(query));
    }

    /**
     * Who came back with a code.
     *
     * @param redirect as it was when they were sent there
     * @throws OidcException if the provider can't be asked, or what it answers proves nothing
     */
    public Proof proof(String code, URI redirect, Flow flow) throws OidcException {
        Endpoints endpoints = endpoints();
        JsonNode answer = http.json(tokenRequest(endpoints, code, redirect, flow));
        IdTokens tokens = new IdTokens(settings, endpoints.keys(), clock);
        IdTokens.Claims claims = tokens.read(answer.path("id_token").asString(""), flow.nonce());
        IdTokens.Claims whole = claims.email().isPresent()
                ? claims
                : claims.completedBy(
                        userInfo(endpoints, answer.path("access_token").asString(""), claims.subject()));
        Optional<String> email = whole.isEmailVerified() ? whole.email() : Optional.empty();
        return new Proof(settings.issuer(), claims.subject(), email, name(whole));
    }

    private HttpRequest.Builder tokenRequest(Endpoints endpoints, String code, URI redirect, Flow flow) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("grant_type", "authorization_code");
        body.put("code", code);
        body.put("redirect_uri", redirect.toString());
        body.put("code_verifier", flow.verifier());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoints.token()).header("Content-Type", "application/x-www-form-urlencoded");
        if (settings.clientSecret().isEmpty() || endpoints.takesSecretInBody()) {
            body.put("client_id", settings.clientId());
        }
        if (!settings.clientSecret().isEmpty()) {
            if (endpoints.takesSecretInBody()) {
                body.put("client_secret", settings.clientSecret());
            } else {
                String both = encoded(settings.clientId()) + ":" + encoded(settings.clientSecret());
                String basic = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
                request.header("Authorization", "Basic " + basic);
            }
        }
        return request.POST(BodyPublishers.ofString(form(body)));
    }

    /** What the provider says of somebody besides its token; an empty object when it says nothing. */
    private Optional<JsonNode> userInfo(Endpoints endpoints, String accessToken, String subject) throws OidcException {
        if (endpoints.userInfo().isEmpty() || accessToken.isEmpty()) {
            return Optional.empty();
        }
        JsonNode info = http.json(
                HttpRequest.newBuilder(endpoints.userInfo().get()).header("Authorization", "Bearer " + accessToken));
        if (!info.path("sub").asString("").equals(subject)) {
            throw new OidcException(Kind.NOT_PROVED, "The provider's user info is about somebody else");
        }
        return Optional.of(info);
    }

    private Endpoints endpoints() throws OidcException {
        Endpoints now = known;
        if (now != null && clock.instant().isBefore(now.readAt().plus(KNOWN))) {
            return now;
        }
        Endpoints read = read(); // two at once read it twice, and either will do
        known = read;
        return read;
    }

    private Endpoints read() throws OidcException {
        String issuer = settings.issuer();
        String start = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode found = http.json(HttpRequest.newBuilder(URI.create(start + DISCOVERY)));
        String said = found.path("issuer").asString("");
        if (!said.equals(issuer)) {
            throw new OidcException(
                    Kind.PROVIDER_FAILED,
                    "The provider at " + issuer + " calls itself '" + said + "'. Set issuer to what it calls itself");
        }
        List<String> methods = new ArrayList<>();
        found.path("token_endpoint_auth_methods_supported").forEach(each -> methods.add(each.asString("")));
        boolean inBody = methods.contains("client_secret_post") && !methods.contains("client_secret_basic");
        Optional<URI> userInfo =
                found.has("userinfo_endpoint") ? Optional.of(endpoint(found, "userinfo_endpoint")) : Optional.empty();
        return new Endpoints(
                endpoint(found, "authorization_endpoint"),
                endpoint(found, "token_endpoint"),
                userInfo,
                keys(endpoint(found, "jwks_uri")),
                inBody,
                clock.instant());
    }

    /** Kept for five minutes; a token with a key that is not among them has them read again, seldom. */
    private JWKSource<SecurityContext> keys(URI address) throws OidcException {
        try {
            return JWKSourceBuilder.<SecurityContext>create(
                            address.toURL(), url -> new Resource(http.text(address), "application/json"))
                    .refreshAheadCache(false)
                    .build();
        } catch (MalformedURLException e) {
            throw new OidcException(Kind.PROVIDER_FAILED, "The provider's jwks_uri is no address", e);
        }
    }

    private URI endpoint(JsonNode found, String name) throws OidcException {
        String text = found.path(name).asString("");
        try {
            URI uri = new URI(text);
            boolean mayBeHere = !settings.issuer().startsWith("https:");
            if (OidcSettings.isSafe(uri, mayBeHere)) {
                return uri;
            }
            throw new OidcException(Kind.PROVIDER_FAILED, "The provider's " + name + " is no https address");
        } catch (URISyntaxException e) {
            throw new OidcException(Kind.PROVIDER_FAILED, "The provider's " + name + " is no address", e);
        }
    }

    /** What to call somebody: what the provider does, or else what stands before the '@' of their address. */
    private static String name(IdTokens.Claims claims) {
        String given = claims.name()
                .or(() -> claims.email().map(each -> each.replaceFirst("@.*", "")))
                .orElse("");
        String plain = given.replaceAll("\\p{Cntrl}", " ").strip();
        String text = plain.isEmpty() ? claims.subject() : plain;
        return text.substring(0, Math.min(MAX_NAME, text.length()));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
