package dev.datastudio.api.secret;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

/**
 * Turns secrets into text that can be stored, and back. The text is bound to a tenant and a purpose: moved to another
 * one it can't be opened. Thread-safe.
 */
public interface SecretVault extends AutoCloseable {
    /**
     * Encrypts a secret with authentication.
     *
     * @param tenant whose it is
     * @param purpose what it is for and where it stands, such as {@code source/9f2c/password}; not secret
     * @return printable text, different at each call
     */
    String seal(String tenant, String purpose, Secret secret);

    /**
     * Opens what {@link #seal} gave for the same tenant and purpose.
     *
     * @throws StudioException with {@link ErrorCode#SECRET_UNREADABLE} when it was sealed with another key, for
     *     something else, or was changed
     */
    Secret open(String tenant, String purpose, String sealed);

    /**
     * What was sealed before, sealed as {@link #seal} seals now; the same text when it is so already. For secrets that
     * were sealed with an older key of the vault.
     *
     * @throws StudioException as {@link #open}
     */
    default String reseal(String tenant, String purpose, String sealed) {
        return seal(tenant, purpose, open(tenant, purpose, sealed));
    }

    /** Forgets the key. Does nothing when called again. */
    @Override
    void close();
}
