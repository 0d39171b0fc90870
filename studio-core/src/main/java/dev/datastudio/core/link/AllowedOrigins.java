package dev.datastudio.core.link;

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
    boolean admit(LinkCall call) {
        if (origins.isEmpty()) {
            return false;
        }
        call.addHeader("Vary", "Origin");
        List<String> asked = call.headers("Origin");
        if (asked.size() != 1 || !origins.contains(asked.get(0))) {
            return false;
        }
        call.setHeader("Access-Control-Allow-Origin", asked.get(0));
        call.setHeader("Access-Control-Expose-Headers", "Accept-Ranges, Content-Disposition, Content-Range, ETag");
        return true;
    }

    /** Answers the question that a browser asks before it sends a request of a script. */
    static boolean isPreflight(LinkCall call) {
        return !call.headers("Access-Control-Request-Method").isEmpty();
    }

    /** What may follow, whatever was asked for: the browser compares. */
    static void describe(LinkCall call) {
        call.setHeader("Access-Control-Allow-Methods", "GET, PUT");
        call.setHeader("Access-Control-Allow-Headers", "Content-Type, If-Range, Range");
        call.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
}
