package dev.datastudio.app.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.app.identity.account.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is signed in, and what they may do. Immutable.
 *
 * @param signedIn whether anybody is
 * @param user who; nothing when nobody is
 * @param organisation of whom; nothing when nobody is
 * @param scopes what they may do, in alphabetical order
 * @param expiresAt when what stands for the session has to be refreshed; nothing in single-user mode
 * @param mustChangePassword whether they can do nothing before they have chosen another password
 * @param mode whether people sign in at all
 */
@Schema(name = "Session")
public record SessionView(
        boolean signedIn,
        Optional<User> user,
        Optional<Group> organisation,
        List<String> scopes,
        Optional<Instant> expiresAt,
        boolean mustChangePassword,
        Mode mode) {
    public SessionView {
        scopes = List.copyOf(scopes);
    }

    /** Whether people sign in. */
    public enum Mode {
        /** There is one person: whoever sits at the machine. */
        @JsonProperty("single-user")
        SINGLE_USER,
        /** People have accounts. */
        @JsonProperty("accounts")
        ACCOUNTS;

        static Mode of(IdentityProperties properties) {
            return properties.mode() == IdentityProperties.Mode.ACCOUNTS ? ACCOUNTS : SINGLE_USER;
        }
    }

    /**
     * A person.
     *
     * @param id names them
     * @param email what they sign in with
     * @param name what they are called
     * @param role what they are in the organisation
     */
    @Schema(name = "SessionUser")
    public record User(String id, String email, String name, Role role) {}

    /**
     * An organisation.
     *
     * @param id names it
     * @param name what it is called
     */
    @Schema(name = "SessionOrganisation")
    public record Group(String id, String name) {}
}
