package dev.datastudio.app.identity;

import dev.datastudio.app.web.OnceFilter;
import dev.datastudio.app.web.RefusedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * In single-user mode: refuses requests that name another host than this machine, as those of a foreign page do whose
 * host's name was made to lead here (DNS rebinding).
 */
final class HostGuard extends OnceFilter {
    private final Origins origins;
    private final HandlerExceptionResolver errors;

    HostGuard(Origins origins, HandlerExceptionResolver errors) {
        this.origins = origins;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (origins.namesThisMachine(request)) {
            chain.doFilter(request, response);
            return;
        }
        errors.resolveException(
                request,
                response,
                null,
                RefusedException.forbidden(
                        "HOST_REFUSED",
                        "In single-user mode Studio answers only under the name of this machine",
                        "Open http://localhost:" + request.getLocalPort()
                                + ", or start with studio.identity.mode=accounts"));
    }
}
