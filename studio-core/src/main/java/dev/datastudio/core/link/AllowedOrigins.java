package dev.datastudio.core.link;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Set;

/**
 * Tells browsers which pages of other servers may use links from their scripts (the Fetch standard, "CORS protocol").
 * Never with credentials: a link carries its own. Immutable.
 */
final class AllowedOrigins {
    private static final String MAX_AGE_SECONDS = "600";

    private final Set<String> origins;

    AllowedOrigins(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Adds what a browser asks for; whether the page may read the answer. */
    boolean admit(Headers request, Headers answer) {
        if (origins.isEmpty()) {
            return false;
        }
        answer.add("Vary", "Origin");
        List<String> asked = request.getOrDefault("Origin", List.of());
        if (asked.size() != 1 || !origins.contains(asked.get(0))) {
            return false;
        }
        answer.set("Access-Control-Allow-Origin", asked.get(0));
        answer.set("Access-Control-Expose-Headers", "Accept-Ranges, Content-Disposition, Content-Range, ETag");
        return true;
    }

    /** Answers the question that a browser asks before it sends a request of a script. */
    static boolean isPreflight(Headers request) {
        return request.containsKey("Access-Control-Request-Method");
    }

    /** What may follow, whatever was asked for: the browser compares. */
    static void describe(Headers answer) {
        answer.set("Access-Control-Allow-Methods", "GET, PUT");
        answer.set("Access-Control-Allow-Headers", "Content-Type, If-Range, Range");
        answer.set("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
}
