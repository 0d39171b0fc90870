package dev.datastudio.ml.spec;

import dev.datastudio.ml.algorithm.Parameter;
import dev.datastudio.ml.algorithm.internal.Parameters;
import java.util.Map;

/**
 * How columns become numbers. All of it is fitted on training rows only and kept with the model. Immutable.
 */
public record Preparation(
        @Parameter(
                byDefault = "MEDIAN",
                meaning = "what stands for a missing number; a feature of its own says that it was missing")
        MissingNumbers missingNumbers,

        @Parameter(byDefault = "AUTOMATIC", meaning = "how words become numbers")
        Categories categories,

        @Parameter(
                byDefault = "30",
                min = 2,
                max = 1000,
                meaning = "the most frequent values that are told apart; the others are one")
        int maxCategories,

        @Parameter(byDefault = "AUTOMATIC", meaning = "how numbers are brought to one size")
        Scaling scaling,

        @Parameter(byDefault = "HASHING", meaning = "what becomes of long texts")
        Texts texts,

        @Parameter(byDefault = "256", min = 16, max = 4096, meaning = "features that words of a text are hashed into")
        int textFeatures,

        @Parameter(
                byDefault = "0",
                min = 0,
                max = 100,
                meaning = "how many products of two of the strongest features are added")
        int interactions,

        @Parameter(
                byDefault = "0",
                min = 0,
                max = 10000,
                meaning = "keeps that many features that tell most alone; 0 keeps all")
        int maxFeatures,

        @Parameter(byDefault = "NONE", meaning = "how much rows of rare classes count")
        ClassWeights classWeights) {
    /** With the defaults. */
    public static final Preparation DEFAULT = Parameters.defaults(Preparation.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public Preparation {
        Parameters.check(
                Preparation.class,
                missingNumbers,
                categories,
                maxCategories,
                scaling,
                texts,
                textFeatures,
                interactions,
                maxFeatures,
                classWeights);
    }

    /**
     * By the names of the settings.
     *
     * @param settings numbers, or names of enum constants in any letter case; what is left out has its default
     * @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a setting is unknown, of the wrong kind
     *     or out of its range
     */
    public static Preparation of(Map<String, ?> settings) {
        return Parameters.make(Preparation.class, settings);
    }
}
