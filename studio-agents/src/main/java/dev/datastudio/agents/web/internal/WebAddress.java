package dev.datastudio.agents.web.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Addresses that strangers wrote. */
final class WebAddress {
    private static final int MAX_LENGTH = 2_000;

    private WebAddress() {}

    /** An address that may be shown: of the web, without a user name, short, in ASCII; otherwise empty. */
    static Optional<URI> of(String text) {
        try {
            URI uri = new URI(new URI(text.strip()).toASCIIString());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean isWeb = scheme.equals("http") || scheme.equals("https");
            boolean isPlain = uri.getHost() != null && uri.getRawUserInfo() == null;
            return isWeb && isPlain && uri.toString().length() <= MAX_LENGTH ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // what is no address leads nowhere
        }
    }
}
