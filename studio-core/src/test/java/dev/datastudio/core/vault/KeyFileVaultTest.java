package dev.datastudio.core.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.core.workspace.ChildJvm;
import dev.datastudio.testkit.secret.SecretVaultContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeyFileVaultTest extends SecretVaultContract {
    private static final Secret SECRET = Secret.of("s3cret");

    @TempDir
    Path folder;

    @Override
    protected SecretVault open() {
        return vault();
    }

    @Override
    protected SecretVault foreign() {
        return KeyFileVault.at(folder.resolve("other"));
    }

    private KeyFileVault vault() {
        return KeyFileVault.at(keyFile());
    }

    private Path keyFile() {
        return folder.resolve("key");
    }

    @Test
    void makesTheFileForItsOwnerWhenASecretIsSealed() throws IOException {
        KeyFileVault vault = vault();
        assertUnreadable(() -> vault.open("acme", "p", "v1.00000000." + "A".repeat(60)), "there is no key file");
        assertFalse(Files.exists(keyFile()));

        vault.seal("acme", "p", SECRET);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("key", "key.lock"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
        String sealed = vault().seal("acme", "p", SECRET);
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString(permissions));

            assertUnreadable(() -> vault().open("acme", "p", sealed), "(" + permissions + ")");
            assertUnreadable(() -> vault().seal("acme", "p", SECRET), "(" + permissions + ")");
        }

        Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString("r--------"));
        assertEquals(SECRET, vault().open("acme", "p", sealed));
    }

    @Test
    void refusesADamagedFileAndNeverReplacesIt() throws IOException {
        vault().seal("acme", "p", SECRET);
        String good = Files.readString(keyFile());
        String id = good.lines().toList().get(1).substring(0, 8);
        for (String damaged : List.of(
                "",
                "studio-vault-keys 1\n",
                "studio-vault-keys 2\n" + good.substring(20),
                good.substring(0, good.length() - 5),
                good.replace(id, "00000000"),
                good + "more\n",
                "x".repeat(200_000))) {
            Files.writeString(keyFile(), damaged);

            StudioException refused = assertThrows(StudioException.class, () -> vault().seal("acme", "p", SECRET));
            assertEquals(ErrorCode.SECRET_UNREADABLE, refused.code());
            assertEquals(damaged, Files.readString(keyFile()));
        }
    }

    @Test
    void opensWithOldKeysAfterARotation() throws IOException {
        KeyFileVault vault = vault();
        KeyFileVault other = vault();
        String first = vault.seal("acme", "p", SECRET);
        assertEquals(SECRET, other.open("acme", "p", first));

        vault.rotate();
        vault.rotate();
        String last = vault.seal("acme", "p", SECRET);

        assertNotEquals(first.substring(0, 11), last.substring(0, 11)); // the key's id
        assertEquals(SECRET, vault.open("acme", "p", first));
        assertEquals(SECRET, other.open("acme", "p", last));
        assertEquals(SECRET, vault().open("acme", "p", first));
        assertEquals(3, Files.readAllLines(keyFile()).size() - 1);
    }

    @Test
    void saysWhereTheKeyCannotBeWritten() {
        StudioException refused = assertThrows(
                StudioException.class,
                () -> KeyFileVault.at(folder.resolve("no/such/folder/key")).seal("acme", "p", SECRET));

        assertEquals(ErrorCode.STORAGE_FAILED, refused.code());
        assertTrue(refused.what().contains("key file"), refused::what);
    }

    @Test
    void endsWithOneKeyWhenProcessesMakeItAtOnce() throws IOException {
        String path = keyFile().toString();
        try (ChildJvm one = ChildJvm.start(VaultChild.class, path);
                ChildJvm two = ChildJvm.start(VaultChild.class, path)) {
            one.awaitLine("ready");
            two.awaitLine("ready");
            one.say("go");
            two.say("go");
            String mine = vault().seal("acme", "p", SECRET);
            String first = one.awaitLine("v1.");
            String second = two.awaitLine("v1.");

            for (String sealed : List.of(mine, first, second)) {
                assertEquals(SECRET, vault().open("acme", "p", sealed));
            }
            assertEquals(2, Files.readAllLines(keyFile()).size());
        }
    }

    private static void assertUnreadable(Runnable call, String saying) {
        StudioException refused = assertThrows(StudioException.class, call::run);
        assertEquals(ErrorCode.SECRET_UNREADABLE, refused.code());
        assertTrue(refused.what().contains(saying), refused::what);
    }

    @Test
    void resealsWithTheNewestKeyWhatAnOlderOneSealed() {
        KeyFileVault vault = vault();
        KeyFileVault other = vault();
        String old = vault.seal("acme", "p", SECRET);
        assertEquals(old, vault.reseal("acme", "p", old));

        vault.rotate();
        String fresh = other.reseal("acme", "p", old); // which has not met the new key yet

        assertNotEquals(old.substring(0, 11), fresh.substring(0, 11)); // the key's id
        assertEquals(SECRET, vault.open("acme", "p", fresh));
        assertEquals(fresh, vault.reseal("acme", "p", fresh));
    }
}
