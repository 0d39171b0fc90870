package dev.datastudio.app.identity;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.MemberController.MemberView;
import dev.datastudio.app.identity.MemberController.ResetLink;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.Invitations;
import dev.datastudio.app.identity.account.PasswordLinks;
import dev.datastudio.app.identity.account.PersonalTokens;
import dev.datastudio.app.identity.account.Role;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.erasure.Erasure;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Visibility;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What administrators do with the people of their organisation; they see nobody of another one. Thread-safe. */
final class Members {
    private final Studio studio;
    private final Erasure erasure;
    private final IdentityProperties properties;
    private final Accounts accounts;
    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final PasswordLinks passwordLinks;
    private final Invitations invitations;
    private final Links links;
    private final AuditTrail audit;
    private final InstantSource clock;

    Members(
            Studio studio,
            Erasure erasure,
            IdentityProperties properties,
            Accounts accounts,
            Sessions sessions,
            PersonalTokens tokens,
            PasswordLinks passwordLinks,
            Invitations invitations,
            Links links,
            AuditTrail audit) {
        this.studio = studio;
        this.erasure = erasure;
        this.properties = properties;
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwordLinks = passwordLinks;
        this.invitations = invitations;
        this.links = links;
        this.audit = audit;
        this.clock = studio.clock();
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

    /** What would be deleted with somebody. */
    MemberController.MemberData data(SignedIn by, String id) {
        Caller member = accounts.get(member(by, id)).caller();
        long conversations = Stream.of(Conversation.Status.values())
                .mapToLong(
                        status -> studio.as(member).conversations().list(status).size())
                .sum();
        Predicate<Document> isAlone =
                document -> document.user().equals(member.user()) && document.visibility() != Visibility.TENANT;
        return new MemberController.MemberData(
                studio.as(member).datasets().list().size(),
                Documents.of(studio).as(member).list().stream().filter(isAlone).count(),
                conversations);
    }

    void remove(SignedIn by, String id, boolean withData) {
        Caller member = member(by, id);
        Map<String, String> told = new LinkedHashMap<>();
        if (withData) {
            // Locked out first and removed last: when this is interrupted, they still are in the list to do it again.
            accounts.change(member, Optional.empty(), Optional.of(false));
            lockOut(member);
            invitations.forget(member.tenant(), accounts.get(member).email());
            erasure.user(member).counts().forEach((kind, count) -> told.put(kind, String.valueOf(count)));
        }
        accounts.remove(member);
        lockOut(member);
        audit.done(by.caller(), withData ? "member.erase" : "member.remove", List.of(id), told);
    }

    private void lockOut(Caller member) {
        sessions.endAll(member);
        tokens.revokeAll(member);
        passwordLinks.forget(member);
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
