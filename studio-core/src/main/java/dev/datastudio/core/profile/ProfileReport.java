package dev.datastudio.core.profile;

import dev.datastudio.core.profile.internal.HtmlComparison;
import dev.datastudio.core.profile.internal.HtmlReport;

/**
 * Profiles and comparisons as one HTML file that stands alone: no network, pictures and style within, light and dark, to be printed. It
 * works without scripts; the one small script that filters and sorts columns is all that its content security policy
 * allows. Every text of the data is escaped. Stateless.
 */
public final class ProfileReport {
    private ProfileReport() {}

    /** The report of a profile, in UTF-8 when written to a file. */
    public static String html(DatasetProfile profile) {
        return HtmlReport.of(profile);
    }

    /** The report of a comparison. */
    public static String html(ProfileComparison comparison) {
        return HtmlComparison.of(comparison);
    }
}
