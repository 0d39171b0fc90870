package dev.datastudio.api.job;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names a job. Immutable. It can't be guessed, and still gives nothing to a caller who doesn't own the job.
 *
 * @param value 1 to 64 letters, digits or '-'
 */
public record JobId(String value) {
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** @throws IllegalArgumentException if the value breaks the rule */
    public JobId {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A job's id must be 1 to 64 letters, digits or '-', was '" + value + "'");
        }
    }

    /** A new one. */
    public static JobId random() {
        return new JobId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
