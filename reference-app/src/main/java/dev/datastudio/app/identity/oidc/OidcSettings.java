package dev.datastudio.app.identity.oidc;

import dev.datastudio.app.identity.account.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A provider of identities, as it is configured at {@code studio.identity.oidc.NAME}. Immutable.
 *
 * @param issuer as the provider calls itself, such as {@code https://accounts.example.org}; TLS, but on this machine
 * @param clientId what the provider calls this application
 * @param clientSecret what this application proves itself with; empty for one that is registered without; best given by
 *     the environment
 * @param displayName what people call the provider; empty for its name in the configuration
 * @param scopes what is asked for; {@code openid} is one of them
 * @param organisation the id of the organisation in which people whom nobody invited are given an account; empty when
 *     they are refused
 * @param role what they are there; nothing for a viewer
 */
public record OidcSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("") String displayName,
        @DefaultValue({"openid", "email", "profile"}) List<String> scopes,
        @DefaultValue("") String organisation,
        @Nullable Role role) {
    private static final String OPENID = "openid";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,100}"); // RFC 6749, 3.3

    /** @throws IllegalArgumentException if a setting can't be used; the message names it, and never the secret */
    public OidcSettings {
        scopes = List.copyOf(scopes);
        if (!isServer(issuer)) {
            throw new IllegalArgumentException("issuer must be the https address by which the provider calls itself,"
                    + " such as https://accounts.example.org, was '" + issuer + "'");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException(
                    "client-id is missing: register this application with the provider, and set what it is called there");
        }
        if (!scopes.contains(OPENID)
                || !scopes.stream().allMatch(each -> SCOPE.matcher(each).matches())) {
            throw new IllegalArgumentException("scopes must be names of which one is openid, were " + scopes);
        }
        if (role != null && organisation.isEmpty()) {
            throw new IllegalArgumentException(
                    "role says what people become in an organisation, but organisation is missing");
        }
    }

    /** What they become in the organisation. */
    public Role roleOrDefault() {
        return role == null ? Role.VIEWER : role;
    }

    /** What people call the provider, which has a name in the configuration. */
    public String shownName(String name) {
        return displayName.isBlank() ? name : displayName;
    }

    private static boolean isServer(String text) {
        try {
            URI uri = new URI(text);
            return isSafe(uri, true) && uri.getRawQuery() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * Whether what is sent there can't be read on the way.
     *
     * @param mayBeHere whether it may be a server of this machine, without TLS
     */
    static boolean isSafe(URI uri, boolean mayBeHere) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean isSecret = scheme.equals("https")
                || (mayBeHere && scheme.equals("http") && host != null && THIS_MACHINE.contains(host));
        return isSecret && host != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcSettings[" + issuer + ", " + clientId + "]";
    }
}
