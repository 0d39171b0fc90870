package dev.datastudio.app.identity;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Role;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people of one's organisation. */
@RestController
@RequestMapping("/api/v1/members")
@Tag(name = "Organisation")
class MemberController {
    private final Members members;

    MemberController(Members members) {
        this.members = members;
    }

    /**
     * Somebody of the organisation.
     *
     * @param id names them
     * @param email what they sign in with
     * @param name what they are called
     * @param role what they are
     * @param active whether they can sign in
     * @param createdAt when they joined
     * @param lastSeenAt when they last signed in or continued their session; nothing when they never did
     */
    @Schema(name = "Member")
    record MemberView(
            String id,
            String email,
            String name,
            Role role,
            boolean active,
            Instant createdAt,
            Optional<Instant> lastSeenAt) {
        static MemberView of(Account account, Optional<Instant> lastSeenAt) {
            return new MemberView(
                    account.caller().user(),
                    account.email(),
                    account.name(),
                    account.role(),
                    account.active(),
                    account.createdAt(),
                    lastSeenAt);
        }
    }

    /**
     * What becomes of somebody; what is left out stays as it is.
     *
     * @param role what they become
     * @param active whether they can sign in
     */
    record MemberInput(@Nullable Role role, @Nullable Boolean active) {}

    /**
     * A link for another password.
     *
     * @param link to be given to the person, and to nobody else; shown this once
     * @param expiresAt until when it works, once
     */
    record ResetLink(String link, Instant expiresAt) {}

    /**
     * What is somebody's alone.
     *
     * @param datasets how many versions of data sets
     * @param documents how many documents that nobody else sees
     * @param conversations how many, archived ones too
     */
    @Schema(name = "MemberData")
    record MemberData(long datasets, long documents, long conversations) {}

    @GetMapping
    @Needs(Scopes.MEMBER_GET)
    @Operation(operationId = "listMembers", summary = "The people of one's organisation, who joined first first")
    PageOf<MemberView> list(
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after,
            SignedIn person) {
        return members.list(person, new Paging(limit, after));
    }

    @PatchMapping("/{id}")
    @Needs(Scopes.MEMBER_EDIT)
    @Operation(
            operationId = "changeMember",
            summary = "Changes somebody's role or whether they can sign in, which ends their sessions")
    MemberView change(@PathVariable UUID id, @RequestBody MemberInput body, SignedIn person) {
        if (body.role() == null && body.active() == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "Nothing is to be changed", "Send 'role', 'active' or both");
        }
        return members.change(
                person, id.toString(), Optional.ofNullable(body.role()), Optional.ofNullable(body.active()));
    }

    @DeleteMapping("/{id}")
    @Needs(Scopes.MEMBER_EDIT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeMember",
            summary = "Removes somebody; with their data, all that is theirs alone is deleted, else it is kept")
    void remove(@PathVariable UUID id, @RequestParam(defaultValue = "false") boolean withData, SignedIn person) {
        members.remove(person, id.toString(), withData);
    }

    @GetMapping("/{id}/data")
    @Needs(Scopes.MEMBER_EDIT)
    @Operation(operationId = "getMemberData", summary = "How much would be deleted with somebody and their data")
    MemberData data(@PathVariable UUID id, SignedIn person) {
        return members.data(person, id.toString());
    }

    @PostMapping("/{id}/reset-link")
    @Needs(Scopes.MEMBER_EDIT)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createResetLink", summary = "Makes a link with which somebody chooses another password")
    ResetLink resetLink(@PathVariable UUID id, SignedIn person, HttpServletRequest request) {
        Body.requireSession(AuthController.admission());
        return members.resetLink(person, id.toString(), request);
    }
}
