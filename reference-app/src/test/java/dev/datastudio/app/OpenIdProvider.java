package dev.datastudio.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A provider of identities over HTTP, as OpenID Connect Core 1.0 describes one, that signs in whoever comes as the person
 * it was told, and lies as it was told. It checks what a client has to prove: its secret, the redirect, PKCE, and that a
 * code is used once.
 */
public final class OpenIdProvider implements AutoCloseable {
    public static final String CLIENT = "studio at home";
    public static final String SECRET = "between us: 100% & more, and long enough for HS256";

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, JWTClaimsSet> infos = new ConcurrentHashMap<>();
    private volatile RSAKey key = newKey();
    private volatile UnaryOperator<JWTClaimsSet.Builder> claims = each -> each;
    private volatile Signing signing = Signing.OWN_KEY;
    private volatile boolean tellsByUserInfo;
    private volatile boolean hangsUp;

    private OpenIdProvider(HttpServer server) {
        this.server = server;
    }

    /** How tokens are signed. */
    public enum Signing {
        OWN_KEY,
        /** With a key that nobody has heard of, under the name of the own one. */
        OTHER_KEY,
        /** Not at all: {@code alg} is {@code none}. */
        NONE,
        /** With the secret of the client, as HS256. */
        CLIENT_SECRET
    }

    public static OpenIdProvider start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OpenIdProvider provider = new OpenIdProvider(server);
            server.createContext("/.well-known/openid-configuration", provider::discovery);
            server.createContext("/authorize", provider::authorize);
            server.createContext("/token", provider::token);
            server.createContext("/userinfo", provider::userInfo);
            server.createContext("/keys", provider::keys);
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Signs in people from now on as this one, honestly. */
    public void is(String subject, String email, boolean verified) {
        signing = Signing.OWN_KEY;
        tellsByUserInfo = false;
        hangsUp = false;
        claims = each -> each.subject(subject)
                .claim("email", email)
                .claim("email_verified", verified)
                .claim("name", "Grace Hopper");
    }

    /** Changes what the next tokens say. */
    public void lies(UnaryOperator<JWTClaimsSet.Builder> lie) {
        UnaryOperator<JWTClaimsSet.Builder> honest = claims;
        claims = each -> lie.apply(honest.apply(each));
    }

    public void signsWith(Signing other) {
        signing = other;
    }

    /** Leaves addresses out of tokens: they are for those who ask with the access token. */
    public void tellsByUserInfo() {
        tellsByUserInfo = true;
    }

    /** Closes connections without an answer when it is asked who came, until it is somebody else. */
    public void hangsUp() {
        hangsUp = true;
    }

    /** Has another key from now on. */
    public void rotates() {
        key = newKey();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void discovery(HttpExchange exchange) throws IOException {
        String issuer = issuer();
        answer(exchange, 200, """
                {"issuer": "ISSUER", "authorization_endpoint": "ISSUER/authorize?tenant=1",
                 "token_endpoint": "ISSUER/token", "userinfo_endpoint": "ISSUER/userinfo", "jwks_uri": "ISSUER/keys"}
                """.replace("ISSUER", issuer));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
        boolean isComplete = "code".equals(asked.get("response_type"))
                && CLIENT.equals(asked.get("client_id"))
                && "S256".equals(asked.get("code_challenge_method"))
                && "openid email profile".equals(asked.get("scope"))
                && asked.containsKey("nonce");
        if (!isComplete) {
            answer(exchange, 400, "{\"error\": \"invalid_request\"}");
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String to = asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state") + "&iss="
                + URLEncoder.encode(issuer(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        if (hangsUp) {
            exchange.close();
            return;
        }
        Map<String, String> sent =
                fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
        String both = encoded(CLIENT) + ":" + encoded(SECRET);
        String basic = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
        } else if (asked == null
                || !Objects.equals(asked.get("redirect_uri"), sent.get("redirect_uri"))
                || !Objects.equals(asked.get("code_challenge"), challenge(sent.getOrDefault("code_verifier", "")))) {
            answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
        } else {
            String access = UUID.randomUUID().toString();
            String token = idToken(asked.getOrDefault("nonce", ""), access);
            answer(exchange, 200, "{\"access_token\": \"" + access + "\", \"id_token\": \"" + token + "\"}");
        }
    }

    private String idToken(String nonce, String access) {
        Instant now = Instant.now();
        JWTClaimsSet all = claims.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(CLIENT)
                        .claim("nonce", nonce)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300))))
                .build();
        infos.put(access, all);
        JWTClaimsSet said = tellsByUserInfo
                ? new JWTClaimsSet.Builder(all)
                        .claim("email", null)
                        .claim("email_verified", null)
                        .build()
                : all;
        try {
            RSAKey own = key;
            if (signing == Signing.NONE) {
                return new PlainJWT(said).serialize();
            }
            if (signing == Signing.CLIENT_SECRET) {
                SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), said);
                jwt.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
                return jwt.serialize();
            }
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(own.getKeyID())
                            .build(),
                    said);
            jwt.sign(new RSASSASigner(signing == Signing.OTHER_KEY ? newKey() : own));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        JWTClaimsSet info = infos.get(header.replaceFirst("Bearer ", ""));
        answer(exchange, info == null ? 401 : 200, info == null ? "{}" : info.toString());
    }

    private void keys(HttpExchange exchange) throws IOException {
        answer(exchange, 200, new JWKSet(key).toString());
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The fields of a form or a query. */
    public static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(
                        each -> each[0],
                        each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8),
                        (one, other) -> other,
                        LinkedHashMap::new));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Where a browser that was sent to this provider is sent by it. */
    public URI visit(URI place, Person browser) {
        return URI.create(
                browser.send(HttpRequest.newBuilder(place).GET()).is(302).header("Location"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
