package dev.datastudio.app.identity;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.Accounts.Begin;
import dev.datastudio.app.identity.account.Accounts.Choice;
import dev.datastudio.app.identity.account.Invitations;
import dev.datastudio.app.identity.account.NewAccount;
import dev.datastudio.app.identity.account.Organisations;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.app.identity.account.Sessions.Outcome;
import dev.datastudio.app.identity.account.Sessions.Session;
import dev.datastudio.app.identity.account.Throttle;
import dev.datastudio.app.identity.account.Throttle.Action;
import dev.datastudio.app.web.RefusedException;
import dev.datastudio.app.web.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** How sessions begin, go on and end. Thread-safe. */
final class SignIns {
    private static final String ADDRESS = "address";

    private final IdentityProperties properties;
    private final Accounts accounts;
    private final Organisations organisations;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final Invitations invitations;
    private final Throttle throttle;
    private final SessionCookies cookies;
    private final AuditTrail audit;
    private final InstantSource clock;

    SignIns(
            IdentityProperties properties,
            Accounts accounts,
            Organisations organisations,
            Sessions sessions,
            AccessTokens accessTokens,
            Invitations invitations,
            Throttle throttle,
            SessionCookies cookies,
            AuditTrail audit,
            InstantSource clock) {
        this.properties = properties;
        this.accounts = accounts;
        this.organisations = organisations;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.invitations = invitations;
        this.throttle = throttle;
        this.cookies = cookies;
        this.audit = audit;
        this.clock = clock;
    }

    /** A request and the answer to it, which is given the cookies. */
    record Exchange(HttpServletRequest request, HttpServletResponse response) {
        String address() {
            return request.getRemoteAddr();
        }
    }

    SignInOptions options() {
        boolean isOpen = properties.registration() == IdentityProperties.Registration.OPEN;
        return new SignInOptions(
                SessionView.Mode.of(properties),
                isOpen ? SignInOptions.Registration.OPEN : SignInOptions.Registration.INVITED,
                hasAccounts() && accounts.isEmpty(),
                properties.oidc().entrySet().stream()
                        .map(each -> new SignInOptions.Provider(
                                each.getKey(), each.getValue().shownName(each.getKey())))
                        .toList());
    }

    private boolean hasAccounts() {
        return properties.mode() == IdentityProperties.Mode.ACCOUNTS;
    }

    /** Who is signed in, as pages are told. */
    SessionView current(Optional<Admission> admission) {
        SessionView.Mode mode = SessionView.Mode.of(properties);
        return admission
                .flatMap(each -> view(each, mode))
                .orElseGet(() -> new SessionView(
                        false, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), false, mode));
    }

    /** Nothing when the person was removed a moment ago. */
    private Optional<SessionView> view(Admission admission, SessionView.Mode mode) {
        SignedIn person = admission.getPrincipal();
        List<String> scopes = List.copyOf(new TreeSet<>(person.scopes()));
        if (!hasAccounts()) {
            return Optional.of(new SessionView(
                    true,
                    Optional.of(LocalPerson.user(person)),
                    Optional.of(LocalPerson.organisation(person)),
                    scopes,
                    Optional.empty(),
                    false,
                    mode));
        }
        return accounts.current(person.caller())
                .map(account -> new SessionView(
                        true,
                        Optional.of(user(account)),
                        Optional.of(organisation(account)),
                        scopes,
                        admission.expiresAt(),
                        account.passwordIsTemporary(),
                        mode));
    }

    private static SessionView.User user(Account account) {
        return new SessionView.User(account.caller().user(), account.email(), account.name(), account.role());
    }

    private SessionView.Group organisation(Account account) {
        String tenant = account.caller().tenant();
        return new SessionView.Group(tenant, organisations.get(tenant).name());
    }

    SessionView signUp(NewAccount wanted, Exchange exchange) {
        requireAccounts();
        boolean isOpen = properties.registration() == IdentityProperties.Registration.OPEN;
        if (!isOpen && !accounts.isEmpty()) {
            throw RefusedException.forbidden(
                    "REGISTRATION_CLOSED",
                    "Accounts are made by invitation here",
                    "Ask an administrator of your organisation for an invitation");
        }
        throttle.count(Action.JOIN, wanted.email(), exchange.address());
        Account account = accounts.begin(wanted, isOpen ? Begin.ANYBODY : Begin.FIRST_OF_ALL, Choice.OWN);
        return begin(account, "account.begin", exchange);
    }

    SessionView accept(String secret, String name, String password, Exchange exchange) {
        requireAccounts();
        Throttle.Counted counted = throttle.count(Action.JOIN, "", exchange.address());
        Account account = invitations.accept(secret, name, password);
        counted.giveBack();
        return begin(account, "account.join", exchange);
    }

    SessionView signIn(String email, String password, Exchange exchange) {
        requireAccounts();
        Throttle.Counted counted = throttle.count(Action.SIGN_IN, email, exchange.address());
        Optional<Account> account = accounts.signIn(email, password);
        if (account.isEmpty()) {
            accounts.find(email)
                    .ifPresent(
                            each -> audit.refused(each.caller(), "session.begin", Map.of(ADDRESS, exchange.address())));
            throw RefusedException.unproven(
                    "E-mail address and password do not go together", "Check both, or ask for a new password");
        }
        counted.giveBack();
        return begin(account.get(), "session.begin", exchange);
    }

    private SessionView begin(Account account, String action, Exchange exchange) {
        return begin(account, action, Map.of(), exchange);
    }

    /**
     * Begins a session of somebody who has proved who they are.
     *
     * @param more what the audit log is told besides the address
     */
    SessionView begin(Account account, String action, Map<String, String> more, Exchange exchange) {
        Map<String, String> details = new HashMap<>(more);
        details.put(ADDRESS, exchange.address());
        audit.done(account.caller(), action, List.of(account.caller().user()), details);
        CsrfGuard.giveNewToken(exchange.request(), exchange.response());
        return goOn(account, sessions.begin(account), exchange);
    }

    private SessionView goOn(Account account, Session session, Exchange exchange) {
        accounts.see(account.caller(), clock.instant());
        AccessTokens.Issued access = accessTokens.issue(session);
        cookies.write(exchange.request(), exchange.response(), access, session);
        Instant expiresAt = access.claims().expiresAt();
        SignedIn person = new SignedIn(account.caller(), account.email(), account.scopes());
        return current(Optional.of(
                new Admission(person, Admission.Means.COOKIE, Optional.of(expiresAt), session.id(), session.epoch())));
    }

    SessionView refresh(Exchange exchange) {
        requireAccounts();
        Outcome outcome =
                cookies.refresh(exchange.request()).map(sessions::refresh).orElseGet(Outcome.Refused::new);
        if (outcome instanceof Outcome.Continued continued) {
            Session session = continued.session();
            Optional<Account> account =
                    accounts.current(session.caller()).filter(each -> each.active() && each.epoch() == session.epoch());
            if (account.isPresent()) {
                return goOn(account.get(), session, exchange);
            }
            sessions.end(session.caller(), session.id());
        }
        if (outcome instanceof Outcome.Reused reused) {
            audit.refused(reused.caller(), "session.reuse", Map.of(ADDRESS, exchange.address()));
        }
        cookies.clear(exchange.request(), exchange.response());
        throw RefusedException.nobody();
    }

    /** Ends the session of a request, whether what stands for it is still good or not. */
    void signOut(Optional<Admission> admission, Exchange exchange) {
        Optional<Caller> caller = cookies.refresh(exchange.request()).flatMap(sessions::end);
        Optional<Admission> byCookie = admission.filter(each -> each.means() == Admission.Means.COOKIE);
        byCookie.ifPresent(each -> sessions.end(each.getPrincipal().caller(), each.session()));
        caller.or(() -> byCookie.map(each -> each.getPrincipal().caller()))
                .ifPresent(each ->
                        audit.done(each, "session.end", List.of(each.user()), Map.of(ADDRESS, exchange.address())));
        cookies.clear(exchange.request(), exchange.response());
    }

    /** Begins a session again after all of a person's were ended by themselves. */
    SessionView beginAgain(Account account, Exchange exchange) {
        return goOn(account, sessions.begin(account), exchange);
    }

    private void requireAccounts() {
        if (!hasAccounts()) {
            throw LocalPerson.noAccounts();
        }
    }
}
