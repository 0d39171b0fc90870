package dev.datastudio.api.search;

import java.util.List;
import java.util.Objects;

/**
 * Which passages may be found, by their attributes. A passage without the attribute doesn't match {@link AnyOf} and
 * {@link Between}. Immutable.
 */
public sealed interface SearchFilter {
    /** Lets all through. */
    SearchFilter ALL = new And(List.of());

    /** The attribute is this text or whole number. */
    static SearchFilter is(String attribute, Object value) {
        return new AnyOf(attribute, List.of(value));
    }

    /** All of some filters hold. */
    static SearchFilter all(SearchFilter... parts) {
        return new And(List.of(parts));
    }

    /**
     * The attribute is one of some values.
     *
     * @param attribute its name
     * @param values texts or {@link Long}s, all of one kind; without any, nothing matches
     */
    record AnyOf(String attribute, List<Object> values) implements SearchFilter {
        /** @throws IllegalArgumentException if the values are of two kinds, or of another kind */
        public AnyOf {
            Objects.requireNonNull(attribute, "attribute");
            values = List.copyOf(values);
            boolean texts = values.stream().allMatch(String.class::isInstance);
            boolean numbers = values.stream().allMatch(Long.class::isInstance);
            if (!texts && !numbers) {
                throw new IllegalArgumentException("values must be all String or all Long, were " + values);
            }
        }
    }

    /**
     * The attribute is a number within bounds.
     *
     * @param attribute its name
     * @param from the least, included
     * @param to the most, included
     */
    record Between(String attribute, long from, long to) implements SearchFilter {
        public Between {
            Objects.requireNonNull(attribute, "attribute");
        }
    }

    /** All parts hold; without any, everything matches. */
    record And(List<SearchFilter> parts) implements SearchFilter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** One part holds at least; without any, nothing matches. */
    record Or(List<SearchFilter> parts) implements SearchFilter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold. */
    record Not(SearchFilter part) implements SearchFilter {
        public Not {
            Objects.requireNonNull(part, "part");
        }
    }
}
