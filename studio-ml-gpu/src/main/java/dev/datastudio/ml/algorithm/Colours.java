package dev.datastudio.ml.algorithm;

/** What is seen of a picture. */
public enum Colours {
    /** How bright each point is. */
    GREY,
    /** Red, green and blue. */
    RGB
}
