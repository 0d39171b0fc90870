package dev.datastudio.core.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.testkit.secret.SecretVaultContract;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExternalKeyVaultTest extends SecretVaultContract {
    @Override
    protected SecretVault open() {
        return ExternalKeyVault.of(key(1));
    }

    @Override
    protected SecretVault foreign() {
        return ExternalKeyVault.of(key(2));
    }

    @Test
    void leavesTheGivenKeyAsItIs() {
        byte[] key = key(1);
        ExternalKeyVault.of(key).close();

        assertTrue(Arrays.equals(key(1), key));
        assertThrows(IllegalArgumentException.class, () -> ExternalKeyVault.of(new byte[16]));
    }

    @Test
    void takesNewAndOldKeysFromTheEnvironment() {
        String old = ExternalKeyVault.of(key(1)).seal("acme", "p", Secret.of("x"));
        SecretVault vault = ExternalKeyVault.fromEnvironment(
                        Map.of(ExternalKeyVault.VARIABLE, base64(key(2)) + " , " + base64(key(1))))
                .orElseThrow();

        assertEquals("x", vault.open("acme", "p", old).reveal());
        String sealed = vault.seal("acme", "p", Secret.of("y"));
        assertEquals("y", foreign().open("acme", "p", sealed).reveal());
        assertEquals(Optional.empty(), ExternalKeyVault.fromEnvironment(Map.of()));
        assertEquals(Optional.empty(), ExternalKeyVault.fromEnvironment(Map.of(ExternalKeyVault.VARIABLE, " ")));
    }

    @Test
    void refusesAVariableThatIsNoKeyWithoutShowingIt() {
        for (String text : List.of("canary", "Y2FuYXJ5", base64(key(1)) + ",", base64(key(1)) + ",canary!")) {
            StudioException refused = assertThrows(
                    StudioException.class,
                    () -> ExternalKeyVault.fromEnvironment(Map.of(ExternalKeyVault.VARIABLE, text)));

            assertEquals(ErrorCode.SECRET_UNREADABLE, refused.code());
            assertFalse(refused.toString().contains("canary"), refused::toString);
            assertTrue(refused.what().contains("STUDIO_VAULT_KEY"), refused::what);
        }
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void needsTheOldKeyNoMoreOnceAllIsResealed() {
        String old = ExternalKeyVault.of(key(1)).seal("acme", "p", Secret.of("x"));
        SecretVault both = ExternalKeyVault.fromEnvironment(
                        Map.of(ExternalKeyVault.VARIABLE, base64(key(2)) + "," + base64(key(1))))
                .orElseThrow();

        String fresh = both.reseal("acme", "p", old);

        assertEquals("x", ExternalKeyVault.of(key(2)).open("acme", "p", fresh).reveal());
        assertThrows(StudioException.class, () -> ExternalKeyVault.of(key(2)).open("acme", "p", old));
    }
}
