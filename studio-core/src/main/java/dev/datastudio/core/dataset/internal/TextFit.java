package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether a text can be a value of a type at all. */
final class TextFit {
    private static final Set<String> TRUTHS = Set.of("true", "false", "yes", "no", "y", "n", "t", "f", "0", "1");
    private static final Pattern TIME = Pattern.compile("(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?");

    private TextFit() {}

    /** Missing values fit every type. */
    static boolean fits(String text, ColumnType type) {
        String value = text.strip();
        String lower = value.toLowerCase(Locale.ROOT);
        if (value.isEmpty() || ColumnEvidence.MISSING.contains(lower)) {
            return true;
        }
        return switch (type) {
            case BOOLEAN -> TRUTHS.contains(lower);
            case INTEGER, DECIMAL -> NumberText.parse(value) != null;
            case DATE, TIMESTAMP -> DateText.parse(value) != null;
            case TIME -> TIME.matcher(value).matches();
            case TEXT, OTHER -> true;
        };
    }
}
