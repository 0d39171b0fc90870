package dev.datastudio.core.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.link.LinkGrant.Method;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.cache.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed, expiring URLs (D1, D10, security row 16). */
class SignedLinksTest {
    private static final URI BASE = URI.create("http://127.0.0.1:8080");
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller EVE = new Caller("other", "ann");
    private static final ArtifactKey KEY = new ArtifactKey("acme/ann/uploads/u_1/data.csv");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private StateDatabase database;
    private MetadataStore store;
    private SecretVault vault;
    private SignedLinks links;

    @BeforeEach
    void open() {
        database = StateDatabase.open(folder.resolve("state.db"));
        store = SqlMetadataStore.over(database, clock);
        vault = KeyFileVault.at(folder.resolve("key"));
        links = SignedLinks.in(store, vault, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private LinkGrant reading() {
        return LinkGrant.get(KEY, clock.instant().plusSeconds(60));
    }

    private LinkGrant writing() {
        return LinkGrant.put(KEY, clock.instant().plusSeconds(60), 1_000).withMediaType("text/csv");
    }

    @Test
    void allowsWhatWasSignedOnEveryInstance() {
        URI get = links.sign(BASE, ANN, reading());
        URI put = links.sign(BASE, ANN, writing());

        assertTrue(get.toString().startsWith("http://127.0.0.1:8080/files/acme/ann/uploads/u_1/data.csv?method=get"));
        assertEquals(reading(), links.verify(Method.GET, get));
        SignedLinks another = SignedLinks.in(store, KeyFileVault.at(folder.resolve("key")), clock);
        assertEquals(reading(), another.verify(Method.GET, get));
        assertEquals(writing(), another.use(Method.PUT, put).grant());
        assertNotEquals(get, links.sign(BASE, ANN, reading()));
    }

    @Test
    void endsWhenItExpires() {
        URI get = links.sign(BASE, ANN, reading());
        clock.advance(Duration.ofSeconds(59));
        links.verify(Method.GET, get);
        clock.advance(Duration.ofSeconds(1));

        assertRefused("expired at 2026-11-21T10:01:00Z", () -> links.verify(Method.GET, get));
    }

    @Test
    void isForOneMethod() {
        URI get = links.sign(BASE, ANN, reading());
        URI put = links.sign(BASE, ANN, writing());

        assertRefused("is for GET, not for PUT", () -> links.use(Method.PUT, get));
        assertRefused("is for PUT, not for GET", () -> links.verify(Method.GET, put));
        assertRefused("not valid", () -> links.use(Method.PUT, replaced(get, "method=get", "method=put")));
    }

    @Test
    void refusesAnyOtherObjectTenantTimeAndSize() {
        URI put = links.sign(BASE, ANN, writing());
        links.sign(
                BASE,
                EVE,
                LinkGrant.get(new ArtifactKey("other/ann/x"), clock.instant().plusSeconds(60)));

        for (URI changed : List.of(
                replaced(put, "/u_1/", "/u_2/"),
                replaced(put, "acme/", "other/"),
                replaced(put, "acme/", "nobody/"),
                replaced(put, "data.csv", "data.csv2"),
                replaced(put, "max=1000", "max=1001"),
                replaced(put, "type=text/csv", "type=text/html"),
                replaced(put, "type=text/csv", "type="),
                replaced(put, "epoch=1", "epoch=2"),
                replaced(put, "expires=17", "expires=27"))) {
            assertRefused("not valid", () -> links.use(Method.PUT, changed));
        }
    }

    @Test
    void refusesEveryAlteredCharacterOfTheSignature() {
        String get = links.sign(BASE, ANN, reading()).toString();
        int start = get.indexOf("signature=") + "signature=".length();

        for (int i = start; i < get.length(); i++) {
            for (char c : new char[] {'A', 'B', '-'}) {
                if (get.charAt(i) != c) {
                    URI altered = URI.create(get.substring(0, i) + c + get.substring(i + 1));
                    assertRefused("not valid", () -> links.verify(Method.GET, altered));
                }
            }
            URI cut = URI.create(get.substring(0, i));
            assertRefused("not valid", () -> links.verify(Method.GET, cut));
        }
    }

    @Test
    void refusesEverySpellingButItsOwn() {
        URI get = links.sign(BASE, ANN, reading());

        for (URI other : List.of(
                replaced(get, "data.csv", "%64ata.csv"),
                replaced(get, "data.csv", "data%2Ecsv"),
                replaced(get, "u_1/data.csv", "u_1%2Fdata.csv"),
                replaced(get, "u_1/data.csv", "u_1/%2e%2e/u_1/data.csv"),
                replaced(get, "u_1/data.csv", "u_1/../u_1/data.csv"),
                replaced(get, "u_1/data.csv", "u_1/%252e%252e/u_1/data.csv"),
                replaced(get, "u_1/data.csv", "u_1/./data.csv"),
                replaced(get, "u_1/data.csv", "u_1//data.csv"),
                replaced(get, "data.csv", "data.csv%00"),
                replaced(get, "data.csv", "data%C0%AEcsv"),
                replaced(get, "data.csv", "d\u0430ta.csv"),
                replaced(get, "data.csv", "data\uFF0Ecsv"),
                replaced(get, "/files/", "/files//"),
                replaced(get, "/files/", "/FILES/"),
                replaced(get, "method=get", "method=GET"),
                replaced(get, "max=0", "max=00"),
                replaced(get, "max=0", "max=-0"),
                replaced(get, "expires=", "expires=0"),
                replaced(get, "&nonce", "&x=1&nonce"),
                replaced(get, "&max=0", "&max=0&max=0"),
                URI.create(get + "&signature=A"),
                URI.create(get + "="),
                URI.create("http://127.0.0.1/files/"),
                URI.create("mailto:ann"),
                URI.create("http://127.0.0.1/files/" + "a".repeat(5_000)))) {
            assertRefused("not valid", () -> links.verify(Method.GET, other));
        }
        assertEquals(reading(), links.verify(Method.GET, replaced(get, "127.0.0.1:8080", "proxy.example")));
    }

    @Test
    void worksOnceForWritingHoweverManyTryAtOnce() {
        URI put = links.sign(BASE, ANN, writing());
        AtomicInteger used = new AtomicInteger();

        IntStream.range(0, 20).parallel().forEach(i -> {
            try {
                links.use(Method.PUT, put);
                used.incrementAndGet();
            } catch (StudioException e) {
                assertEquals(ErrorCode.LINK_REFUSED, e.code());
            }
        });

        assertEquals(1, used.get());
        assertRefused("was used or revoked", () -> links.verify(Method.PUT, put));
    }

    @Test
    void canBeUsedAgainWhenItWasGivenBack() {
        URI put = links.sign(BASE, ANN, writing());

        links.use(Method.PUT, put).giveBack();
        SignedLinks.Use second = links.use(Method.PUT, put);

        assertRefused("was used", () -> links.use(Method.PUT, put));
        second.giveBack();
        links.revoke(ANN, put);
        assertRefused("was used or revoked", () -> links.use(Method.PUT, put));
    }

    @Test
    void endsOneLinkOrAllOfATenantWhenRevoked() {
        URI first = links.sign(BASE, ANN, reading());
        URI second = links.sign(BASE, ANN, reading());
        URI foreign = links.sign(
                BASE,
                EVE,
                LinkGrant.get(new ArtifactKey("other/ann/x"), clock.instant().plusSeconds(60)));

        assertRefused("not valid", () -> links.revoke(EVE, first));
        links.revoke(ANN, first);
        links.revoke(ANN, first);
        assertRefused("was used or revoked", () -> links.verify(Method.GET, first));
        links.verify(Method.GET, second);

        links.revokeAll(ANN);
        assertRefused("not valid", () -> links.verify(Method.GET, second));
        links.verify(Method.GET, foreign);
        URI third = links.sign(BASE, ANN, reading());
        links.verify(Method.GET, third);
        assertRefused("not valid", () -> links.verify(Method.GET, replaced(second, "epoch=1", "epoch=2")));
    }

    @Test
    void signsForOwnArtifactsAndReasonableTimesOnly() {
        Instant now = clock.instant();

        assertRefused("does not belong", () -> links.sign(BASE, EVE, reading()));
        assertRefused("does not belong", () -> links.sign(BASE, new Caller("acme", "an"), reading()));
        for (Instant expiry : List.of(now.minusSeconds(1), now.plus(Duration.ofDays(8)))) {
            assertThrows(IllegalArgumentException.class, () -> links.sign(BASE, ANN, LinkGrant.get(KEY, expiry)));
        }
        assertThrows(IllegalArgumentException.class, () -> LinkGrant.put(KEY, now, 0));
        assertThrows(IllegalArgumentException.class, () -> writing().withMediaType("text/csv&max=9"));
    }

    @Test
    void keepsItsKeySealedAndForgetsEndedLinks() {
        links.use(Method.PUT, links.sign(BASE, ANN, writing()));
        String kept =
                store.list(EntryQuery.of("acme", "link-key")).entries().get(0).body();
        assertTrue(kept.startsWith("v1."), kept);
        assertFalse(kept.contains("="));

        clock.advance(Duration.ofDays(9));
        links.use(Method.PUT, links.sign(BASE, ANN, writing()));

        assertEquals(1, store.count(EntryQuery.of("acme", "link-ended")));
    }

    private static URI replaced(URI link, String part, String by) {
        String text = link.toString();
        assertTrue(text.contains(part), text);
        return URI.create(text.replaceFirst(Pattern.quote(part), by));
    }

    private static void assertRefused(String saying, Runnable call) {
        StudioException refused = assertThrows(StudioException.class, call::run);
        assertEquals(ErrorCode.LINK_REFUSED, refused.code());
        assertTrue(refused.what().contains(saying), refused::what);
    }

    @Test
    void linksOutliveANewKeyOfTheVaultButNotANewKeyOfTheTenant() {
        URI link = links.sign(BASE, ANN, reading());
        assertFalse(links.resealKey(ANN));
        assertFalse(links.resealKey(EVE), "who has never signed has no key");

        KeyFileVault.at(folder.resolve("key")).rotate();
        assertTrue(links.resealKey(ANN));
        assertFalse(links.resealKey(ANN));

        assertEquals(reading(), links.verify(Method.GET, link));
        SignedLinks another = SignedLinks.in(store, KeyFileVault.at(folder.resolve("key")), clock);
        assertEquals(reading(), another.verify(Method.GET, link));
        URI later = another.sign(BASE, ANN, reading());
        assertEquals(reading(), links.verify(Method.GET, later));
        links.revokeAll(ANN);
        for (URI ended : List.of(link, later)) {
            assertThrows(StudioException.class, () -> links.verify(Method.GET, ended));
        }
        assertEquals(reading(), links.verify(Method.GET, links.sign(BASE, ANN, reading())));
    }
}
