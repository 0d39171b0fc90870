package dev.datastudio.core.vault;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vault whose keys come from outside, such as a secret manager, so that they don't lie beside the data; the same for
 * all instances of an installation. Sealed texts are those of {@link KeyFileVault}. Thread-safe.
 */
public final class ExternalKeyVault implements SecretVault {
    /**
     * The environment variable with the keys: each the Base64 of 32 random bytes, the newest first, parted by commas.
     * {@code openssl rand -base64 32} makes one.
     */
    public static final String VARIABLE = "STUDIO_VAULT_KEY";

    private volatile @Nullable KeyRing keys;

    private ExternalKeyVault(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * A vault with one key.
     *
     * @param key 32 random bytes; copied
     * @throws IllegalArgumentException if there are not 32
     */
    public static ExternalKeyVault of(byte[] key) {
        if (key.length != VaultKey.BYTES) {
            throw new IllegalArgumentException("key must have " + VaultKey.BYTES + " bytes, has " + key.length);
        }
        return new ExternalKeyVault(new KeyRing(List.of(VaultKey.of(Arrays.copyOf(key, key.length)))));
    }

    /**
     * A vault with the keys that {@link #VARIABLE} has; empty when it is not set.
     *
     * @param environment usually {@link System#getenv()}
     * @throws StudioException SECRET_UNREADABLE if the variable has something else
     */
    public static Optional<ExternalKeyVault> fromEnvironment(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(new ExternalKeyVault(parse(text)));
    }

    private static KeyRing parse(String text) {
        List<VaultKey> keys = new ArrayList<>();
        for (String key : text.split(",", -1)) {
            try {
                keys.add(VaultKey.parse(key.strip()));
            } catch (IllegalArgumentException e) {
                throw new StudioException(
                        ErrorCode.SECRET_UNREADABLE,
                        "Key " + (keys.size() + 1) + " of the environment variable " + VARIABLE + " can't be used: "
                                + e.getMessage(),
                        "Set it to what 'openssl rand -base64 32' prints; older keys follow, parted by commas",
                        e);
            }
        }
        return new KeyRing(keys);
    }

    @Override
    public String seal(String tenant, String purpose, Secret secret) {
        return keys().seal(tenant, purpose, secret);
    }

    @Override
    public Secret open(String tenant, String purpose, String sealed) {
        return keys().open(tenant, purpose, sealed);
    }

    /** Sealed with the first key, which is the newest; once all is, the others may be taken out of the variable. */
    @Override
    public String reseal(String tenant, String purpose, String sealed) {
        return keys().reseal(tenant, purpose, sealed);
    }

    @Override
    public void close() {
        keys = null;
    }

    private KeyRing keys() {
        KeyRing known = keys;
        if (known == null) {
            throw new IllegalStateException("The vault with an external key is closed");
        }
        return known;
    }

    @Override
    public String toString() {
        return "vault with an external key";
    }
}
