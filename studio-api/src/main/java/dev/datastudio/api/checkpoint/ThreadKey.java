package dev.datastudio.api.checkpoint;

import java.util.regex.Pattern;

/**
 * Names a thread: one line of work of a tenant that can be stopped and taken up again. Immutable.
 *
 * @param tenant the organisation, as in {@link dev.datastudio.api.tenant.Caller}
 * @param thread 1 to 128 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit; unique in the tenant
 */
public record ThreadKey(String tenant, String thread) {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern THREAD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    /** @throws IllegalArgumentException if a part breaks its rule */
    public ThreadKey {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException(
                    "tenant must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit, was '"
                            + tenant + "'");
        }
        if (!THREAD.matcher(thread).matches()) {
            throw new IllegalArgumentException(
                    "thread must be 1 to 128 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit,"
                            + " was '" + thread + "'");
        }
    }

    @Override
    public String toString() {
        return thread;
    }
}
