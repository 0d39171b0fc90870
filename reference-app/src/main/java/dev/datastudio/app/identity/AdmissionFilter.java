package dev.datastudio.app.identity;

import dev.datastudio.app.web.OnceFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Finds out who sent a request: by its personal token when it has an {@code Authorization}, and then by nothing else;
 * by the cookie of their session; or, in single-user mode, because nobody else is there.
 */
final class AdmissionFilter extends OnceFilter {
    private static final String BEARER = "Bearer ";

    private final Admissions admissions;
    private final SessionCookies cookies;

    AdmissionFilter(Admissions admissions, SessionCookies cookies) {
        this.admissions = admissions;
        this.cookies = cookies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() == null) {
            admission(request).ifPresent(SecurityContextHolder.getContext()::setAuthentication);
        }
        chain.doFilter(request, response);
    }

    private Optional<Admission> admission(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? admissions.byPersonalToken(
                            authorization.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        if (admissions.isSingleUser()) {
            return Optional.of(admissions.local());
        }
        return cookies.access(request).flatMap(admissions::byAccessToken);
    }
}
