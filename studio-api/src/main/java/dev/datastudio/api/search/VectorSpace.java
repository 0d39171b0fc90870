package dev.datastudio.api.search;

import java.util.Objects;

/**
 * Which vectors an index holds. Vectors of two models can't be compared, so an index holds those of one. Immutable.
 *
 * @param model as {@link dev.datastudio.api.embedding.Embedder#model()}
 * @param dimension how many numbers a vector has, 1 to 4,096
 */
public record VectorSpace(String model, int dimension) {
    /** The longest vector that an index takes. */
    public static final int MAX_DIMENSION = 4_096;

    /** @throws IllegalArgumentException if the model is blank or the dimension out of range */
    public VectorSpace {
        if (Objects.requireNonNull(model, "model").isBlank()) {
            throw new IllegalArgumentException("model must not be blank");
        }
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension must be 1 to " + MAX_DIMENSION + ", was " + dimension);
        }
    }
}
