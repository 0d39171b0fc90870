package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Accounts.Choice;
import dev.datastudio.app.identity.account.OneTimeSecrets.Purpose;
import dev.datastudio.app.web.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/** Secrets with which somebody who forgot their password can choose another one, once, within an hour. Thread-safe. */
public final class PasswordLinks {
    /** How long a secret is good. */
    public static final Duration VALIDITY = Duration.ofHours(1);

    private final InstantSource clock;
    private final Accounts accounts;
    private final OneTimeSecrets secrets;

    /** Secrets that are kept, as hashes, in a store. */
    public PasswordLinks(MetadataStore store, InstantSource clock, Accounts accounts) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        this.secrets = new OneTimeSecrets(store);
    }

    /**
     * A secret for somebody; those that were made before are no longer good.
     *
     * @throws RefusedException 409 when they sign in without a password
     */
    public String make(Caller caller) {
        Accounts.requirePassword(accounts.get(caller));
        String secret = Hashes.newSecret();
        secrets.keep(
                secret,
                new OneTimeSecrets.Body(
                        Purpose.NEW_PASSWORD,
                        caller.tenant(),
                        caller.user(),
                        clock.instant().plus(VALIDITY)));
        return secret;
    }

    /**
     * Gives somebody another password, which ends their sessions.
     *
     * @throws RefusedException 401 when the secret was used, has expired or never was
     */
    public Account use(String secret, String password) {
        OneTimeSecrets.Body to =
                secrets.find(Purpose.NEW_PASSWORD, secret, clock.instant()).orElseThrow(PasswordLinks::refused);
        Caller caller = new Caller(to.tenant(), to.id());
        Account account = accounts.current(caller).filter(Account::active).orElseThrow(PasswordLinks::refused);
        PasswordRules.require(password, account.email()); // before the link is spent on it
        if (!secrets.use(secret)) {
            throw refused();
        }
        return accounts.setPassword(caller, password, Choice.OWN);
    }

    /** Ends what was made for somebody. */
    public void forget(Caller caller) {
        secrets.forget(Purpose.NEW_PASSWORD, caller.tenant(), caller.user());
    }

    private static RefusedException refused() {
        return RefusedException.unproven(
                "This link for a new password is not good", "Ask for a new one; a link works once and for an hour");
    }
}
