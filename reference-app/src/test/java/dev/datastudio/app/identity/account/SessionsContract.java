package dev.datastudio.app.identity.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.identity.account.Sessions.Outcome;
import dev.datastudio.app.identity.account.Sessions.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What sessions, and the keys that sign for them, promise, over any metadata store. */
abstract class SessionsContract extends IdentityDesk {
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
}
