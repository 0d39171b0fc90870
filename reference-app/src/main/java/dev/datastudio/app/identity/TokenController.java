package dev.datastudio.app.identity;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.app.identity.account.PersonalTokens;
import dev.datastudio.app.identity.account.PersonalTokens.Made;
import dev.datastudio.app.identity.account.PersonalTokens.PersonalToken;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Personal tokens: one's own, for programs. */
@RestController
@RequestMapping("/api/v1/tokens")
@Needs(Scopes.SELF_EDIT)
@Tag(name = "Session")
class TokenController {
    private final PersonalTokens tokens;
    private final AuditTrail audit;

    TokenController(PersonalTokens tokens, AuditTrail audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /**
     * A token without its text.
     *
     * @param id names it
     * @param name what it is for
     * @param scopes what it may do, as far as its person may
     * @param createdAt when it was made
     * @param expiresAt when it ends
     * @param lastUsedAt when it was last used, to a minute or so; nothing when it never was
     */
    @Schema(name = "Token")
    record TokenView(
            String id,
            String name,
            List<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> lastUsedAt) {
        static TokenView of(PersonalToken token) {
            return new TokenView(
                    token.id(),
                    token.name(),
                    List.copyOf(new TreeSet<>(token.scopes())),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt());
        }
    }

    /**
     * A new token.
     *
     * @param id names it
     * @param name what it is for
     * @param scopes what it may do, as far as its person may
     * @param createdAt when it was made
     * @param expiresAt when it ends
     * @param lastUsedAt nothing
     * @param token its text, shown this once: send it as {@code Authorization: Bearer}
     */
    @Schema(name = "NewToken")
    record NewTokenView(
            String id,
            String name,
            List<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> lastUsedAt,
            String token) {}

    /**
     * A token that somebody wants.
     *
     * @param name what it is for
     * @param scopes what it may do; not more than who makes it
     * @param expiresInDays 1 to 366
     */
    record TokenRequest(String name, List<String> scopes, Integer expiresInDays) {}

    @GetMapping
    @Operation(operationId = "listTokens", summary = "One's tokens, the newest first")
    PageOf<TokenView> list(SignedIn person) {
        return PageOf.whole(
                tokens.list(person.caller()).stream().map(TokenView::of).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createToken", summary = "Makes a token; its text is in this answer and nowhere else")
    NewTokenView create(@RequestBody TokenRequest body, SignedIn person) {
        Body.requireSession(AuthController.admission());
        Set<String> scopes = new TreeSet<>(Body.value("scopes", body.scopes()));
        Set<String> beyond = new HashSet<>(scopes);
        beyond.removeAll(person.scopes());
        if (!beyond.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "You don't have the scopes " + StudioException.quote(new TreeSet<>(beyond)),
                    "Leave them out; GET /api/v1/auth/session lists yours");
        }
        Made made = tokens.make(
                person.caller(),
                Body.text("name", body.name()),
                scopes,
                Body.value("expiresInDays", body.expiresInDays()));
        audit.done(
                person.caller(),
                "token.create",
                List.of(made.token().id()),
                Map.of("scopes", String.join(" ", scopes)));
        TokenView view = TokenView.of(made.token());
        return new NewTokenView(
                view.id(),
                view.name(),
                view.scopes(),
                view.createdAt(),
                view.expiresAt(),
                view.lastUsedAt(),
                made.text());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeToken", summary = "Revokes one of one's tokens")
    void revoke(@PathVariable UUID id, SignedIn person) {
        tokens.revoke(person.caller(), id.toString());
        audit.done(person.caller(), "token.revoke", List.of(id.toString()), Map.of());
    }
}
