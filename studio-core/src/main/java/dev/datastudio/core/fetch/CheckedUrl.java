package dev.datastudio.core.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/**
 * An address of the web that may be reached, with the machines that it was checked to lead to. Immutable.
 *
 * @param uri http or https, with a host
 * @param addresses where to connect; a host must not be resolved again, since the answer may be another one then
 */
public record CheckedUrl(URI uri, List<InetAddress> addresses) {
    public CheckedUrl {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses must not be empty");
        }
    }
}
