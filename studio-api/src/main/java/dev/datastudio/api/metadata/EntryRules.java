package dev.datastudio.api.metadata;

import java.util.Map;
import java.util.regex.Pattern;

/** What names and texts may be, so that every database can keep them and give them back unchanged. */
final class EntryRules {
    static final int MAX_ATTRIBUTES = 64;
    static final int MAX_VALUE = 500;
    static final int MAX_BODY = 16_000_000;

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,47}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private EntryRules() {}

    static void requireTenant(String value) {
        requireMatch("tenant", TENANT, value);
    }

    static void requireKind(String value) {
        requireMatch("kind", KIND, value);
    }

    static void requireId(String value) {
        requireMatch("id", ID, value);
    }

    static void requireCounter(String value) {
        requireMatch("counter", ID, value);
    }

    static void requireAttributes(Map<String, String> attributes) {
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    "There may be at most " + MAX_ATTRIBUTES + " attributes, there were " + attributes.size());
        }
        attributes.forEach(EntryRules::requireAttribute);
    }

    private static void requireAttribute(String name, String value) {
        requireMatch("The name of an attribute", ATTRIBUTE, name);
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Attribute '" + name + "' has " + value.length() + " characters; it may have " + MAX_VALUE);
        }
        requireText("Attribute '" + name + "'", value);
    }

    static void requireBody(String body) {
        if (body.length() > MAX_BODY) {
            throw new IllegalArgumentException("body has " + body.length() + " characters; it may have " + MAX_BODY);
        }
        requireText("body", body);
    }

    /** PostgreSQL keeps no U+0000, and half a surrogate pair has no UTF-8. */
    private static void requireText(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(name + " has U+0000 at " + i + "; write it as \\u0000 in JSON");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new IllegalArgumentException(name + " has half a surrogate pair at " + i);
                }
                i++;
            }
        }
    }

    private static void requireMatch(String name, Pattern rule, String value) {
        if (!rule.matcher(value).matches()) {
            String shown = value.length() <= 200 ? value : value.substring(0, 200) + "…";
            throw new IllegalArgumentException(name + " must match " + rule + ", was '" + shown + "'");
        }
    }
}
