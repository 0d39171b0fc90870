package dev.datastudio.testkit.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link SecretVault} must do. A vault's test extends this class and opens a vault. */
public abstract class SecretVaultContract {
    private static final Secret CANARY = Secret.of("canary-7f3a91");

    /**
     * A vault; called again in the same test, another one with the same keys. Whoever extends this class closes them
     * after the test.
     */
    protected abstract SecretVault open() throws Exception;

    /** A vault with other keys. */
    protected abstract SecretVault foreign() throws Exception;

    @Test
    void opensWhatItSealed() throws Exception {
        SecretVault vault = open();
        for (String value : List.of("", "p", "pässwörd 中文 🎉 \u0000\n", "x".repeat(100_000))) {
            String sealed = vault.seal("acme", "source/1/password", Secret.of(value));

            assertEquals(value, vault.open("acme", "source/1/password", sealed).reveal());
            assertEquals(value, open().open("acme", "source/1/password", sealed).reveal());
        }
    }

    @Test
    void givesPrintableTextThatDiffersEachTimeAndShowsNothing() throws Exception {
        SecretVault vault = open();
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            String sealed = vault.seal("acme", "p", CANARY);
            assertTrue(sealed.matches("[\\x21-\\x7e]+"), sealed);
            assertFalse(sealed.contains(CANARY.reveal()));
            assertTrue(seen.add(sealed));
        }
    }

    @Test
    void opensForTheSameTenantAndPurposeOnly() throws Exception {
        SecretVault vault = open();
        String sealed = vault.seal("ab", "cd", CANARY);

        assertEquals(CANARY, vault.open("ab", "cd", sealed));
        for (List<String> other : List.of(
                List.of("ab", "c"),
                List.of("a", "bcd"),
                List.of("abc", "d"),
                List.of("cd", "ab"),
                List.of("AB", "cd"),
                List.of("", "abcd"))) {
            assertUnreadable(vault, other.get(0), other.get(1), sealed);
        }
    }

    @Test
    void refusesEveryChangedCharacter() throws Exception {
        SecretVault vault = open();
        String sealed = vault.seal("acme", "p", CANARY);

        for (int i = 0; i < sealed.length(); i++) {
            for (char c : new char[] {'A', 'B', '_', '.', ' ', 'é'}) {
                if (sealed.charAt(i) != c) {
                    assertUnreadable(vault, "acme", "p", sealed.substring(0, i) + c + sealed.substring(i + 1));
                }
            }
            assertUnreadable(vault, "acme", "p", sealed.substring(0, i));
        }
        for (String other : List.of(sealed + "A", sealed + "=", " " + sealed, sealed + "\n", "null", "v1..", "{}")) {
            assertUnreadable(vault, "acme", "p", other);
        }
    }

    @Test
    void refusesWhatWasSealedWithAnotherKey() throws Exception {
        String sealed = foreign().seal("acme", "p", CANARY);

        assertUnreadable(open(), "acme", "p", sealed);
    }

    @Test
    void resealsOnlyWhatItCanOpen() throws Exception {
        SecretVault vault = open();
        String sealed = vault.seal("acme", "p", CANARY);
        String foreign = foreign().seal("acme", "p", CANARY);

        assertEquals(CANARY, vault.open("acme", "p", vault.reseal("acme", "p", sealed)));
        for (String unreadable : List.of(foreign, sealed.substring(0, sealed.length() - 1), "")) {
            assertEquals(
                    ErrorCode.SECRET_UNREADABLE,
                    assertThrows(StudioException.class, () -> vault.reseal("acme", "p", unreadable))
                            .code());
        }
        assertThrows(StudioException.class, () -> vault.reseal("other", "p", sealed));
    }

    @Test
    void showsNoSecretInErrorsAndItsOwnText() throws Exception {
        SecretVault vault = open();
        String sealed = vault.seal("acme", "source/1", CANARY);

        StudioException refused = assertThrows(StudioException.class, () -> vault.open("other", "source/1", sealed));

        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertTrue(refused.what().contains("'source/1'"), refused::what);
        for (String text : List.of(trace.toString(), vault.toString(), CANARY.toString())) {
            assertFalse(text.contains(CANARY.reveal()), text);
            assertFalse(text.contains(sealed), text);
        }
    }

    @Test
    void sealsAndOpensOnManyThreads() throws Exception {
        SecretVault vault = open();

        IntStream.range(0, 200).parallel().forEach(i -> {
            String sealed = vault.seal("acme", "p" + i, Secret.of("s" + i));
            assertEquals("s" + i, vault.open("acme", "p" + i, sealed).reveal());
        });
    }

    @Test
    void refusesUseAfterItWasClosed() throws Exception {
        SecretVault vault = open();
        String sealed = vault.seal("acme", "p", CANARY);
        vault.close();
        vault.close();

        assertThrows(IllegalStateException.class, () -> vault.open("acme", "p", sealed));
        assertThrows(IllegalStateException.class, () -> vault.seal("acme", "p", CANARY));
        assertNotEquals(sealed, open().seal("acme", "p", CANARY));
    }

    private static void assertUnreadable(SecretVault vault, String tenant, String purpose, String sealed) {
        StudioException refused = assertThrows(StudioException.class, () -> vault.open(tenant, purpose, sealed));
        assertEquals(ErrorCode.SECRET_UNREADABLE, refused.code());
        assertFalse(refused.mend().isEmpty());
    }
}
