package dev.datastudio.rag.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.search.IndexName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What an index is called in Chroma, which takes 3 to 512 letters, digits, '.', '-' and '_', with a letter or digit at
 * both ends: a database for each tenant, told apart by a hash of its name, and some collections for each index.
 */
record ChromaNames(String database, String meaning, String plain, String register) {
    private static final int READABLE = 32;
    private static final int HASH = 32;

    static ChromaNames of(String prefix, IndexName index) {
        String readable = index.tenant().toLowerCase(Locale.ROOT);
        String cut = readable.substring(0, Math.min(READABLE, readable.length()));
        return new ChromaNames(
                prefix + "-" + cut + "-" + hash(index.tenant()),
                index.collection() + ".meaning",
                index.collection() + ".plain",
                index.collection() + ".versions");
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
