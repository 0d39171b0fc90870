package dev.datastudio.app.identity;

import dev.datastudio.app.identity.account.Invitations;
import dev.datastudio.app.identity.account.Invitations.Invitation;
import dev.datastudio.app.identity.account.Invitations.Made;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Invitations into one's organisation. */
@RestController
@RequestMapping("/api/v1/invitations")
@Needs(Scopes.MEMBER_EDIT)
@Tag(name = "Organisation")
class InvitationController {
    private final IdentityProperties properties;
    private final Invitations invitations;
    private final Links links;
    private final AuditTrail audit;

    InvitationController(IdentityProperties properties, Invitations invitations, Links links, AuditTrail audit) {
        this.properties = properties;
        this.invitations = invitations;
        this.links = links;
        this.audit = audit;
    }

    /**
     * An invitation.
     *
     * @param id names it
     * @param email who is invited
     * @param role what they will be
     * @param expiresAt until when they can accept
     * @param acceptedAt when they did; nothing when they have not
     */
    @Schema(name = "Invitation")
    record InvitationView(String id, String email, Role role, Instant expiresAt, Optional<Instant> acceptedAt) {
        static InvitationView of(Invitation invitation) {
            return new InvitationView(
                    invitation.id(),
                    invitation.email(),
                    invitation.role(),
                    invitation.expiresAt(),
                    invitation.acceptedAt());
        }
    }

    /**
     * A new invitation.
     *
     * @param id names it
     * @param email who is invited
     * @param role what they will be
     * @param expiresAt until when they can accept
     * @param acceptedAt nothing
     * @param link to be given to the person, and to nobody else; shown this once
     */
    @Schema(name = "NewInvitation")
    record NewInvitationView(
            String id, String email, Role role, Instant expiresAt, Optional<Instant> acceptedAt, String link) {}

    /**
     * Somebody to be invited.
     *
     * @param email their address
     * @param role what they will be
     */
    record InvitationInput(String email, Role role) {}

    @GetMapping
    @Operation(operationId = "listInvitations", summary = "The invitations of one's organisation, the newest first")
    PageOf<InvitationView> list(
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after,
            SignedIn person) {
        Paging paging = new Paging(limit, after);
        PageOf<Invitation> page = invitations.list(person.caller().tenant(), paging.limit(), paging.after());
        return new PageOf<>(page.items().stream().map(InvitationView::of).toList(), page.next());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "invite", summary = "Invites somebody; the link is in this answer and nowhere else")
    NewInvitationView invite(@RequestBody InvitationInput body, SignedIn person, HttpServletRequest request) {
        if (properties.mode() == IdentityProperties.Mode.SINGLE_USER) {
            throw LocalPerson.noAccounts();
        }
        Body.requireSession(AuthController.admission());
        Made made =
                invitations.invite(person.caller(), Body.text("email", body.email()), Body.value("role", body.role()));
        Invitation invitation = made.invitation();
        audit.done(
                person.caller(),
                "invitation.create",
                List.of(invitation.id()),
                // Not the address: records outlast the people that they are about.
                Map.of("role", invitation.role().name().toLowerCase(Locale.ROOT)));
        return new NewInvitationView(
                invitation.id(),
                invitation.email(),
                invitation.role(),
                invitation.expiresAt(),
                invitation.acceptedAt(),
                links.invitation(request, made.secret()).toString());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "withdrawInvitation", summary = "Withdraws an invitation; a member it made stays")
    void withdraw(@PathVariable UUID id, SignedIn person) {
        invitations.withdraw(person.caller().tenant(), id.toString());
        audit.done(person.caller(), "invitation.withdraw", List.of(id.toString()), Map.of());
    }
}
