package dev.datastudio.app.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * How people can get in, for the page on which they do. Immutable.
 *
 * @param mode whether they sign in at all
 * @param registration who can make an account
 * @param firstUser whether nobody has an account yet: the next one becomes the administrator
 * @param providers through which other services people sign in
 */
public record SignInOptions(
        SessionView.Mode mode, Registration registration, boolean firstUser, List<Provider> providers) {
    public SignInOptions {
        providers = List.copyOf(providers);
    }

    /**
     * A provider of identities, through which people sign in at {@code /api/v1/auth/oidc/NAME}.
     *
     * @param name names it
     * @param displayName what people call it
     */
    @Schema(name = "SignInProvider")
    public record Provider(String name, String displayName) {}

    /** Who can make an account. */
    public enum Registration {
        /** Anybody. */
        @JsonProperty("open")
        OPEN,
        /** Who was invited. */
        @JsonProperty("invited")
        INVITED
    }
}
