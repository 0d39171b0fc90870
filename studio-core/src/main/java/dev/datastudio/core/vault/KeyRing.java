package dev.datastudio.core.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a vault: the first one seals, all of them open. Immutable.
 *
 * <p>A sealed text is {@code v1.KEYID.DATA}: the number of this format, the id of the key, and nonce, text and tag in
 * Base64 for URLs. Tenant and purpose are authenticated with it.
 */
final class KeyRing {
    private static final Pattern SEALED = Pattern.compile("v1\\.([0-9a-f]{8})\\.([A-Za-z0-9_-]{38,1500000})");
    private static final int MAX_SECRET_BYTES = 1_000_000;

    private final VaultKey primary;
    private final Map<String, VaultKey> keys = new LinkedHashMap<>();

    /** @param keys at least one */
    KeyRing(List<VaultKey> keys) {
        this.primary = keys.get(0);
        keys.forEach(key -> this.keys.putIfAbsent(key.id(), key));
    }

    List<VaultKey> keys() {
        return List.copyOf(keys.values());
    }

    /** Whether it has the key that a text says it was sealed with; false for what is no sealed text. */
    boolean knows(String sealed) {
        Matcher parts = SEALED.matcher(sealed);
        return parts.matches() && keys.containsKey(parts.group(1));
    }

    String seal(String tenant, String purpose, Secret secret) {
        byte[] plain = secret.reveal().getBytes(UTF_8);
        if (plain.length > MAX_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "A secret may have " + MAX_SECRET_BYTES + " bytes, this one has " + plain.length);
        }
        try {
            byte[] data = primary.cipher().encrypt(plain, binding(tenant, purpose));
            return "v1." + primary.id() + "." + encode(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM can encrypt any text", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    Secret open(String tenant, String purpose, String sealed) {
        Matcher parts = SEALED.matcher(sealed);
        if (!parts.matches()) {
            throw unreadable(purpose, "is not a sealed text", null);
        }
        VaultKey key = keys.get(parts.group(1));
        if (key == null) {
            throw unreadable(purpose, "was sealed with key " + parts.group(1) + ", which is not in the vault", null);
        }
        byte[] data = Base64.getUrlDecoder().decode(canonical(purpose, parts.group(2)));
        try {
            return Secret.of(new String(key.cipher().decrypt(data, binding(tenant, purpose)), UTF_8));
        } catch (GeneralSecurityException e) {
            throw unreadable(purpose, "was sealed for something else or was changed", e);
        }
    }

    /** Opens it in any case, so that what was changed is not passed on as what is fine. */
    String reseal(String tenant, String purpose, String sealed) {
        Secret secret = open(tenant, purpose, sealed);
        return sealed.startsWith("v1." + primary.id() + ".") ? sealed : seal(tenant, purpose, secret);
    }

    /** The error when there are no keys at all. */
    static StudioException withoutKey(String purpose) {
        return unreadable(purpose, "can't be opened, because there is no key file", null);
    }

    /** Base64 has several texts for some bytes; only one of them is what was sealed. */
    private static String canonical(String purpose, String data) {
        try {
            if (encode(Base64.getUrlDecoder().decode(data)).equals(data)) {
                return data;
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(purpose, "was changed", e);
        }
        throw unreadable(purpose, "was changed", null);
    }

    private static String encode(byte[] data) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }

    /** With the length of the tenant, so that no two pairs give the same bytes. */
    private static byte[] binding(String tenant, String purpose) {
        byte[] first = tenant.getBytes(UTF_8);
        byte[] second = purpose.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .put(second)
                .array();
    }

    private static StudioException unreadable(String purpose, String why, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.SECRET_UNREADABLE,
                "The secret for " + StudioException.quote(purpose) + " " + why,
                "Restore the key that it was sealed with, or enter the secret again",
                cause);
    }
}
