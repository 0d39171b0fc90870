package dev.datastudio.core.source.internal;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A setting of a driver that people may choose, and what its value may be. Immutable.
 *
 * @param name as the driver spells it
 * @param value what a value must match
 * @param words the same in words
 */
record PropertyRule(String name, Pattern value, String words) {
    static PropertyRule oneOf(String name, String... values) {
        return new PropertyRule(name, Pattern.compile(String.join("|", values)), "one of " + List.of(values));
    }

    /** A number of so many digits, not 0. */
    static PropertyRule number(String name, int digits, String unit) {
        return new PropertyRule(
                name, Pattern.compile("[1-9][0-9]{0," + (digits - 1) + "}"), unit + ", at most " + digits + " digits");
    }

    static PropertyRule label(String name) {
        return new PropertyRule(
                name, Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}"), "letters, digits, spaces and . _ -");
    }

    static PropertyRule host(String name) {
        return new PropertyRule(name, Pattern.compile("[A-Za-z0-9*][A-Za-z0-9._*-]{0,252}"), "a host name");
    }

    boolean allows(String text) {
        return value.matcher(text).matches();
    }
}
