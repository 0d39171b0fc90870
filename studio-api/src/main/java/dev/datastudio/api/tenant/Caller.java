package dev.datastudio.api.tenant;

import java.util.regex.Pattern;

/**
 * On whose behalf something happens. It comes from the host program or the signed-in session, never from a request's
 * body, and is part of every lookup. Immutable.
 *
 * @param tenant the organisation; 1 to 64 letters, digits, '-', '_', beginning with a letter or digit
 * @param user the person within it; the same rule
 */
public record Caller(String tenant, String user) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** The one caller of a studio that a program opened for itself. */
    public static final Caller LOCAL = new Caller("local", "local");

    /** @throws IllegalArgumentException if an id breaks the rule; ids become folder names */
    public Caller {
        requireId("tenant", tenant);
        requireId("user", user);
    }

    private static void requireId(String name, String value) {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + " must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit, was '"
                            + value + "'");
        }
    }
}
