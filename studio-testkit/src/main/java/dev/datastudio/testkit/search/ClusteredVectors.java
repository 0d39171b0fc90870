package dev.datastudio.testkit.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Vectors of length 1 around centres, as embeddings of texts on some topics lie; the same ones for the same seed. Not
 * thread-safe.
 */
public final class ClusteredVectors {
    private static final double SPREAD = 0.6;

    private final Random random;
    private final List<float[]> centres = new ArrayList<>();
    private final int dimension;

    /**
     * @param seed chooses the vectors
     * @param clusters how many centres, 1 or more
     * @param dimension how many numbers a vector has, 1 or more
     */
    public ClusteredVectors(long seed, int clusters, int dimension) {
        this.random = new Random(seed);
        this.dimension = dimension;
        for (int i = 0; i < clusters; i++) {
            centres.add(unit(new float[dimension], 1));
        }
    }

    /** Another vector, near one of the centres. */
    public float[] next() {
        return unit(centres.get(random.nextInt(centres.size())), SPREAD / Math.sqrt(dimension));
    }

    /**
     * The places of the nearest vectors by cosine, found by comparing all.
     *
     * @param each only each so many-th vector counts
     */
    public static List<Integer> nearest(float[] vector, List<float[]> all, int count, int each) {
        double[] cosines = new double[all.size()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = dot(vector, all.get(i));
        }
        double[] sorted = IntStream.range(0, cosines.length)
                .filter(i -> i % each == 0)
                .mapToDouble(i -> cosines[i])
                .sorted()
                .toArray();
        double last = sorted[Math.max(0, sorted.length - count)];
        return IntStream.range(0, cosines.length)
                .filter(i -> i % each == 0 && cosines[i] >= last)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -cosines[i]))
                .limit(count)
                .toList();
    }

    private float[] unit(float[] centre, double spread) {
        float[] vector = new float[dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (centre[i] + spread * random.nextGaussian());
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }
}
