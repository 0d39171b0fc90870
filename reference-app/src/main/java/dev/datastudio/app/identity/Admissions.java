package dev.datastudio.app.identity;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.Admission.Means;
import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.PersonalTokens;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Decides who is let in, and whether somebody who was still would be. Thread-safe. */
final class Admissions {
    /** What the one person of a machine is called where others have an e-mail address. */
    static final String LOCAL = "local";

    private final IdentityProperties properties;
    private final Admission local;
    private final Accounts accounts;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final PersonalTokens personalTokens;
    private final InstantSource clock;

    Admissions(
            IdentityProperties properties,
            Caller local,
            Accounts accounts,
            Sessions sessions,
            AccessTokens accessTokens,
            PersonalTokens personalTokens,
            InstantSource clock) {
        this.properties = properties;
        SignedIn person = new SignedIn(local, LOCAL, Scopes.administrator());
        this.local = new Admission(person, Means.LOCAL, Optional.empty(), "", 0);
        this.accounts = accounts;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.personalTokens = personalTokens;
        this.clock = clock;
    }

    boolean isSingleUser() {
        return properties.mode() == IdentityProperties.Mode.SINGLE_USER;
    }

    /** The one person of this machine. */
    Admission local() {
        return local;
    }

    /** Who has an access token. */
    Optional<Admission> byAccessToken(String token) {
        return accessTokens
                .read(token)
                .flatMap(claims -> accounts.current(claims.caller())
                        .filter(account -> account.epoch() == claims.epoch() && account.active())
                        .filter(account -> sessions.isOpen(claims.caller(), claims.session()))
                        .map(account -> new Admission(
                                new SignedIn(account.caller(), account.email(), account.scopes()),
                                Means.COOKIE,
                                Optional.of(claims.expiresAt()),
                                claims.session(),
                                claims.epoch())));
    }

    /** Who has a personal token: with its scopes, as far as they are still those of the person. */
    Optional<Admission> byPersonalToken(String text) {
        return personalTokens.find(text).flatMap(presented -> {
            Set<String> scopes = new HashSet<>(presented.token().scopes());
            Optional<String> email;
            if (isSingleUser()) {
                email = presented.caller().equals(local.getPrincipal().caller())
                        ? Optional.of(LOCAL)
                        : Optional.empty();
            } else {
                Optional<Account> account = accounts.current(presented.caller()).filter(Account::active);
                scopes.retainAll(account.map(Account::scopes).orElse(Set.of()));
                email = account.map(Account::email);
            }
            return email.map(each -> new Admission(
                    new SignedIn(presented.caller(), each, scopes),
                    Means.TOKEN,
                    Optional.of(presented.token().expiresAt()),
                    presented.token().id(),
                    0));
        });
    }

    /** Whether somebody who was let in would be let in again now, with the same. */
    boolean isCurrent(Admission admission) {
        return !hasExpired(admission) && isKnown(admission);
    }

    /** Whether the session or token of somebody who was let in lasts, though its cookie may have to be refreshed. */
    boolean lasts(Admission admission) {
        return (admission.means() == Means.COOKIE || !hasExpired(admission)) && isKnown(admission);
    }

    private boolean hasExpired(Admission admission) {
        return admission
                .expiresAt()
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
    }

    private boolean isKnown(Admission admission) {
        Caller caller = admission.getPrincipal().caller();
        return switch (admission.means()) {
            case LOCAL -> true;
            case TOKEN ->
                personalTokens.isOpen(caller, admission.session())
                        && (isSingleUser()
                                || accounts.current(caller)
                                        .filter(Account::active)
                                        .isPresent());
            case COOKIE ->
                accounts.current(caller)
                                .filter(account -> account.active() && account.epoch() == admission.epoch())
                                .isPresent()
                        && sessions.isOpen(caller, admission.session());
        };
    }
}
