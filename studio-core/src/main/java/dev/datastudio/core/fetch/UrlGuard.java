package dev.datastudio.core.fetch;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.fetch.internal.PublicAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which addresses of the web may be reached from here: http and https to public machines. What a user or a model
 * wrote must not lead into the host's own network (server-side request forgery).
 *
 * <p>A host is resolved once, and every address it has must be public by the registries of special-purpose addresses
 * (RFC 6890 and what IANA added to them). User names in a URL, forms of IP addresses other than the usual ones, and
 * ports below 1024 other than 80 and 443 are refused. Immutable, thread-safe.
 */
public final class UrlGuard {
    /** Resolves as the operating system does, and allows no host of its own. */
    public static final UrlGuard DEFAULT = new UrlGuard(HostResolver.SYSTEM, Set.of());

    /** Also allows the loopback addresses of this machine by their usual names, for programs that have one user. */
    public static final UrlGuard THIS_MACHINE =
            new UrlGuard(HostResolver.SYSTEM, Set.of("localhost", "127.0.0.1", "[::1]"));

    private static final int FIRST_FREE_PORT = 1024;
    private static final int MAX_LENGTH = 8_000;

    /** A host whose last part begins as a number does: no name of the web. */
    private static final Pattern ODD_NUMBER = Pattern.compile("(?:.*\\.)?\\d[^.]*\\.?");

    private final HostResolver resolver;
    private final Set<String> allowed;

    private UrlGuard(HostResolver resolver, Set<String> allowed) {
        this.resolver = resolver;
        this.allowed = Set.copyOf(allowed);
    }

    /** The same rules with another resolver. */
    public UrlGuard resolving(HostResolver resolver) {
        return new UrlGuard(Objects.requireNonNull(resolver, "resolver"), allowed);
    }

    /**
     * The same rules, but the named host may be reached wherever it lies and on any port. For a host program's own
     * servers; never for a name that a user gave.
     */
    public UrlGuard allowing(String host) {
        Set<String> more = new HashSet<>(allowed);
        more.add(host.toLowerCase(Locale.ROOT));
        return new UrlGuard(resolver, more);
    }

    /** Whether the host program named the host of an address with {@link #allowing}. */
    public boolean isAllowed(URI uri) {
        return uri.getHost() != null && allowed.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    /**
     * Checks an address and resolves its host.
     *
     * @throws StudioException URL_REFUSED when it may not be reached, URL_UNREACHABLE when its host is not known
     */
    public CheckedUrl check(URI uri) {
        String host = host(uri);
        List<InetAddress> addresses = resolve(host, uri);
        if (!allowed.contains(host)) {
            requirePort(uri);
            for (InetAddress address : addresses) {
                if (!PublicAddresses.contains(address)) {
                    throw refused(
                            uri,
                            "leads to a machine that is not on the public internet",
                            "Use a public address, or upload the file");
                }
            }
        }
        return new CheckedUrl(uri, addresses);
    }

    private static String host(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(uri, "is not of the web", "Use an address that begins with https:// or http://");
        }
        if (uri.toString().length() > MAX_LENGTH) {
            throw refused(uri, "has more than " + MAX_LENGTH + " characters", "Use a shorter address");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw refused(uri, "has a user name before its host", "Leave the part before '@' out");
        }
        try {
            String host = uri.parseServerAuthority().getHost();
            if (host == null || host.isEmpty() || host.contains("%")) {
                throw refused(uri, "has no host that can be checked", "Name the host as in a browser");
            }
            String lower = host.toLowerCase(Locale.ROOT);
            if (ODD_NUMBER.matcher(lower).matches() && !isIpv4(lower)) {
                throw refused(
                        uri,
                        "has a number for a host that programs read differently",
                        "Write an IP address as four decimal numbers");
            }
            return lower;
        } catch (URISyntaxException e) {
            throw refused(uri, "has no host that can be checked", "Name the host as in a browser");
        }
    }

    private List<InetAddress> resolve(String host, URI uri) {
        try {
            List<InetAddress> addresses = host.startsWith("[") || isIpv4(host)
                    ? List.of(InetAddress.getByName(host))
                    : List.copyOf(resolver.resolve(host));
            if (addresses.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw new StudioException(
                    ErrorCode.URL_UNREACHABLE,
                    "The host " + StudioException.quote(host) + " of " + StudioException.quote(printable(uri))
                            + " is not known",
                    "Check the address and the network",
                    e);
        }
    }

    /** Four numbers without leading zeros, which some programs read as octal. */
    private static boolean isIpv4(String host) {
        return host.matches("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    }

    private static void requirePort(URI uri) {
        int port = uri.getPort();
        boolean usual = port == -1 || port == 80 || port == 443;
        if (!usual && (port < FIRST_FREE_PORT || port > 65_535)) {
            throw refused(uri, "names a port that no web server has", "Use port 80, 443, or one from 1024 on");
        }
    }

    private static StudioException refused(URI uri, String why, String mend) {
        return new StudioException(
                ErrorCode.URL_REFUSED, "The address " + StudioException.quote(printable(uri)) + " " + why, mend);
    }

    /** An address as it may be shown and logged: without user, query and fragment, which may hold secrets. */
    public static String printable(URI uri) {
        if (uri.isOpaque()) {
            return uri.getScheme() + ":…";
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return (uri.getScheme() == null ? "" : uri.getScheme() + "://") + host + path;
    }
}
