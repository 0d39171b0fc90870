package dev.datastudio.app.identity;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How people can get in, for the page on which they do. Immutable.
 *
 * @param mode whether they sign in at all
 * @param registration who can make an account
 * @param firstUser whether nobody has an account yet: the next one becomes the administrator
 */
public record SignInOptions(SessionView.Mode mode, Registration registration, boolean firstUser) {
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
