package dev.datastudio.app.identity.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.app.web.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What personal tokens, invitations, links for new passwords and the throttle promise, over any metadata store. */
abstract class AccessContract extends IdentityDesk {
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
    void aSignInThroughAProviderIsGoodOnceAndForTenMinutes() {
        ProviderFlows flows = new ProviderFlows(store, clock);
        ProviderFlows.Flow begun = flows.begin("acme", "/datasets");
        ProviderFlows.Flow late = flows.begin("acme", "/");
        clock.advance(ProviderFlows.VALIDITY.minusMillis(1));

        assertEquals(
                "/datasets",
                flows.take("acme", begun.browser(), begun.state()).orElseThrow().place());
        assertEquals(Optional.empty(), flows.take("acme", begun.browser(), begun.state()));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), flows.take("acme", late.browser(), late.state()));
        clock.advance(Duration.ofSeconds(1));
        flows.begin("acme", "/");
        assertEquals(1, store.count(EntryQuery.of(Records.EVERYBODY, "identity-flow")));
    }

    @Test
    void aPersonOfAProviderJoinsByInvitationAndIsKnownByTheProvidersName() {
        Account ada = somebody();
        LinkedIdentities identities = new LinkedIdentities(store, keys, accounts, invitations);
        LinkedIdentities.Welcome welcome = new LinkedIdentities.Welcome(tenant -> true, Optional.empty(), Role.VIEWER);
        String email = UUID.randomUUID() + "@example.org";
        LinkedIdentities.Proof grace = proof("grace", email);
        assertEquals(
                new LinkedIdentities.Outcome.Refused(LinkedIdentities.Reason.NOT_INVITED, Optional.empty()),
                identities.resolve(grace, welcome));
        invitations.invite(ada.caller(), email, Role.EDITOR);

        Account joined = found(identities.resolve(grace, welcome));

        assertEquals(Role.EDITOR, joined.role());
        assertEquals(
                joined.caller(),
                found(identities.resolve(proof("grace", "new@example.org"), welcome))
                        .caller());
        assertEquals(
                new LinkedIdentities.Outcome.Refused(LinkedIdentities.Reason.EMAIL_TAKEN, Optional.of(joined.caller())),
                identities.resolve(proof("another", email), welcome));
        accounts.remove(joined.caller());
        assertEquals(
                new LinkedIdentities.Outcome.Refused(LinkedIdentities.Reason.NOT_INVITED, Optional.empty()),
                identities.resolve(grace, welcome));
    }

    private static LinkedIdentities.Proof proof(String subject, String email) {
        return new LinkedIdentities.Proof("https://accounts.example.org", subject, Optional.of(email), "Grace");
    }

    private static Account found(LinkedIdentities.Outcome outcome) {
        return ((LinkedIdentities.Outcome.Found) outcome).account();
    }

    @Test
    void nobodyGetsIntoAnOrganisationThatHasEnded() {
        Account ada = somebody();
        Account other = somebody();
        String tenant = ada.caller().tenant();
        LinkedIdentities identities = new LinkedIdentities(store, keys, accounts, invitations);
        LinkedIdentities.Welcome welcome = new LinkedIdentities.Welcome(each -> true, Optional.empty(), Role.VIEWER);
        found(identities.resolve(proof("ada", ada.email()), welcome));
        String refresh = sessions.begin(ada).refreshToken();
        String others = sessions.begin(other).refreshToken();
        PersonalTokens.Made token = tokens.make(ada.caller(), "script", Set.of("dataset:get"), 30);
        String invitation =
                invitations.invite(ada.caller(), "ben@example.org", Role.EDITOR).secret();
        String link = passwordLinks.make(ada.caller());
        Organisations organisations = new Organisations(store);
        OrganisationEnds ends =
                new OrganisationEnds(store, clock, organisations, accounts, sessions, tokens, invitations);
        assertTrue(organisations.hasOther(tenant));

        ends.begin(tenant);

        assertEquals(List.of(new OrganisationEnds.Ending(tenant, clock.instant())), ends.open());
        assertEquals(Optional.empty(), accounts.signIn(ada.email(), PASSWORD));
        assertEquals(Optional.empty(), accounts.current(ada.caller()));
        assertEquals(new Sessions.Outcome.Refused(), sessions.refresh(refresh));
        assertEquals(Optional.empty(), tokens.find(token.text()));
        assertThrows(RefusedException.class, () -> invitations.accept(invitation, "Ben", PASSWORD));
        assertThrows(RefusedException.class, () -> passwordLinks.use(link, PASSWORD + " at all"));
        assertEquals(
                new LinkedIdentities.Outcome.Refused(LinkedIdentities.Reason.NOT_INVITED, Optional.empty()),
                identities.resolve(proof("ada", ada.email()), welcome));
        assertEquals(
                List.of(),
                store.list(EntryQuery.of(Records.EVERYBODY, "identity-secret")).entries());
        assertTrue(!organisations.exists(tenant));
        assertTrue(accounts.signIn(other.email(), PASSWORD).isPresent());
        assertTrue(sessions.refresh(others) instanceof Sessions.Outcome.Continued);
        assertTrue(begin(ada.email()).active(), "the address can be had again");
        assertTrue(!accounts.isEmpty());
        ends.done(tenant);
        assertEquals(List.of(), ends.open());
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
}
