package dev.datastudio.app.identity;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.Accounts.Choice;
import dev.datastudio.app.identity.account.PasswordLinks;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.app.identity.account.Throttle;
import dev.datastudio.app.identity.account.Throttle.Action;
import dev.datastudio.app.web.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How people get another password. Thread-safe. */
final class PasswordRecovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordRecovery.class);
    private static final int MAX_WAITING = 100;

    private final Accounts accounts;
    private final PasswordLinks passwordLinks;
    private final Sessions sessions;
    private final Throttle throttle;
    private final Links links;
    private final Optional<AccountMail> mail;
    private final AuditTrail audit;
    /** Mails are sent beside the request, so that its time does not tell whether there is such an account. */
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), PasswordRecovery::thread);

    PasswordRecovery(
            Accounts accounts,
            PasswordLinks passwordLinks,
            Sessions sessions,
            Throttle throttle,
            Links links,
            Optional<AccountMail> mail,
            AuditTrail audit) {
        this.accounts = accounts;
        this.passwordLinks = passwordLinks;
        this.sessions = sessions;
        this.throttle = throttle;
        this.links = links;
        this.mail = mail;
        this.audit = audit;
        sender.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "studio-account-mail");
        thread.setDaemon(true);
        return thread;
    }

    /** Sends somebody a link, if there is such an account and mail can be sent; says nothing of either. */
    void forgot(String email, String address) {
        throttle.count(Action.RECOVER, email, address);
        if (mail.isEmpty()) {
            return;
        }
        try {
            sender.execute(() -> accounts.find(email)
                    .filter(each -> each.active() && each.hasPassword())
                    .ifPresent(each -> send(each, mail.get())));
        } catch (RejectedExecutionException e) {
            throw RefusedException.tooOften("Too many mails wait to be sent", Duration.ofMinutes(1));
        }
    }

    private void send(Account account, AccountMail through) {
        try {
            String secret = passwordLinks.make(account.caller());
            links.newPasswordByMail(secret)
                    .ifPresent(link ->
                            through.sendPasswordLink(account.email(), account.name(), link, PasswordLinks.VALIDITY));
            audit.done(
                    account.caller(), "password.mail", List.of(account.caller().user()), Map.of());
        } catch (RuntimeException e) {
            LOG.warn("The mail with a link for a new password was not sent", e);
        }
    }

    /** Takes the secret of a link. */
    void reset(String secret, String password, String address) {
        Throttle.Counted counted = throttle.count(Action.JOIN, "", address);
        Account account = passwordLinks.use(secret, password);
        counted.giveBack();
        sessions.endAll(account.caller());
        audit.done(account.caller(), "password.reset", List.of(account.caller().user()), Map.of("address", address));
    }

    /** Changes the password of somebody who knows theirs; ends all their sessions. */
    Account change(Caller caller, String email, String current, String password, String address) {
        Accounts.requirePassword(accounts.get(caller));
        Throttle.Counted counted = throttle.count(Action.SIGN_IN, email, address);
        if (!accounts.isPassword(caller, current)) {
            audit.refused(caller, "password.change", Map.of("address", address));
            throw RefusedException.forbidden(
                    "PASSWORD_WRONG", "The current password is another one", "Give the password you signed in with");
        }
        counted.giveBack();
        Account account = accounts.setPassword(caller, password, Choice.OWN);
        passwordLinks.forget(caller);
        sessions.endAll(caller);
        audit.done(caller, "password.change", List.of(caller.user()), Map.of("address", address));
        return account;
    }

    @Override
    public void close() {
        sender.shutdown();
    }
}
