package dev.datastudio.rag.index;

/** Vectors of length 1, so that their product is their cosine. */
final class UnitVectors {
    private UnitVectors() {}

    /** A copy of length 1; of a vector without a direction, zeros. */
    static float[] of(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length && length > 0; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    /** @throws IllegalArgumentException if a number is infinite or not one */
    static void requireFinite(float[] vector, Object of) {
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException("The vector of " + of + " must be finite, has " + number);
            }
        }
    }
}
