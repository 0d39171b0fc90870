package dev.datastudio.ml.algorithm;

import dev.datastudio.ml.algorithm.internal.Parameters;

/** How rows are read by deep models that see an order in them. Immutable. */
public record Reading(
        @Parameter(byDefault = "AUTOMATIC", meaning = "what a row is: a table, steps, a picture or a text")
        InputKind input,

        @Parameter(
                byDefault = "1",
                min = 1,
                max = 1000,
                meaning = "of steps: how many columns following each other make one")
        int valuesPerStep,

        @Parameter(
                byDefault = "32",
                min = 4,
                max = 256,
                meaning = "of pictures: the points a side that they are brought to")
        int pictureSize,

        @Parameter(byDefault = "RGB", meaning = "of pictures: what is seen of them")
        Colours colours,

        @Parameter(
                byDefault = "2000",
                min = 10,
                max = 50000,
                meaning = "of texts: how many words are known, the most frequent")
        int words,

        @Parameter(byDefault = "64", min = 2, max = 1024, meaning = "of texts: how many words are read, the first")
        int textLength) {
    /** With the defaults of its parameters. */
    public static final Reading DEFAULT = Parameters.defaults(Reading.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public Reading {
        Parameters.check(Reading.class, input, valuesPerStep, pictureSize, colours, words, textLength);
    }

    /** With what was found out. */
    public Reading of(InputKind found) {
        return new Reading(found, valuesPerStep, pictureSize, colours, words, textLength);
    }
}
