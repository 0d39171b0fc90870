package dev.datastudio.app.identity;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.MemberController.MemberView;
import dev.datastudio.app.identity.MemberController.ResetLink;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.PasswordLinks;
import dev.datastudio.app.identity.account.PersonalTokens;
import dev.datastudio.app.identity.account.Role;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What administrators do with the people of their organisation; they see nobody of another one. Thread-safe. */
final class Members {
    private final IdentityProperties properties;
    private final Accounts accounts;
    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final PasswordLinks passwordLinks;
    private final Links links;
    private final AuditTrail audit;
    private final InstantSource clock;

    Members(
            IdentityProperties properties,
            Accounts accounts,
            Sessions sessions,
            PersonalTokens tokens,
            PasswordLinks passwordLinks,
            Links links,
            AuditTrail audit,
            InstantSource clock) {
        this.properties = properties;
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwordLinks = passwordLinks;
        this.links = links;
        this.audit = audit;
        this.clock = clock;
    }

    PageOf<MemberView> list(SignedIn person, Paging paging) {
        if (properties.mode() == IdentityProperties.Mode.SINGLE_USER) {
            SessionView.User local = LocalPerson.user(person);
            return PageOf.whole(List.of(new MemberView(
                    local.id(), local.email(), local.name(), Role.ADMIN, true, Instant.EPOCH, Optional.empty())));
        }
        PageOf<Account> page = accounts.members(person.caller().tenant(), paging.limit(), paging.after());
        return new PageOf<>(page.items().stream().map(this::view).toList(), page.next());
    }

    MemberView change(SignedIn by, String id, Optional<Role> role, Optional<Boolean> active) {
        Caller member = member(by, id);
        Account before = accounts.get(member);
        Account after = accounts.change(member, role, active);
        if (after.epoch() != before.epoch()) {
            sessions.endAll(member);
            audit.done(
                    by.caller(),
                    "member.change",
                    List.of(id),
                    Map.of(
                            "role",
                            after.role().name().toLowerCase(Locale.ROOT),
                            "active",
                            String.valueOf(after.active())));
        }
        return view(after);
    }

    void remove(SignedIn by, String id) {
        Caller member = member(by, id);
        accounts.remove(member);
        sessions.endAll(member);
        tokens.revokeAll(member);
        passwordLinks.forget(member);
        audit.done(by.caller(), "member.remove", List.of(id), Map.of());
    }

    ResetLink resetLink(SignedIn by, String id, HttpServletRequest request) {
        Caller member = member(by, id);
        String secret = passwordLinks.make(member);
        audit.done(by.caller(), "member.reset-link", List.of(id), Map.of());
        return new ResetLink(
                links.newPassword(request, secret).toString(), clock.instant().plus(PasswordLinks.VALIDITY));
    }

    private MemberView view(Account account) {
        return MemberView.of(account, accounts.lastSeen(account.caller()));
    }

    /** Somebody of the same organisation, or nobody. */
    private static Caller member(SignedIn by, String id) {
        return new Caller(by.caller().tenant(), id);
    }
}
