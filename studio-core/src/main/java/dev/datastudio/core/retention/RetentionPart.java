package dev.datastudio.core.retention;

import dev.datastudio.core.Studio;
import java.time.Instant;

/**
 * What one feature keeps that gets old. Found by {@link java.util.ServiceLoader}, so an implementation has a constructor
 * without parameters. Thread-safe.
 */
public interface RetentionPart {
    /** Of which {@link Retention#KINDS kind} the things are; several parts may be of one. */
    String kind();

    /**
     * Deletes the things of a tenant that nothing happened to since a time, as their owners would by hand. What goes on
     * stays.
     *
     * @return how many there were
     * @throws dev.datastudio.api.error.StudioException when something could not be deleted and still is there
     */
    long deleteOlder(Studio studio, String tenant, Instant before);
}
