package dev.datastudio.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** Which pages may use the API: those that come from here, and those of the configured servers. Immutable. */
final class Origins {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<String> allowed;

    Origins(IdentityProperties properties) {
        this.allowed = properties.allowedOrigins();
    }

    List<String> allowed() {
        return allowed;
    }

    /** Whether the page that sent a request, which has an {@code Origin}, is one of ours. */
    boolean isAllowed(HttpServletRequest request, String origin) {
        return allowed.contains(origin) || isOwn(request, origin);
    }

    private static boolean isOwn(HttpServletRequest request, String origin) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null) {
            return false;
        }
        String own = host.toLowerCase(Locale.ROOT);
        // Behind a proxy that ends TLS and does not say so, a request looks plainer than the page is.
        return origin.equals("https://" + own) || (!request.isSecure() && origin.equals("http://" + own));
    }

    /**
     * Whether an unsafe request may come from where it says. Browsers say it with {@code Origin}, or, when that is
     * missing, with {@code Sec-Fetch-Site}; other programs say neither, and have nobody's cookies by accident.
     */
    boolean maySend(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            return isAllowed(request, origin);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    /**
     * Whether a request names this machine itself as the host that it wants: a page of a foreign server whose name was
     * made to lead here does not. A tunnel's end on this machine counts when it is one of the allowed origins.
     */
    boolean namesThisMachine(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null) {
            return false;
        }
        String own = host.toLowerCase(Locale.ROOT);
        int colon = own.lastIndexOf(':');
        boolean hasPort = colon > own.lastIndexOf(']');
        String name = hasPort ? own.substring(0, colon) : own;
        String port = hasPort ? own.substring(colon + 1) : request.isSecure() ? "443" : "80";
        if (!LOOPBACK.contains(name)) {
            return false;
        }
        return port.equals(String.valueOf(request.getLocalPort()))
                || allowed.contains("http://" + own)
                || allowed.contains("https://" + own);
    }
}
