package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.datastudio.app.OpenIdProvider;
import dev.datastudio.app.OpenIdProvider.Signing;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import dev.datastudio.app.ProviderServer;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Sign-in through a provider of identities that is a server of its own, and that lies where it can (G17). */
class ProviderSignInTest {
    private static final String AUTH = "/api/v1/auth";
    private static final String ACME = AUTH + "/oidc/acme";
    private static final String HOUSE = AUTH + "/oidc/house";

    private final ProviderServer server = ProviderServer.shared();
    private final OpenIdProvider provider = server.provider();
    private final Person admin = server.app().newPerson();
    private final String email = UUID.randomUUID() + "@example.org";
    private final String subject = UUID.randomUUID().toString();

    private void invite(String role) {
        admin.post("/api/v1/invitations", "{'email':'" + email + "','role':'" + role + "'}")
                .is(201);
    }

    /** The address that the provider sends somebody back to, as a path of ours. */
    private String callback(Person browser, String start) {
        URI there = URI.create(browser.get(start).is(302).header("Location"));
        assertTrue(there.toString().startsWith(provider.issuer() + "/authorize?"), there::toString);
        URI back = provider.visit(there, browser);
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    /** Goes the whole way; where it ends. */
    private String signIn(Person browser, String start) {
        return browser.get(callback(browser, start)).is(302).header("Location");
    }

    private static boolean isSignedIn(Person browser) {
        return browser.get(AUTH + "/session").is(200).json().path("signedIn").asBoolean();
    }

    private void expectNobody(Person browser) {
        assertFalse(isSignedIn(browser));
        assertFalse(server.app().bean(Accounts.class).find(email).isPresent(), "an account was made");
    }

    @Test
    void whoWasInvitedJoinsWithoutAPasswordAndIsKnownFromThenOn() {
        invite("editor");
        provider.is(subject, email, true);
        Person grace = server.app().nobody();

        assertEquals("/datasets?tab=1", signIn(grace, ACME + "?to=%2Fdatasets%3Ftab%3D1"));

        Reply session = grace.get(AUTH + "/session").is(200);
        assertEquals(email, session.json().path("user").path("email").asString());
        assertEquals("Grace Hopper", session.json().path("user").path("name").asString());
        assertEquals("editor", session.json().path("user").path("role").asString());
        assertEquals(
                admin.account().caller().tenant(),
                session.json().path("organisation").path("id").asString());
        grace.post(AUTH + "/refresh", "{}").is(200);
        // Once this is there, all that was done before is.
        server.app()
                .bean(Studio.class)
                .audit()
                .appendNow(AuditEvent.of(admin.account().caller(), "test.end", List.of()));
        String log = admin.get("/api/v1/audit").is(200).response().body();
        assertTrue(log.contains("identity.link") && log.contains("account.join") && log.contains("acme"), log);

        provider.is(subject, "another@example.org", false);
        Person again = server.app().nobody();
        assertEquals("/", signIn(again, ACME));
        assertEquals(
                email,
                again.get(AUTH + "/session").json().path("user").path("email").asString());
    }

    @Test
    void passwordRoutesSayThatThereIsNone() {
        invite("viewer");
        provider.is(subject, email, true);
        Person grace = server.app().nobody();
        signIn(grace, ACME);
        String id = grace.get(AUTH + "/session").json().path("user").path("id").asString();

        Reply change = grace.put(AUTH + "/password", "{'current':'x','password':'" + Person.PASSWORD + "'}");
        Reply link = admin.post("/api/v1/members/" + id + "/reset-link", "");
        Reply byPassword = server.app()
                .nobody()
                .post(AUTH + "/sign-in", "{'email':'" + email + "','password':'" + Person.PASSWORD + "'}");

        assertEquals("PASSWORD_NONE", change.is(409).json().path("code").asString());
        assertEquals("PASSWORD_NONE", link.is(409).json().path("code").asString());
        assertEquals("SIGN_IN_FAILED", byPassword.is(401).json().path("code").asString());
    }

    @Test
    void anExistingAccountIsLinkedOnceAndToOnePersonOnly() {
        String address = admin.account().email();
        provider.is(subject, address.toUpperCase(Locale.ROOT), true);
        Person ada = server.app().nobody();
        assertEquals("/", signIn(ada, ACME));
        assertEquals(
                admin.account().caller().user(),
                ada.get(AUTH + "/session").json().path("user").path("id").asString());

        provider.is(UUID.randomUUID().toString(), address, true);
        Person successor = server.app().nobody();
        assertEquals("/sign-in?problem=EMAIL_TAKEN&with=acme", signIn(successor, ACME));
        assertFalse(isSignedIn(successor));
    }

    @Test
    void anAddressThatIsNotVerifiedLeadsNowhere() {
        invite("viewer");
        Person eve = server.app().nobody();

        provider.is(subject, email, false);
        assertEquals("/sign-in?problem=EMAIL_NOT_VERIFIED&with=acme", signIn(eve, ACME));
        expectNobody(eve);
        provider.is(subject, admin.account().email(), false);
        assertEquals("/sign-in?problem=EMAIL_NOT_VERIFIED&with=acme&to=%2Fgraphs", signIn(eve, ACME + "?to=/graphs"));
        assertFalse(isSignedIn(eve));

        provider.is(subject, email, true);
        assertEquals("/", signIn(eve, ACME)); // the invitation is still open
    }

    @Test
    void strangersJoinOnlyWhereAnOrganisationIsConfigured() {
        provider.is(subject, email, true);
        Person grace = server.app().nobody();
        assertEquals("/sign-in?problem=NOT_INVITED&with=acme", signIn(grace, ACME));
        expectNobody(grace);

        provider.tellsByUserInfo();
        assertEquals("/", signIn(grace, HOUSE));

        Reply session = grace.get(AUTH + "/session").is(200);
        assertEquals("editor", session.json().path("user").path("role").asString());
        assertEquals(
                server.organisation(),
                session.json().path("organisation").path("id").asString());
    }

    @Test
    void aClosedAccountStaysClosedAndARemovedOneIsForgotten() {
        invite("viewer");
        provider.is(subject, email, true);
        Person grace = server.app().nobody();
        signIn(grace, ACME);
        String member = "/api/v1/members/"
                + grace.get(AUTH + "/session").json().path("user").path("id").asString();

        admin.patch(member, "{'active':false}").is(200);
        assertEquals("/sign-in?problem=INACTIVE&with=acme", signIn(grace, ACME));
        assertFalse(isSignedIn(grace));

        admin.delete(member).is(204);
        assertEquals("/sign-in?problem=NOT_INVITED&with=acme", signIn(grace, ACME));
        expectNobody(grace);
    }

    @TestFactory
    Stream<DynamicTest> aTokenThatProvesNothingLetsNobodyIn() {
        invite("viewer");
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies = new HashMap<>();
        lies.put("another nonce", each -> each.claim("nonce", "another"));
        lies.put("no nonce", each -> each.claim("nonce", null));
        lies.put("another audience", each -> each.audience("another"));
        lies.put("two audiences", each -> each.audience(List.of(OpenIdProvider.CLIENT, "another")));
        lies.put("another authorized party", each -> each.claim("azp", "another"));
        lies.put("another issuer", each -> each.issuer("https://accounts.example.org"));
        lies.put("expired", each -> each.expirationTime(ago(120)));
        lies.put("no end", each -> each.expirationTime(null));
        lies.put("made long ago", each -> each.issueTime(ago(3_600)));
        lies.put("made never", each -> each.issueTime(null));
        lies.put("nobody", each -> each.subject(null));
        Stream<DynamicTest> said = lies.entrySet().stream()
                .map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> {
                    provider.is(subject, email, true);
                    provider.lies(lie.getValue());
                    expectNotProved();
                }));
        Stream<DynamicTest> signed = Stream.of(Signing.OTHER_KEY, Signing.NONE, Signing.CLIENT_SECRET)
                .map(signing -> DynamicTest.dynamicTest("signed with " + signing, () -> {
                    provider.is(subject, email, true);
                    provider.signsWith(signing);
                    expectNotProved();
                }));
        return Stream.concat(said, signed);
    }

    private void expectNotProved() {
        Person eve = server.app().nobody();
        assertEquals("/sign-in?problem=NOT_PROVED&with=acme", signIn(eve, ACME));
        expectNobody(eve);
    }

    private static Date ago(long seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    @Test
    void anotherKeyOfTheProviderIsTakenWithoutARestart() {
        invite("viewer");
        provider.is(subject, email, true);
        signIn(server.app().nobody(), ACME);

        provider.rotates();
        Person grace = server.app().nobody();

        assertEquals("/", signIn(grace, ACME));
        assertTrue(isSignedIn(grace));
    }

    @Test
    void aStateIsGoodOnceInTheBrowserThatBeganAndForItsProvider() {
        invite("viewer");
        provider.is(subject, email, true);
        Person grace = server.app().nobody();
        Person eve = server.app().nobody();
        String back = callback(grace, ACME);
        String ofEve = callback(eve, ACME);

        String ended = "/sign-in?problem=FLOW_ENDED&with=acme";
        assertEquals(ended, server.app().nobody().get(back).is(302).header("Location"));
        assertEquals(ended, eve.get(back).is(302).header("Location"));
        assertEquals(
                "/sign-in?problem=FLOW_ENDED&with=house",
                grace.get(back.replace("/acme/", "/house/")).is(302).header("Location"));
        expectNobody(eve);

        Map<String, String> cookies = new HashMap<>(grace.cookies());
        assertEquals("/", grace.get(back).is(302).header("Location"));
        Person replayer = server.app().nobody();
        replayer.cookies().putAll(Map.of("studio-flow", cookies.get("studio-flow")));
        assertEquals(ended, replayer.get(back).is(302).header("Location"));

        // A code that was used, or that belongs to another sign-in, with a state that is good.
        String code = OpenIdProvider.fields(URI.create(back).getRawQuery()).get("code");
        String mixed = ofEve.replaceFirst("code=[^&]*", "code=" + code);
        assertEquals(
                "/sign-in?problem=PROVIDER_FAILED&with=acme",
                eve.get(mixed).is(302).header("Location"));
        assertFalse(isSignedIn(eve));
        assertFalse(isSignedIn(replayer));
    }

    @Test
    void whatComesBackFromAnotherProviderOrWithoutACodeIsRefused() {
        provider.is(subject, email, true);
        Person grace = server.app().nobody();

        String other = callback(grace, ACME).replaceFirst("iss=[^&]*", "iss=https%3A%2F%2Fevil.example");
        assertEquals(
                "/sign-in?problem=NOT_PROVED&with=acme",
                grace.get(other).is(302).header("Location"));
        String refused = callback(grace, ACME).replaceFirst("code=[^&]*", "error=access_denied");
        assertEquals(
                "/sign-in?problem=CANCELLED&with=acme",
                grace.get(refused).is(302).header("Location"));
        assertEquals(
                "/sign-in?problem=PROVIDER_UNKNOWN",
                grace.get(AUTH + "/oidc/nobody").is(302).header("Location"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "/%0d%0aSet-Cookie:%20a=b",
                "evil.example",
                "javascript:alert(1)"
            })
    void nobodyIsLedElsewhereAfterwards(String place) {
        assertEquals("/", ProviderSignIns.own(URLDecoder.decode(place, StandardCharsets.UTF_8)));
    }

    @Test
    void whoTriesTooOftenWaits() {
        String told = "";
        for (int i = 0; i < 70 && !told.contains("TOO_MANY_TRIES"); i++) {
            Person eve = server.app().nobody();
            told = eve.send(eve.request(ACME + "/callback?code=a&state=" + i)
                            .setHeader("X-Forwarded-For", "203.0.113.7")
                            .GET())
                    .is(302)
                    .header("Location");
        }

        assertEquals("/sign-in?problem=TOO_MANY_TRIES&with=acme", told);
    }

    @Test
    void aProviderThatDoesNotAnswerIsToldOnThePageAndCanBeTriedAgain() {
        invite("viewer");
        provider.is(subject, email, true);
        provider.hangsUp();
        Person grace = server.app().nobody();

        assertEquals("/sign-in?problem=PROVIDER_FAILED&with=acme", signIn(grace, ACME));

        expectNobody(grace);
        provider.is(subject, email, true);
        assertEquals("/", signIn(grace, ACME));
    }

    @Test
    void pagesAreToldTheNamesOfProvidersAndNothingElse() {
        Reply options = server.app().nobody().get(AUTH + "/options").is(200);

        assertEquals(
                "[{\"name\":\"acme\",\"displayName\":\"Acme\"},{\"name\":\"house\",\"displayName\":\"house\"}]",
                options.json().path("providers").toString());
        String shown = server.app().bean(IdentityProperties.class).toString();
        assertTrue(shown.contains(provider.issuer()) && !shown.contains(OpenIdProvider.SECRET), shown);
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://accounts.example.org, must be the https address",
        "issuer, '', must be the https address",
        "client-id, '', client-id is missing",
        "scopes, email, of which one is openid",
        "role, admin, but organisation is missing",
    })
    void aWrongSettingFailsTheStartAndSaysWhich(String name, String value, String why) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "studio.identity.mode", "accounts",
                "studio.identity.oidc.acme.issuer", "https://accounts.example.org",
                "studio.identity.oidc.acme.client-id", "studio"));
        assertEquals("accounts.example.org", issuer(settings));
        settings.put("studio.identity.oidc.acme." + name, value);

        assertTrue(failure(settings).contains(why), () -> failure(settings));
    }

    @Test
    void providersNeedAccountsAndNamesThatFitAddresses() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "studio.identity.oidc.acme.issuer", "https://accounts.example.org",
                "studio.identity.oidc.acme.client-id", "studio"));
        assertTrue(failure(settings).contains("Set studio.identity.mode=accounts"));
        settings.put("studio.identity.mode", "accounts");
        settings.put("studio.identity.oidc.[a/b].issuer", "https://accounts.example.org");
        settings.put("studio.identity.oidc.[a/b].client-id", "studio");
        assertTrue(failure(settings).contains("small letters, digits and '-'"));
    }

    private static String issuer(Map<String, String> settings) {
        return URI.create(Objects.requireNonNull(bound(settings).oidc().get("acme"))
                        .issuer())
                .getHost();
    }

    private static IdentityProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("studio.identity", IdentityProperties.class)
                .get();
    }

    /** What the reasons of a failure say, down to the first. */
    private static String failure(Map<String, String> settings) {
        StringBuilder all = new StringBuilder();
        Optional<Throwable> cause = Optional.of(assertThrows(BindException.class, () -> bound(settings)));
        while (cause.isPresent()) {
            all.append(cause.get().getMessage()).append('\n');
            cause = Optional.ofNullable(cause.get().getCause());
        }
        return all.toString();
    }
}
