package dev.datastudio.ml.algorithm;

/** An algorithm that learns layers by gradients, with PyTorch. */
public sealed interface DeepAlgorithm extends Algorithm
        permits MultilayerPerceptron,
                ConvolutionalNetwork,
                RecurrentNetwork,
                Transformer,
                ResidualNetwork,
                CustomNetwork,
                Autoencoder,
                GenerativeNetwork {
    /** How it is trained. */
    Descent descent();

    /** How rows are read. */
    Reading reading();

    /** The same with what was found out of how rows are read. */
    DeepAlgorithm reading(Reading found);
}
