package dev.datastudio.ml.algorithm;

/** What remembers. */
public enum RecurrentCell {
    /** One tanh layer (Elman, 1990). */
    RNN,
    /** Long short-term memory (Hochreiter and Schmidhuber, 1997). */
    LSTM,
    /** Gated recurrent unit (Cho et al., 2014). */
    GRU
}
