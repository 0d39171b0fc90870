package dev.datastudio.api.search;

import java.util.Objects;

/**
 * What an index holds of a version. Immutable.
 *
 * @param version which
 * @param isPublished whether it can be found
 * @param passages how many of its passages are there
 */
public record VersionStatus(PassageKey.Version version, boolean isPublished, long passages) {
    public VersionStatus {
        Objects.requireNonNull(version, "version");
    }
}
