package dev.datastudio.core.source;

import dev.datastudio.core.source.internal.AddressRules;
import java.net.InetAddress;

/**
 * Decides which addresses a database may be reached at, so that a source can't be used to look around in the network of
 * the program. It is asked for every address that a host name stands for, and again for the address that a socket
 * connects to, so that a name that changes its answer gains nothing.
 *
 * <p>Link-local addresses (169.254.169.254 and fe80::/10, where clouds keep their credentials, also fd00:ec2::254),
 * multicast and unspecified addresses are refused before any policy is asked, also when written as IPv6. Called on the
 * connecting thread; thread-safe.
 */
@FunctionalInterface
public interface HostPolicy {
    /** Every address that may be a database's, also of this machine and of private networks, where databases are. */
    HostPolicy ANY = address -> true;

    /**
     * Only addresses of the public Internet: neither this machine nor private networks (RFC 1918, RFC 4193), nor shared
     * ones of providers (RFC 6598). For servers whose people must not reach what surrounds the server.
     */
    HostPolicy PUBLIC_ONLY = AddressRules::isPublic;

    /** Whether a database at that address may be connected. */
    boolean allows(InetAddress address);
}
