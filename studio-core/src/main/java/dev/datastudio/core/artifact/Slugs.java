package dev.datastudio.core.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns names of columns into parts of file names, each name into one of its own. Not thread-safe; use one per plan.
 *
 * <p>Lower case, accents dropped, every run of other characters than letters and digits one '_', at most
 * {@value #MAX_LENGTH} characters: "Net Sales (€)" gives {@code net_sales}. What would lose letters, of another script
 * or beyond that length, ends with eight digits of its hash instead: "продажи" gives {@code column_} and the hash. A
 * second name with the same slug gets {@code _2}, the third {@code _3}.
 */
public final class Slugs {
    /** So many characters leave room for the longest folder in an artifact's key. */
    public static final int MAX_LENGTH = 48;

    private static final int HASH_DIGITS = 8;
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^_+|_+$");
    private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");
    private static final Map<String, String> LATIN_LETTERS =
            Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i");

    private final Map<String, String> given = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** The slug of a name: the same one each time it is asked for, and never that of another name. */
    public String of(String name) {
        return given.computeIfAbsent(name, this::unused);
    }

    private String unused(String name) {
        String base = base(name);
        String slug = base;
        for (int i = 2; !taken.add(slug); i++) {
            slug = base + "_" + i;
        }
        return slug;
    }

    private static String base(String name) {
        String latin = toLatin(name);
        String slug = EDGES.matcher(OTHER.matcher(latin).replaceAll("_")).replaceAll("");
        boolean lostLetters = latin.codePoints().anyMatch(c -> c > 127 && Character.isLetterOrDigit(c));
        if (slug.isEmpty() || lostLetters || slug.length() > MAX_LENGTH) {
            String kept = slug.isEmpty() ? "column" : cut(slug, MAX_LENGTH - HASH_DIGITS - 1);
            return kept + "_" + hash(name);
        }
        return DEVICE.matcher(slug).matches() ? slug + "_column" : slug;
    }

    private static String toLatin(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFKD);
        String text = ACCENTS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> letter : LATIN_LETTERS.entrySet()) {
            text = text.replace(letter.getKey(), letter.getValue());
        }
        return text;
    }

    private static String cut(String slug, int length) {
        return slug.length() <= length
                ? slug
                : EDGES.matcher(slug.substring(0, length)).replaceAll("");
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
