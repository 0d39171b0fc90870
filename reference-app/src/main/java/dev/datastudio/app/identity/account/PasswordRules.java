package dev.datastudio.app.identity.account;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which passwords may be chosen: long ones that nobody guesses first. There is no rule about kinds of characters (NIST SP
 * 800-63B, 3.1.1.2).
 */
final class PasswordRules {
    static final int MIN_LENGTH = 12;
    static final int MAX_LENGTH = 200;
    private static final int MIN_DIFFERENT = 5;

    /** Words that most guesses are made of, in lower case; a password is one of them when little else is left of it. */
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} saying which rule it breaks, never the password */
    static void require(String password, String email) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw refused("The password has " + length + " characters", "Give it " + MIN_LENGTH + " to " + MAX_LENGTH);
        }
        String lower = password.toLowerCase(Locale.ROOT);
        String local = email.substring(0, Math.max(0, email.indexOf('@')));
        if (lower.equals(email) || lower.contains(email) || rest(lower, local).length() < MIN_DIFFERENT) {
            throw refused("The password is made of the e-mail address", "Choose one that has nothing to do with it");
        }
        if (lower.chars().distinct().count() < MIN_DIFFERENT || isSequence(lower) || isCommon(lower)) {
            throw refused("The password is one of the first that are guessed", "Choose several words of your own");
        }
    }

    private static String rest(String password, String word) {
        return word.isEmpty() ? password : password.replace(word, "");
    }

    /** Of a common word with digits and signs around it, and of one repeated, little is left. */
    private static boolean isCommon(String password) {
        String plain = password.replace('0', 'o')
                .replace('1', 'l')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('5', 's')
                .replace('$', 's');
        return COMMON.stream().anyMatch(word -> isMadeOf(password, word) || isMadeOf(plain, word));
    }

    private static boolean isMadeOf(String password, String word) {
        return password.contains(word) && letters(rest(password, word)).length() < 3;
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}]", "");
    }

    /** Whether each character follows the one before it, upwards or downwards, but for a few. */
    private static boolean isSequence(String password) {
        int breaks = 0;
        for (int i = 1; i < password.length(); i++) {
            int step = password.charAt(i) - password.charAt(i - 1);
            if (Math.abs(step) > 1 && Math.abs(step) != 9) {
                breaks++;
            }
        }
        return breaks * 4 < password.length();
    }

    private static Set<String> common() {
        try (InputStream in = Objects.requireNonNull(
                        PasswordRules.class.getResourceAsStream("common-passwords.txt"), "common-passwords.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The list of common passwords can't be read", e);
        }
    }

    private static StudioException refused(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
