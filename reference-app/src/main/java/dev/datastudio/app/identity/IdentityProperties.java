package dev.datastudio.app.identity;

import dev.datastudio.app.identity.oidc.OidcSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of who may use the application.
 *
 * @param mode whether people sign in
 * @param registration who can make an account
 * @param allowedOrigins pages of which other servers may use the API with people's cookies, such as
 *     {@code https://app.example.org}; never {@code *}
 * @param baseUrl where people reach the application, for links in mails; without it, mails are not sent
 * @param admin the first administrator, made at the start when nobody has an account
 * @param accessLifetime how long what stands for a session is good before it is refreshed, 1 to 60 minutes
 * @param sessionLifetime how long a session lasts that nobody uses
 * @param longestSession after what time everybody has to sign in again
 * @param oidc providers of identities through which people can sign in, each by the name that stands in its addresses
 */
@ConfigurationProperties("studio.identity")
public record IdentityProperties(
        @DefaultValue("single-user") Mode mode,
        @DefaultValue("invited") Registration registration,
        @DefaultValue List<String> allowedOrigins,
        @Nullable URI baseUrl,
        @DefaultValue Admin admin,
        @DefaultValue("10m") Duration accessLifetime,
        @DefaultValue("7d") Duration sessionLifetime,
        @DefaultValue("30d") Duration longestSession,
        @DefaultValue Map<String, OidcSettings> oidc) {
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern ORIGIN = Pattern.compile(
            "https?://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}\\])(:[1-9][0-9]{0,4})?");

    /** @throws IllegalArgumentException if an origin is none, such as {@code *}, or a time is out of its range */
    public IdentityProperties {
        allowedOrigins = List.copyOf(allowedOrigins);
        for (String origin : allowedOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("studio.identity.allowed-origins must be scheme, host and port in"
                        + " small letters, such as https://app.example.org, was '" + origin + "'");
            }
        }
        require("access-lifetime", accessLifetime, Duration.ofMinutes(1), Duration.ofHours(1));
        require("session-lifetime", sessionLifetime, accessLifetime, Duration.ofDays(366));
        require("longest-session", longestSession, sessionLifetime, Duration.ofDays(366));
        oidc = Collections.unmodifiableMap(new LinkedHashMap<>(oidc));
        for (String name : oidc.keySet()) {
            if (!PROVIDER.matcher(name).matches()) {
                throw new IllegalArgumentException("studio.identity.oidc." + name
                        + " must be called by 1 to 40 small letters, digits and '-', as the name stands in addresses");
            }
        }
        if (!oidc.isEmpty() && mode != Mode.ACCOUNTS) {
            throw new IllegalArgumentException("studio.identity.oidc says how people sign in, but nobody does."
                    + " Set studio.identity.mode=accounts");
        }
    }

    /** Whether people sign in. */
    public enum Mode {
        /** Whoever sits at this machine may do everything, and nobody else can reach it. */
        SINGLE_USER,
        /** People have accounts in organisations. */
        ACCOUNTS
    }

    /** Who can make an account, besides the very first person. */
    public enum Registration {
        /** Who was invited. */
        INVITED,
        /** Anybody, in an organisation of their own. */
        OPEN
    }

    /**
     * The first administrator.
     *
     * @param email what they sign in with; nothing for nobody
     * @param password for the first time, after which they choose another one; best given by the environment
     *     variable {@code STUDIO_IDENTITY_ADMIN_PASSWORD}
     */
    public record Admin(
            @DefaultValue("") String email,
            @DefaultValue("") String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Admin[" + email + "]";
        }
    }

    private static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "studio.identity." + name + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
