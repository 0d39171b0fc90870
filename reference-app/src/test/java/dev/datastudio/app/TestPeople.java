package dev.datastudio.app;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.SignedIn;
import dev.datastudio.app.web.Scopes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Until accounts are there: signs in whoever a header of the tests names. */
@Component
@Order(0)
class TestPeople extends OncePerRequestFilter {
    static final String HEADER = "X-Test-Person";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String name = request.getHeader(HEADER);
        if (name != null) {
            SignedIn person = new SignedIn(new Caller(name, name), name, Scopes.administrator());
            SecurityContextHolder.getContext()
                    .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, List.of()));
        }
        chain.doFilter(request, response);
    }
}
