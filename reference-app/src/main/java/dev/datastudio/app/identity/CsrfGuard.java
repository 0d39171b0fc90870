package dev.datastudio.app.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.datastudio.app.web.OnceFilter;
import dev.datastudio.app.web.RefusedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses unsafe requests that a foreign page has a browser send: they lack the header that repeats a cookie which only
 * our pages can read, or come from an origin that is not ours. It looks at requests that are let in by what a browser
 * adds by itself (a cookie, or sitting at this machine) and at those that make such a cookie; not at those with an
 * {@code Authorization}, and not at signed links, which are their own proof.
 */
final class CsrfGuard extends OnceFilter {
    private static final String COOKIE = "studio-csrf";
    private static final String SECURE_COOKIE = "__Host-" + COOKIE;
    private static final String HEADER = "X-CSRF-Token";
    private static final String SIGNED_LINKS = "/files/";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final boolean isSingleUser;
    private final Origins origins;
    private final SessionCookies cookies;
    private final HandlerExceptionResolver errors;

    CsrfGuard(boolean isSingleUser, Origins origins, SessionCookies cookies, HandlerExceptionResolver errors) {
        this.isSingleUser = isSingleUser;
        this.origins = origins;
        this.cookies = cookies;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return SAFE.contains(request.getMethod())
                || request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || request.getRequestURI().startsWith(SIGNED_LINKS)
                || !(isLetInByBrowser(request) || request.getRequestURI().startsWith(SessionCookies.AUTH_PATH + "/"));
    }

    private boolean isLetInByBrowser(HttpServletRequest request) {
        return isSingleUser || cookies.access(request).isPresent();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<RefusedException> refusal = refusal(request);
        if (refusal.isPresent()) {
            errors.resolveException(request, response, null, refusal.get());
            return;
        }
        chain.doFilter(request, response);
    }

    private Optional<RefusedException> refusal(HttpServletRequest request) {
        if (!origins.maySend(request)) {
            return Optional.of(RefusedException.forbidden(
                    "ORIGIN_REFUSED",
                    "The request comes from a page of another server",
                    "Add its origin to studio.identity.allowed-origins if it is yours"));
        }
        String sent = Optional.ofNullable(request.getHeader(HEADER)).orElse("");
        String kept = token(request).orElse("");
        boolean same = !kept.isEmpty() && MessageDigest.isEqual(kept.getBytes(US_ASCII), sent.getBytes(US_ASCII));
        return same
                ? Optional.empty()
                : Optional.of(
                        RefusedException.forbidden(
                                "CSRF_TOKEN_MISSING",
                                "The header " + HEADER + " does not repeat the cookie " + COOKIE,
                                "GET /api/v1/auth/session, then send the cookie's value in the header; or use a personal token"));
    }

    /** Gives a browser a token unless it has one. */
    static void giveToken(HttpServletRequest request, HttpServletResponse response) {
        if (token(request).filter(token -> token.length() >= TOKEN_BYTES).isEmpty()) {
            giveNewToken(request, response);
        }
    }

    /** Gives a browser another token, because somebody else sits there now. */
    static void giveNewToken(HttpServletRequest request, HttpServletResponse response) {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        ResponseCookie cookie = ResponseCookie.from(
                        name(request), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .path("/")
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private static Optional<String> token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String name = name(request);
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? SECURE_COOKIE : COOKIE;
    }
}
