package dev.datastudio.api.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A password, key or token. It prints as {@code ***}, has no bean property, and can't be serialised, so that it gets
 * into a log, a message or a response by nobody's mistake; only {@link #reveal()} gives it out. Immutable.
 */
public final class Secret {
    private static final int LONG = 8;

    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Hides a value. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    /**
     * A text of somebody else, such as an error that repeats what it was sent, with {@code ***} in place of the value. A
     * value of fewer than 8 characters is hidden only where it stands as a word of its own: {@code k} is no
     * part of {@code token}.
     */
    public String hideIn(String text) {
        if (isEmpty()) {
            return text;
        }
        if (isLong()) {
            return text.replace(value, toString());
        }
        String word = "(?<![\\p{L}\\p{N}_])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}_])";
        return text.replaceAll(word, toString());
    }

    /** Whether the value has at least 8 characters, so that no text has it by chance. */
    public boolean isLong() {
        return value.length() >= LONG;
    }

    /** Whether there is nothing to hide. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Compares in a time that does not depend on where the values differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "***";
    }
}
