package dev.datastudio.app.identity.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.Accounts.Begin;
import dev.datastudio.app.identity.account.Accounts.Choice;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What accounts promise, over any metadata store. */
abstract class AccountsContract extends IdentityDesk {
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
}
