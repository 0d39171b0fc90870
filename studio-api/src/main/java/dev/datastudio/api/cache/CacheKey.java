package dev.datastudio.api.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a result by everything that it depends on. Immutable.
 *
 * @param tenant whose result it is; no other tenant ever gets it
 * @param namespace what kind of result, with the version of its format: {@code answer-1}; 1 to 64 lower-case letters,
 *     digits and '-'
 * @param hash SHA-256 of all parts, 64 lower-case hexadecimal digits, see {@link #builder}
 */
public record CacheKey(String tenant, String namespace, String hash) {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if a component breaks its rule */
    public CacheKey {
        if (tenant.isBlank()) {
            throw new IllegalArgumentException("tenant must not be blank");
        }
        require("namespace", NAMESPACE, namespace);
        require("hash", HASH, hash);
    }

    /** Begins a key without parts. */
    public static Builder builder(String tenant, String namespace) {
        return new Builder(tenant, namespace);
    }

    private static void require(String name, Pattern rule, String value) {
        if (!rule.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must match " + rule + ", was '" + value + "'");
        }
    }

    /**
     * Collects the parts of a key. Not thread-safe.
     *
     * <p>The hash is taken over each part's name and value with their lengths before them, so no two lists of parts
     * give the same bytes: ("a", "bc") is another key than ("ab", "c"). Order matters.
     */
    public static final class Builder {
        private static final byte TEXT = 1;
        private static final byte NUMBER = 2;
        private static final byte LIST = 3;

        private final String tenant;
        private final String namespace;
        private final MessageDigest digest;

        private Builder(String tenant, String namespace) {
            this.tenant = tenant;
            this.namespace = namespace;
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }

        /** Adds a text that the result depends on. */
        public Builder add(String name, String value) {
            text(name);
            digest.update(TEXT);
            text(value);
            return this;
        }

        /** Adds a number that the result depends on. */
        public Builder add(String name, long value) {
            text(name);
            digest.update(NUMBER);
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
            return this;
        }

        /** Adds texts that the result depends on, in their order. */
        public Builder add(String name, Collection<String> values) {
            text(name);
            digest.update(LIST);
            length(values.size());
            values.forEach(this::text);
            return this;
        }

        /**
         * The key of all parts added.
         *
         * @throws IllegalArgumentException if tenant or namespace break their rule
         */
        public CacheKey build() {
            return new CacheKey(tenant, namespace, HexFormat.of().formatHex(digest.digest()));
        }

        private void text(String text) {
            byte[] bytes = text.getBytes(UTF_8);
            length(bytes.length);
            digest.update(bytes);
        }

        private void length(int length) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
        }
    }
}
