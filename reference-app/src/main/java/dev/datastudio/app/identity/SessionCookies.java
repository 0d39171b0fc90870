package dev.datastudio.app.identity;

import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.Sessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookies of a session, which no script can read: one that stands for it, sent with every request, and one that
 * continues it, sent only where that is done. Over TLS their names begin with prefixes that keep other hosts of the
 * domain from setting them. Immutable.
 */
final class SessionCookies {
    /** Below this are the routes that continue and end sessions. */
    static final String AUTH_PATH = "/api/v1/auth";

    private static final String ACCESS = "studio";
    private static final String REFRESH = "studio-refresh";
    private static final String FLOW = "studio-flow";
    private static final String HOST = "__Host-";
    private static final String SECURE = "__Secure-";

    private final InstantSource clock;

    SessionCookies(InstantSource clock) {
        this.clock = clock;
    }

    Optional<String> access(HttpServletRequest request) {
        return read(request, (request.isSecure() ? HOST : "") + ACCESS);
    }

    Optional<String> refresh(HttpServletRequest request) {
        return read(request, (request.isSecure() ? SECURE : "") + REFRESH);
    }

    /** What the browser keeps of a sign-in that is on its way through a provider of identities. */
    Optional<String> flow(HttpServletRequest request) {
        return read(request, (request.isSecure() ? HOST : "") + FLOW);
    }

    void writeFlow(HttpServletRequest request, HttpServletResponse response, String secret, Duration age) {
        add(response, flow(request, secret, age));
    }

    void clearFlow(HttpServletRequest request, HttpServletResponse response) {
        add(response, flow(request, "", Duration.ZERO));
    }

    /** Comes along when another server leads back here, and lies where no other host of the domain can put one. */
    private static ResponseCookie flow(HttpServletRequest request, String value, Duration age) {
        return ResponseCookie.from((request.isSecure() ? HOST : "") + FLOW, value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .maxAge(age)
                .build();
    }

    void write(
            HttpServletRequest request,
            HttpServletResponse response,
            AccessTokens.Issued access,
            Sessions.Session session) {
        Duration accessAge = Duration.between(clock.instant(), access.claims().expiresAt());
        Duration refreshAge = Duration.between(clock.instant(), session.expiresAt());
        add(response, access(request, access.token(), accessAge));
        add(response, refresh(request, session.refreshToken(), refreshAge));
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        add(response, access(request, "", Duration.ZERO));
        add(response, refresh(request, "", Duration.ZERO));
    }

    private static ResponseCookie access(HttpServletRequest request, String value, Duration age) {
        return ResponseCookie.from((request.isSecure() ? HOST : "") + ACCESS, value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .maxAge(age)
                .build();
    }

    private static ResponseCookie refresh(HttpServletRequest request, String value, Duration age) {
        return ResponseCookie.from((request.isSecure() ? SECURE : "") + REFRESH, value)
                .path(AUTH_PATH)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .maxAge(age)
                .build();
    }

    private static void add(HttpServletResponse response, ResponseCookie cookie) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private static Optional<String> read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }
}
