package dev.datastudio.core.erasure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was deleted. Immutable.
 *
 * @param counts how many things of each kind, in the order in which they were deleted, those of none too
 */
public record Erased(Map<String, Long> counts) {
    /** Copies the counts. */
    public Erased {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
}
