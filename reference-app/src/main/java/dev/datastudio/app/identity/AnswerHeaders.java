package dev.datastudio.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What each answer tells browsers. Pages say where their parts may come from. JSON and events, which no browser shows
 * as a page, say that nothing may come from anywhere: shorter, and stricter where one is made to open them all the
 * same. Nothing is stored that does not say so itself. Headers that a route has set stay.
 */
final class AnswerHeaders implements HeaderWriter {
    private static final String POLICY = "Content-Security-Policy";

    /** Plotly styles its figures with elements and attributes of its own; nothing else comes from outside the files. */
    private static final String OF_PAGES = String.join(
            "; ",
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        set(response, "X-Content-Type-Options", "nosniff");
        set(response, "X-Frame-Options", "DENY");
        if (response.getStatus() != HttpStatus.NOT_MODIFIED.value()) {
            set(response, HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (isData(response.getContentType())) {
            set(response, POLICY, OF_DATA);
            return;
        }
        set(response, POLICY, OF_PAGES);
        set(response, "Referrer-Policy", "same-origin");
        set(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }

    private static boolean isData(String type) {
        return type != null
                && (type.startsWith("application/json")
                        || type.startsWith("application/problem+json")
                        || type.startsWith("text/event-stream"));
    }

    private static void set(HttpServletResponse response, String name, String value) {
        if (!response.containsHeader(name)) {
            response.setHeader(name, value);
        }
    }
}
