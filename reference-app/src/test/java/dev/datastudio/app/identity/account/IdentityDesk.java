package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.app.identity.account.Accounts.Begin;
import dev.datastudio.app.identity.account.Accounts.Choice;
import dev.datastudio.app.web.RefusedException;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.testkit.cache.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The parts of identity over a metadata store, for the contracts of what they promise. */
abstract class IdentityDesk {
    static final String PASSWORD = "four words nobody guesses";
    static final Duration LIFETIME = Duration.ofDays(7);
    static final Duration LONGEST = Duration.ofDays(30);

    final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    MetadataStore store;
    SecretVault vault;
    IdentityKeys keys;
    Accounts accounts;
    Sessions sessions;
    PersonalTokens tokens;
    Invitations invitations;
    PasswordLinks passwordLinks;

    /** A store without anything of other tests. */
    abstract MetadataStore open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        store = open();
        vault = KeyFileVault.at(folder.resolve("key"));
        keys = new IdentityKeys(store, vault, clock, LONGEST);
        accounts = newAccounts();
        sessions = new Sessions(store, clock, keys, LIFETIME, LONGEST);
        tokens = new PersonalTokens(store, clock);
        invitations = new Invitations(store, clock, accounts, keys);
        passwordLinks = new PasswordLinks(store, clock, accounts);
    }

    Accounts newAccounts() {
        return new Accounts(store, new IdentityKeys(store, vault, clock, LONGEST), new Passwords(64, 1));
    }

    @AfterEach
    void end() {
        vault.close();
        store.close();
    }

    Account somebody() {
        return begin(UUID.randomUUID() + "@example.org");
    }

    Account begin(String email) {
        return accounts.begin(new NewAccount(email, "Ada", PASSWORD, "Lab"), Begin.ANYBODY, Choice.OWN);
    }

    Account join(Account by, Role role) {
        String email = UUID.randomUUID() + "@example.org";
        return invitations.accept(invitations.invite(by.caller(), email, role).secret(), "Ben", PASSWORD);
    }

    static boolean succeeds(Callable<?> work) {
        try {
            work.call();
            return true;
        } catch (RefusedException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static long countTrue(List<Callable<Boolean>> work) throws Exception {
        return atOnce(work).stream().filter(each -> each).count();
    }

    static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(work)) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
