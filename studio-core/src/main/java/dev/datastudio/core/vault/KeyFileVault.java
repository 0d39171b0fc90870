package dev.datastudio.core.vault;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A vault whose keys lie in a file that only its owner may read (mode 0600): AES-GCM with 256 bits, by Google Tink.
 *
 * <p>The file is made when a secret is sealed for the first time, and looked at when it is first needed. Several vaults,
 * also of several processes, may use one file. Who has the file and the database has the secrets: keep backups of them
 * apart. A key file that others may read is refused with SECRET_UNREADABLE, as is a damaged one; other failures have
 * STORAGE codes. Thread-safe.
 */
public final class KeyFileVault implements SecretVault {
    private final KeyFile file;
    private volatile @Nullable KeyRing keys;
    private volatile boolean closed;

    private KeyFileVault(KeyFile file) {
        this.file = file;
    }

    /** The vault of a workspace: the file {@code key} in its folder. */
    public static KeyFileVault in(Workspace workspace) {
        return at(workspace.folder().resolve("key"));
    }

    /**
     * A vault with its keys in this file.
     *
     * @param file need not be there; its folder must
     */
    public static KeyFileVault at(Path file) {
        return new KeyFileVault(new KeyFile(Objects.requireNonNull(file, "file")));
    }

    @Override
    public String seal(String tenant, String purpose, Secret secret) {
        requireOpen();
        KeyRing known = keys;
        if (known == null) {
            known = file.readOrCreate();
            keys = known;
        }
        return known.seal(tenant, purpose, secret);
    }

    @Override
    public Secret open(String tenant, String purpose, String sealed) {
        return knowing(purpose, sealed).open(tenant, purpose, sealed);
    }

    /** Looks at the key file first: another process may have rotated it. */
    @Override
    public String reseal(String tenant, String purpose, String sealed) {
        requireOpen();
        KeyRing newest = file.read().orElseThrow(() -> KeyRing.withoutKey(purpose));
        keys = newest;
        return newest.reseal(tenant, purpose, sealed);
    }

    private KeyRing knowing(String purpose, String sealed) {
        requireOpen();
        KeyRing known = keys;
        if (known == null || !known.knows(sealed)) {
            // another process may have made or rotated the keys
            known = file.read().orElseThrow(() -> KeyRing.withoutKey(purpose));
            keys = known;
        }
        return known;
    }

    /**
     * Makes a new key, with which everything is sealed from now on; what was sealed before can still be opened. Other
     * vaults on the same file take the new key when they meet it or are opened again. What is kept is sealed with the
     * new key by {@link dev.datastudio.core.source.Sources#resealPasswords()},
     * {@link dev.datastudio.core.link.SignedLinks#resealKey} and {@code ModelConfigs.resealKeys()} of studio-agents, for
     * each tenant.
     *
     * @throws StudioException if the key file can't be read or written
     */
    public void rotate() {
        requireOpen();
        keys = file.addKey();
    }

    @Override
    public void close() {
        closed = true;
        keys = null;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The vault of '" + file + "' is closed");
        }
    }

    @Override
    public String toString() {
        return "vault with key file " + file;
    }
}
