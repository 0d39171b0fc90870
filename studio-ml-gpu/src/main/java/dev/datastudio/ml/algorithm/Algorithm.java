package dev.datastudio.ml.algorithm;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.internal.Parameters;
import java.util.List;
import java.util.Map;

/** What is trained, with its parameters. Each is an immutable record whose components carry a {@link Parameter}. */
public sealed interface Algorithm
        permits LinearRegression,
                LogisticRegression,
                DecisionTree,
                RandomForest,
                NearestNeighbours,
                SupportVectorMachine,
                GradientBoosting,
                XgBoost,
                DeepAlgorithm {
    /** All kinds, the simplest first. */
    List<Class<? extends Record>> KINDS = List.of(
            LinearRegression.class,
            LogisticRegression.class,
            DecisionTree.class,
            RandomForest.class,
            NearestNeighbours.class,
            SupportVectorMachine.class,
            GradientBoosting.class,
            XgBoost.class,
            MultilayerPerceptron.class,
            ConvolutionalNetwork.class,
            RecurrentNetwork.class,
            Transformer.class,
            ResidualNetwork.class,
            CustomNetwork.class,
            Autoencoder.class,
            GenerativeNetwork.class);

    /** Its name in JSON and in tools: {@code random_forest}. */
    default String name() {
        return Parameters.nameOf(getClass());
    }

    /** Whether it learns to predict a column; else it learns what rows are like. */
    default boolean needsTarget() {
        return true;
    }

    /** The parameters by name: whole numbers, numbers, or lower-case words. */
    default Map<String, Object> parameters() {
        return Parameters.values((Record) this);
    }

    /**
     * The same with one parameter changed.
     *
     * @param parameter its name
     * @param value a number, or the name of an enum's constant in any letter case
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there is no such parameter, or it can't be that
     */
    default Algorithm with(String parameter, Object value) {
        Map<String, Object> values = new java.util.LinkedHashMap<>(parameters());
        if (!values.containsKey(parameter)) {
            return of(name(), Map.of(parameter, value)); // says which there are
        }
        values.put(parameter, value instanceof Enum<?> constant ? constant.name() : value);
        return of(name(), values);
    }

    /**
     * An algorithm by its name.
     *
     * @param parameters some of its parameters, the others have their defaults
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there is none of that name, or a parameter is
     *     unknown or out of its range
     */
    static Algorithm of(String name, Map<String, ?> parameters) {
        for (Class<? extends Record> kind : KINDS) {
            if (Parameters.nameOf(kind).equals(name)) {
                return (Algorithm) Parameters.make(kind, parameters);
            }
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "There is no algorithm " + StudioException.quote(name),
                "Use one of " + KINDS.stream().map(Parameters::nameOf).toList());
    }
}
