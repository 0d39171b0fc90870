package dev.datastudio.app.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Gives every request an id, which its log lines and its problem, if it has one, carry. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class TraceId extends OnceFilter {
    private static final String NAME = "traceId";

    /** The id of a request. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(NAME) instanceof String id ? id : "";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // It need not be unguessable: the shared secure random would make requests wait for each other.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        request.setAttribute(NAME, id);
        MDC.put(NAME, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(NAME);
        }
    }
}
