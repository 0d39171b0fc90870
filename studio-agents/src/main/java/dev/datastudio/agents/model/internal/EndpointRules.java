package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.fetch.UrlGuard;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Where requests to models may go. Immutable. */
public final class EndpointRules {
    private static final byte[] SOME_PUBLIC_ADDRESS = {8, 8, 8, 8};

    private final UrlGuard guard;

    /**
     * Rules of the host program.
     *
     * @param guard what the host program allows
     */
    public EndpointRules(UrlGuard guard) {
        this.guard = guard;
    }

    /** The same rules, but the host of a specification may be anywhere: for one that the host program itself wrote. */
    public EndpointRules trusting(ModelSpec spec) {
        return new EndpointRules(guard.allowing(URI.create(spec.endpoint()).getHost()));
    }

    /** What is asked about each address that is connected to. */
    public UrlGuard guard() {
        return guard;
    }

    /**
     * Refuses an endpoint whose address says already that it may not be used. Names are looked up when they are
     * connected to, since what they stand for changes.
     *
     * @throws StudioException URL_REFUSED
     */
    public void require(ModelSpec spec) {
        URI uri = URI.create(spec.endpoint());
        if (guard.isAllowed(uri)) {
            return;
        }
        if (!uri.getScheme().equals("https")) {
            throw new StudioException(
                    ErrorCode.URL_REFUSED,
                    "The endpoint " + StudioException.quote(UrlGuard.printable(uri))
                            + " would send questions and key readable through the network",
                    "Use https, or have the operator allow this host for models");
        }
        guard.resolving(EndpointRules::notLookedUp).check(uri);
    }

    private static List<InetAddress> notLookedUp(String host) throws UnknownHostException {
        return List.of(InetAddress.getByAddress(host, SOME_PUBLIC_ADDRESS));
    }
}
