package dev.datastudio.core.profile;

import dev.datastudio.core.profile.internal.TextProfile;

/**
 * Profiles and comparisons as text of at most 100 characters a line, for terminals: a line for each column with a
 * little histogram, then what deserves a look. Control characters of the data are left out. Stateless.
 */
public final class ProfileText {
    private ProfileText() {}

    /** A profile. */
    public static String format(DatasetProfile profile) {
        return TextProfile.of(profile);
    }

    /** A comparison. */
    public static String format(ProfileComparison comparison) {
        return TextProfile.of(comparison);
    }
}
