package dev.datastudio.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts whose words are as unevenly frequent as those of a language (Zipf), and vectors around centres; the same ones
 * each time. Not thread-safe.
 */
final class SearchTexts {
    static final int DIMENSION = 384;

    private static final int WORDS = 50_000;
    private static final int CENTRES = 400;
    private static final double SPREAD = 0.7;

    private final Random random = new Random(20_261);
    private final String[] words = new String[WORDS];
    private final double[] upTo = new double[WORDS];
    private final List<float[]> centres = new ArrayList<>();

    SearchTexts() {
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            words[i] = word();
            sum += 1.0 / (i + 2);
            upTo[i] = sum;
        }
        for (int i = 0; i < CENTRES; i++) {
            centres.add(around(new float[DIMENSION], 1));
        }
    }

    /** Some words with a space between them. */
    String text(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int at = java.util.Arrays.binarySearch(upTo, random.nextDouble() * upTo[WORDS - 1]);
            text.append(i == 0 ? "" : " ").append(words[Math.min(WORDS - 1, at < 0 ? -at - 1 : at)]);
        }
        return text.toString();
    }

    /** A vector of length 1. */
    float[] vector() {
        return around(centres.get(random.nextInt(CENTRES)), SPREAD / Math.sqrt(DIMENSION));
    }

    private float[] around(float[] centre, double spread) {
        float[] vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (centre[i] + spread * random.nextGaussian());
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int syllables = 1 + random.nextInt(4); syllables > 0; syllables--) {
            word.append("bcdfghjklmnprstvz".charAt(random.nextInt(17))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.append("dnrtk".charAt(random.nextInt(5))).toString();
    }
}
