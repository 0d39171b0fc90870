package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.CorrelationMatrix.Method;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of things as people read them. */
public final class Words {
    /** Control characters, and marks that turn the direction of what follows. */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]+");

    private Words() {}

    /** The name of a measure. */
    public static String measure(Method method) {
        return switch (method) {
            case PEARSON -> "Pearson's r";
            case SPEARMAN -> "Spearman's ρ";
            case CRAMERS_V -> "Cramér's V";
            case CORRELATION_RATIO -> "correlation ratio η";
        };
    }

    /** A constant in lower case with spaces. */
    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What stands before a number that is not exact. */
    public static String about(Accuracy accuracy) {
        return accuracy == Accuracy.EXACT ? "" : "≈ ";
    }

    /** A text in one line of at most so many characters (code points), marked when it was cut. */
    public static String cut(String text, int characters) {
        String line = HIDDEN.matcher(text).replaceAll(" ");
        return line.codePointCount(0, line.length()) <= characters
                ? line
                : line.substring(0, line.offsetByCodePoints(0, characters - 1)) + "…";
    }
}
