package dev.datastudio.core.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shapes that profiles look for in text, as regular expressions in RE2's syntax that match a whole value. */
public final class TextPatterns {
    private static final Map<String, String> PATTERNS = patterns();

    private TextPatterns() {}

    private static Map<String, String> patterns() {
        Map<String, String> patterns = new LinkedHashMap<>();
        patterns.put("email", "[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}");
        patterns.put("url", "(?i)https?://\\S+|www\\.\\S+");
        patterns.put("uuid", "(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        patterns.put("ip address", "(\\d{1,3}\\.){3}\\d{1,3}");
        patterns.put("phone", "\\+?[(]?\\d[\\d ()./-]{5,18}\\d");
        patterns.put(
                "postcode", "\\d{5}(-\\d{4})?|(?i)[a-z]{1,2}\\d[a-z\\d]? ?\\d[a-z]{2}|(?i)[a-z]\\d[a-z] ?\\d[a-z]\\d");
        patterns.put("number", "[-+]?[$€£]? ?\\d[\\d,.]*%?");
        patterns.put(
                "date",
                "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}.*|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|[A-Z][a-z]{2} \\d{1,2},? \\d{4}");
        patterns.put("JSON", "(?s)\\s*[\\[{].*[\\]}]\\s*");
        return patterns;
    }

    /** Their names, in the order of preference. */
    public static Set<String> names() {
        return PATTERNS.keySet();
    }

    /** The expression of a name; empty when there is no such shape. */
    public static Optional<String> regex(String name) {
        return Optional.ofNullable(PATTERNS.get(name));
    }
}
