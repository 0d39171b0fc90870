package dev.datastudio.core.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a {@link LinkServer} listens, and which web pages may use its links from their scripts. Immutable.
 *
 * @param address port 0 is a free one
 * @param allowedOrigins pages of other servers whose scripts may read and write with a link (CORS): scheme, host and, if
 *     it is not the usual one, port, such as {@code https://app.example.org}; none unless they are named. A link works
 *     for whoever has it: this is only about scripts
 */
public record LinkServerOptions(InetSocketAddress address, Set<String> allowedOrigins) {
    /** On this machine alone, on a free port, for no page of another server. */
    public static final LinkServerOptions DEFAULT =
            new LinkServerOptions(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Set.of());

    private static final Pattern ORIGIN = Pattern.compile(
            "https?://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}\\])(:[1-9][0-9]{0,4})?");

    /** @throws IllegalArgumentException if an origin is none, such as {@code *}, {@code null} or one with a path */
    public LinkServerOptions {
        Objects.requireNonNull(address, "address");
        allowedOrigins = Set.copyOf(allowedOrigins);
        for (String origin : allowedOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("An origin must be scheme, host and port in small letters, such as"
                        + " https://app.example.org, was '" + origin + "'");
            }
        }
    }

    /** The same on another address. */
    public LinkServerOptions at(InetSocketAddress address) {
        return new LinkServerOptions(address, allowedOrigins);
    }

    /** The same for the pages of these servers. */
    public LinkServerOptions allowingOrigins(Set<String> origins) {
        return new LinkServerOptions(address, origins);
    }
}
