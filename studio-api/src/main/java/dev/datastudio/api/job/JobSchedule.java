package dev.datastudio.api.job;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A job that is submitted again and again. While its last job is not done, its next times are left out. Immutable.
 *
 * @param name its owner's name for it: 1 to 100 letters, digits, '.', '_', '-' or spaces, beginning with a letter or
 *     digit
 * @param timing when
 * @param missed what happens about times that nobody was there for
 * @param request the job; its key and time are not looked at
 */
public record JobSchedule(String name, Timing timing, MissedRuns missed, JobRequest request) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,99}");

    /** @throws IllegalArgumentException if the name breaks the rule */
    public JobSchedule {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A schedule's name must be 1 to 100 letters, digits, '.', '_', '-' or "
                    + "spaces, beginning with a letter or digit, was '" + name + "'");
        }
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(missed, "missed");
        Objects.requireNonNull(request, "request");
    }
}
