package dev.datastudio.core.profile;

import java.util.List;
import java.util.Objects;

/**
 * The values of a column of text. Immutable.
 *
 * @param shortest length of the shortest value in characters
 * @param meanLength mean length in characters
 * @param longest length of the longest value in characters
 * @param blank values that are empty or only white space
 * @param padded values with white space at an end
 * @param sameButForCase different values less those that are different also when letter case and outer white space are
 *     set aside: "usa", "USA " and "Usa" make two; -1 when there are too many values to tell
 * @param patterns what values look like, the most frequent first; only patterns that at least one in twenty has
 * @param patternRows values that were looked at for patterns
 */
public record TextDetails(
        long shortest,
        double meanLength,
        long longest,
        long blank,
        long padded,
        long sameButForCase,
        List<Pattern> patterns,
        long patternRows) {
    public TextDetails {
        patterns = List.copyOf(patterns);
    }

    /**
     * A shape that values have. Immutable.
     *
     * @param name such as {@code email}, {@code url}, {@code uuid}, {@code phone}, {@code postcode}, {@code number},
     *     {@code date}
     * @param share of the values that were looked at, 0 to 1
     */
    public record Pattern(String name, double share) {
        public Pattern {
            Objects.requireNonNull(name, "name");
        }
    }
}
