package dev.datastudio.ml.algorithm;

/** How a step is made of a slope. */
public enum Optimizer {
    /** With a size of its own for each parameter (Kingma and Ba, 2015). */
    ADAM,
    /** With a momentum of 0.9. */
    SGD
}
