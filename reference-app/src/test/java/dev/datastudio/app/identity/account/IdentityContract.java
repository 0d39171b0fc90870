package dev.datastudio.app.identity.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Accounts.Begin;
import dev.datastudio.app.identity.account.Accounts.Choice;
import dev.datastudio.app.identity.account.Sessions.Outcome;
import dev.datastudio.app.identity.account.Sessions.Session;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.RefusedException;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.testkit.cache.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What identity promises, over any metadata store. */
abstract class IdentityContract {
    private static final String PASSWORD = "four words nobody guesses";
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(30);

    final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private MetadataStore store;
    private SecretVault vault;
    private IdentityKeys keys;
    private Accounts accounts;
    private Sessions sessions;
    private PersonalTokens tokens;
    private Invitations invitations;
    private PasswordLinks passwordLinks;

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
        invitations = new Invitations(store, clock, accounts);
        passwordLinks = new PasswordLinks(store, clock, accounts);
    }

    private Accounts newAccounts() {
        return new Accounts(store, new IdentityKeys(store, vault, clock, LONGEST), new Passwords(64, 1));
    }

    @AfterEach
    void end() {
        vault.close();
        store.close();
    }

    private Account somebody() {
        return begin(UUID.randomUUID() + "@example.org");
    }

    private Account begin(String email) {
        return accounts.begin(new NewAccount(email, "Ada", PASSWORD, "Lab"), Begin.ANYBODY, Choice.OWN);
    }

    private Account join(Account by, Role role) {
        String email = UUID.randomUUID() + "@example.org";
        return invitations.accept(invitations.invite(by.caller(), email, role).secret(), "Ben", PASSWORD);
    }

    @Test
    void anAddressIsHadOnceInWhateverSpelling() {
        Account ada = begin("Ada@Example.org");

        RefusedException refused = assertThrows(RefusedException.class, () -> begin(" aDA@example.ORG "));

        assertEquals("ada@example.org", ada.email());
        assertEquals(
                "No account can be made with this e-mail address. Sign in if you have one, or use another address.",
                refused.getMessage());
        assertEquals(Optional.of(ada), accounts.signIn("ADA@example.org", PASSWORD));
    }

    @Test
    void anOrganisationWhoseAddressWasTakenLeavesNothingBehind() {
        Account ada = somebody();

        assertThrows(RefusedException.class, () -> begin(ada.email()));

        assertEquals(Optional.of(ada), accounts.find(ada.email()));
        assertEquals(
                List.of(ada), accounts.members(ada.caller().tenant(), 10, "").items());
    }

    @Test
    void ofManyWhoWantToBeTheFirstOneIs() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            NewAccount wanted = new NewAccount("first" + i + "@example.org", "Ada", PASSWORD, "Lab");
            attempts.add(() -> succeeds(() -> accounts.begin(wanted, Begin.FIRST_OF_ALL, Choice.OWN)));
        }

        assertTrue(accounts.isEmpty());
        assertEquals(1, countTrue(attempts));
        assertFalse(accounts.isEmpty());
    }

    @Test
    void aWrongPasswordAnUnknownAddressAndAnInactivePersonAreAllNobody() {
        Account ada = somebody();
        Account ben = join(ada, Role.EDITOR);
        accounts.change(ben.caller(), Optional.empty(), Optional.of(false));

        assertEquals(Optional.empty(), accounts.signIn(ada.email(), PASSWORD + "!"));
        assertEquals(Optional.empty(), accounts.signIn("nobody@example.org", PASSWORD));
        assertEquals(Optional.empty(), accounts.signIn("no address", PASSWORD));
        assertEquals(Optional.empty(), accounts.signIn(ben.email(), PASSWORD));
    }

    @Test
    void aPasswordThatWasHashedWithLessIsHashedAgainAtTheNextSignIn() {
        Account ada = somebody();
        Accounts stronger = new Accounts(store, keys, new Passwords(128, 2));

        stronger.signIn(ada.email(), PASSWORD);

        String hash = new People(store, ada.caller().tenant())
                .find(ada.caller().user())
                .orElseThrow()
                .value()
                .hash();
        assertTrue(hash.startsWith("$argon2id$v=19$m=128,t=2,p=1$"), hash);
        assertEquals(ada.epoch(), stronger.get(ada.caller()).epoch());
        assertTrue(stronger.isPassword(ada.caller(), PASSWORD));
    }

    @Test
    void theLastActiveAdministratorStays() {
        Account ada = somebody();
        Account ben = join(ada, Role.EDITOR);

        assertLast(() -> accounts.change(ada.caller(), Optional.of(Role.EDITOR), Optional.empty()));
        assertLast(() -> accounts.change(ada.caller(), Optional.empty(), Optional.of(false)));
        assertLast(() -> accounts.remove(ada.caller()));

        accounts.change(ben.caller(), Optional.of(Role.ADMIN), Optional.empty());
        accounts.remove(ada.caller());
        assertEquals(Optional.empty(), accounts.signIn(ada.email(), PASSWORD));
        assertLast(() -> accounts.remove(ben.caller()));
    }

    private static void assertLast(Executable change) {
        RefusedException refused = assertThrows(RefusedException.class, change);
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("This is the last administrator"),
                refused.getMessage());
    }

    @Test
    void ofTwoAdministratorsWhoRemoveEachOtherOneStays() throws Exception {
        Account ada = somebody();
        Account ben = join(ada, Role.ADMIN);

        long removed = countTrue(List.of(
                () -> succeeds(() -> accounts.change(ada.caller(), Optional.of(Role.VIEWER), Optional.empty())),
                () -> succeeds(() -> accounts.change(ben.caller(), Optional.empty(), Optional.of(false)))));

        assertEquals(1, removed);
    }

    @Test
    void somebodyWhoWasRemovedCanComeBackWithTheSameAddress() {
        Account ada = somebody();
        Account ben = join(ada, Role.EDITOR);
        accounts.remove(ben.caller());

        Account again = invitations.accept(
                invitations.invite(ada.caller(), ben.email(), Role.VIEWER).secret(), "Ben", PASSWORD);

        assertNotEquals(ben.caller(), again.caller());
        assertEquals(Optional.of(again), accounts.signIn(ben.email(), PASSWORD));
    }

    @Test
    void nobodyIsThereForAnotherOrganisation() {
        Account ada = somebody();
        Account eve = somebody();
        Caller guessed = new Caller(eve.caller().tenant(), ada.caller().user());

        StudioException refused = assertThrows(
                StudioException.class, () -> accounts.change(guessed, Optional.of(Role.VIEWER), Optional.empty()));

        assertEquals(ErrorCode.ENTRY_NOT_FOUND, refused.code());
        assertEquals(Optional.empty(), accounts.current(guessed));
        assertEquals(
                List.of(eve), accounts.members(eve.caller().tenant(), 10, "").items());
    }

    @Test
    void membersComeInPages() {
        Account ada = somebody();
        clock.advance(Duration.ofSeconds(1));
        Account ben = join(ada, Role.EDITOR);
        clock.advance(Duration.ofSeconds(1));
        Account cyd = join(ada, Role.VIEWER);

        PageOf<Account> first = accounts.members(ada.caller().tenant(), 2, "");
        PageOf<Account> second =
                accounts.members(ada.caller().tenant(), 2, first.next().orElseThrow());

        assertEquals(List.of(ada, ben), first.items());
        assertEquals(List.of(cyd), second.items());
        assertEquals(Optional.empty(), second.next());
    }

    @Test
    void aChangeOfAnotherProcessIsSeenByTheNextLook() {
        Account ada = somebody();
        Account ben = join(ada, Role.EDITOR);
        Accounts other = newAccounts();

        other.change(ben.caller(), Optional.of(Role.VIEWER), Optional.empty());

        assertEquals(Role.VIEWER, accounts.get(ben.caller()).role());
        assertEquals(ben.epoch() + 1, accounts.get(ben.caller()).epoch());
    }

    @Test
    void aRefreshTokenIsGoodOnceAndItsSuccessorNext() {
        Session first = sessions.begin(somebody());

        Session second = continued(first);
        Session third = continued(second);

        assertNotEquals(first.refreshToken(), second.refreshToken());
        assertEquals(first.id(), third.id());
        assertTrue(sessions.isOpen(first.caller(), first.id()));
    }

    private Session continued(Session session) {
        return assertInstanceOf(Outcome.Continued.class, sessions.refresh(session.refreshToken()))
                .session();
    }

    @Test
    void twoTabsThatRefreshAtOnceGetTheSameSuccessor() throws Exception {
        Session first = sessions.begin(somebody());
        List<Callable<String>> tabs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tabs.add(() -> continued(first).refreshToken());
        }

        Set<String> successors = Set.copyOf(atOnce(tabs));

        assertEquals(1, successors.size());
        assertInstanceOf(
                Outcome.Continued.class, sessions.refresh(successors.iterator().next()));
    }

    @Test
    void aTokenThatComesBackAfterTheGraceEndsItsSession() {
        Session first = sessions.begin(somebody());
        Session second = continued(first);
        clock.advance(Sessions.GRACE);

        Outcome outcome = sessions.refresh(first.refreshToken());

        assertEquals(new Outcome.Reused(first.caller(), first.id()), outcome);
        assertInstanceOf(Outcome.Refused.class, sessions.refresh(second.refreshToken()));
        assertFalse(sessions.isOpen(first.caller(), first.id()));
    }

    @Test
    void aTokenOlderThanTheOneBeforeEndsItsSessionAtOnce() {
        Session first = sessions.begin(somebody());
        Session third = continued(continued(first));

        assertInstanceOf(Outcome.Reused.class, sessions.refresh(first.refreshToken()));
        assertInstanceOf(Outcome.Refused.class, sessions.refresh(third.refreshToken()));
    }

    @Test
    void aTokenWhoseNumberOrSignatureWasChangedIsNone() {
        Session first = sessions.begin(somebody());
        String token = first.refreshToken();
        String later = token.replaceFirst("\\.1\\.", ".2.");
        char last = token.charAt(token.length() - 1);
        String forged = token.substring(0, token.length() - 2) + (last == 'A' ? "BA" : "AA");

        assertInstanceOf(Outcome.Refused.class, sessions.refresh(later));
        assertInstanceOf(Outcome.Refused.class, sessions.refresh(forged));
        assertInstanceOf(Outcome.Refused.class, sessions.refresh("x".repeat(100_000)));
        assertInstanceOf(Outcome.Continued.class, sessions.refresh(token));
    }

    @Test
    void aSessionEndsWhenNobodyUsesItAndAtTheLatestAfterItsLongestTime() {
        Session unused = sessions.begin(somebody());
        Session used = sessions.begin(somebody());

        for (int days = 0; days < 30; days += 6) {
            used = continued(used);
            clock.advance(Duration.ofDays(6));
        }

        assertInstanceOf(Outcome.Refused.class, sessions.refresh(unused.refreshToken()));
        assertInstanceOf(Outcome.Refused.class, sessions.refresh(used.refreshToken()));
    }

    @Test
    void endingAllSessionsOfSomebodyLeavesThoseOfOthers() {
        Account ada = somebody();
        Session one = sessions.begin(ada);
        Session two = sessions.begin(ada);
        Session others = sessions.begin(somebody());

        sessions.endAll(ada.caller());

        assertInstanceOf(Outcome.Refused.class, sessions.refresh(one.refreshToken()));
        assertInstanceOf(Outcome.Refused.class, sessions.refresh(two.refreshToken()));
        assertInstanceOf(Outcome.Continued.class, sessions.refresh(others.refreshToken()));
    }

    @Test
    void keysAreRenewedAndOldOnesCheckWhatTheySigned() {
        AccessTokens access = new AccessTokens(keys, clock, Duration.ofMinutes(10));
        Session session = sessions.begin(somebody());
        clock.advance(Duration.ofDays(6));
        session = continued(session);
        String before = access.issue(session).token();
        String oldKey = keys.newest().id();

        clock.advance(IdentityKeys.ROTATION.minus(Duration.ofDays(6)));
        assertNotEquals(oldKey, keys.newest().id());
        assertEquals(Optional.empty(), access.read(before));
        Account later = somebody();
        Session laterSession = sessions.begin(later);
        String issued = access.issue(laterSession).token();

        IdentityKeys elsewhere = new IdentityKeys(store, vault, clock, LONGEST);
        assertEquals(keys.newest().id(), elsewhere.newest().id());
        assertTrue(elsewhere.find(oldKey).isPresent());
        assertEquals(
                later.caller(),
                new AccessTokens(elsewhere, clock, Duration.ofMinutes(10))
                        .read(issued)
                        .orElseThrow()
                        .caller());

        clock.advance(LONGEST.plusDays(1));
        assertNotEquals(oldKey, elsewhere.newest().id());
        assertEquals(Optional.empty(), elsewhere.find(oldKey));
    }

    @Test
    void nothingThatWasSignedIsGoodAfterAllKeysWereReplaced() {
        AccessTokens access = new AccessTokens(keys, clock, Duration.ofMinutes(10));
        Account ada = somebody();
        Session session = sessions.begin(ada);
        String issued = access.issue(session).token();

        keys.replaceAll();

        assertEquals(Optional.empty(), access.read(issued));
        assertInstanceOf(Outcome.Refused.class, sessions.refresh(session.refreshToken()));
        assertEquals(Optional.of(ada), accounts.signIn(ada.email(), PASSWORD));
    }

    @Test
    void aPersonalTokenIsFoundUntilItIsRevokedOrExpires() {
        Account ada = somebody();
        PersonalTokens.Made made = tokens.make(ada.caller(), "script", Set.of("dataset:get"), 30);
        PersonalTokens.Made other = tokens.make(ada.caller(), "other", Set.of("dataset:get"), 30);

        assertTrue(made.text().startsWith("std_"));
        assertEquals(ada.caller(), tokens.find(made.text()).orElseThrow().caller());
        assertEquals(Optional.empty(), tokens.find(made.text() + "x"));
        assertEquals(Optional.empty(), tokens.find("std_" + "A".repeat(43)));

        tokens.revoke(ada.caller(), made.token().id());
        assertEquals(Optional.empty(), tokens.find(made.text()));
        clock.advance(Duration.ofDays(30));
        assertEquals(Optional.empty(), tokens.find(other.text()));
    }

    @Test
    void theUseOfAPersonalTokenIsNotedAtMostOnceAMinute() {
        Account ada = somebody();
        PersonalTokens.Made made = tokens.make(ada.caller(), "script", Set.of("dataset:get"), 30);

        new PersonalTokens(store, clock).find(made.text());
        Optional<Instant> first = tokens.list(ada.caller()).get(0).lastUsedAt();
        clock.advance(Duration.ofSeconds(59));
        new PersonalTokens(store, clock).find(made.text());
        Optional<Instant> second = tokens.list(ada.caller()).get(0).lastUsedAt();
        clock.advance(Duration.ofSeconds(1));
        new PersonalTokens(store, clock).find(made.text());

        assertTrue(first.isPresent());
        assertEquals(first, second);
        assertEquals(
                Optional.of(clock.instant()), tokens.list(ada.caller()).get(0).lastUsedAt());
    }

    @Test
    void somebodyElsesTokenCanNotBeRevoked() {
        Account ada = somebody();
        Account ben = join(ada, Role.ADMIN);
        PersonalTokens.Made made = tokens.make(ada.caller(), "script", Set.of("dataset:get"), 30);

        assertThrows(
                StudioException.class,
                () -> tokens.revoke(ben.caller(), made.token().id()));
        assertThrows(
                StudioException.class,
                () -> tokens.revoke(somebody().caller(), made.token().id()));

        assertTrue(tokens.find(made.text()).isPresent());
    }

    @Test
    void anInvitationIsGoodOnceForAWeekUnlessItIsWithdrawn() {
        Account ada = somebody();
        String used =
                invitations.invite(ada.caller(), "ben@example.org", Role.EDITOR).secret();
        String late =
                invitations.invite(ada.caller(), "cyd@example.org", Role.VIEWER).secret();
        Invitations.Made withdrawn = invitations.invite(ada.caller(), "dan@example.org", Role.VIEWER);

        Account ben = invitations.accept(used, "Ben", PASSWORD);
        invitations.withdraw(ada.caller().tenant(), withdrawn.invitation().id());
        clock.advance(Invitations.VALIDITY);

        assertEquals(ada.caller().tenant(), ben.caller().tenant());
        assertEquals(Role.EDITOR, ben.role());
        assertEquals("ben@example.org", ben.email());
        for (String secret : List.of(used, late, withdrawn.secret(), "nonsense")) {
            assertThrows(RefusedException.class, () -> invitations.accept(secret, "Eve", PASSWORD));
        }
    }

    @Test
    void anInvitationOfSomebodyWhoHasAnAccountElsewhereSaysNothingOfIt() {
        Account ada = somebody();
        Account eve = somebody();
        String ofKnown =
                invitations.invite(eve.caller(), ada.email(), Role.VIEWER).secret();

        String known = assertThrows(RefusedException.class, () -> invitations.accept(ofKnown, "Eve", PASSWORD))
                .getMessage();
        String unknown = assertThrows(RefusedException.class, () -> invitations.accept("x", "Eve", PASSWORD))
                .getMessage();

        assertEquals(unknown, known);
        assertEquals(
                List.of(eve), accounts.members(eve.caller().tenant(), 10, "").items());
        assertEquals(Optional.of(ada), accounts.signIn(ada.email(), PASSWORD));
    }

    @Test
    void ofManyWhoAcceptOneInvitationAtOnceOneJoins() throws Exception {
        Account ada = somebody();
        String secret =
                invitations.invite(ada.caller(), "ben@example.org", Role.EDITOR).secret();
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            attempts.add(() -> succeeds(() -> invitations.accept(secret, "Ben", PASSWORD)));
        }

        assertEquals(1, countTrue(attempts));
        assertEquals(2, accounts.members(ada.caller().tenant(), 10, "").items().size());
    }

    @Test
    void aLinkForANewPasswordWorksOnceAndOnlyTheLastOne() {
        Account ada = somebody();
        String first = passwordLinks.make(ada.caller());
        String second = passwordLinks.make(ada.caller());
        String changed = "another four words instead";

        assertThrows(RefusedException.class, () -> passwordLinks.use(first, changed));
        assertThrows(StudioException.class, () -> passwordLinks.use(second, "short"));
        Account after = passwordLinks.use(second, changed);
        assertThrows(RefusedException.class, () -> passwordLinks.use(second, changed));

        assertEquals(ada.epoch() + 1, after.epoch());
        assertEquals(Optional.empty(), accounts.signIn(ada.email(), PASSWORD));
        assertEquals(Optional.of(after), accounts.signIn(ada.email(), changed));
    }

    @Test
    void aLinkForANewPasswordEndsAfterAnHour() {
        Account ada = somebody();
        String secret = passwordLinks.make(ada.caller());
        clock.advance(PasswordLinks.VALIDITY);

        assertThrows(RefusedException.class, () -> passwordLinks.use(secret, "another four words"));
    }

    @Test
    void triesAreCountedByAccountAndAddressAndTheWaitGrows() {
        Throttle throttle = new Throttle(store, clock, keys);

        assertEquals(5, triesUntilRefused(throttle, "ada@example.org", "192.0.2.1"));
        String shortWait = refusal(throttle, "ada@example.org", "192.0.2.1");
        clock.advance(Duration.ofMinutes(1));
        assertEquals(5, triesUntilRefused(throttle, "ada@example.org", "192.0.2.1"));
        String longWait = refusal(throttle, "ada@example.org", "192.0.2.1");

        assertEquals("There were too many tries. Try again in 60 s.", shortWait);
        assertEquals("There were too many tries. Try again in 840 s.", longWait);
        assertEquals(5, triesUntilRefused(throttle, "ada@example.org", "192.0.2.2"));
        assertEquals(5, triesUntilRefused(throttle, "ben@example.org", "192.0.2.1"));
    }

    @Test
    void manyAddressesOfOneHouseholdAreOneAndManyTriesAtOnceAreAllCounted() throws Exception {
        Throttle throttle = new Throttle(store, clock, keys);
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String address = "2001:db8:1:2::" + Integer.toHexString(i + 1);
            attempts.add(() -> succeeds(() -> throttle.count(Throttle.Action.SIGN_IN, "ada@example.org", address)));
        }

        assertEquals(5, countTrue(attempts));
    }

    @Test
    void aTryThatSucceededIsGivenBack() {
        Throttle throttle = new Throttle(store, clock, keys);

        for (int i = 0; i < 50; i++) {
            throttle.count(Throttle.Action.SIGN_IN, "ada@example.org", "192.0.2.9")
                    .giveBack();
        }

        assertEquals(5, triesUntilRefused(throttle, "ada@example.org", "192.0.2.9"));
    }

    private static int triesUntilRefused(Throttle throttle, String account, String address) {
        int tries = 0;
        while (succeeds(() -> throttle.count(Throttle.Action.SIGN_IN, account, address))) {
            tries++;
        }
        return tries;
    }

    private static String refusal(Throttle throttle, String account, String address) {
        return String.valueOf(
                assertThrows(RefusedException.class, () -> throttle.count(Throttle.Action.SIGN_IN, account, address))
                        .getMessage());
    }

    private static boolean succeeds(Callable<?> work) {
        try {
            work.call();
            return true;
        } catch (RefusedException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long countTrue(List<Callable<Boolean>> work) throws Exception {
        return atOnce(work).stream().filter(each -> each).count();
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
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
