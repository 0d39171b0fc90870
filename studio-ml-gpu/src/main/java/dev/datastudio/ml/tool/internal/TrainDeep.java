package dev.datastudio.ml.tool.internal;

import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.ml.TrainingRequest;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.InputKind;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.spec.TrainingSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains a network of a table, or of steps, texts or pictures. */
public final class TrainDeep extends TrainingTool {
    private static final String ARCHITECTURE = "architecture";
    private static final String FRAMEWORK = "framework";
    private static final String PYTORCH = "pytorch";
    private static final String PARAMETERS = "parameters";
    private static final String INPUT = "input";
    private static final String AUTOMATIC = "automatic";

    /** What people set most, as the tool and as the algorithms call it. */
    private static final Map<String, String> OWN =
            Map.of(Kinds.EPOCHS, Kinds.EPOCHS, "batch_size", "batch", "learning_rate", "learningRate");

    private static final List<String> SET_ELSEWHERE = List.of("epochs", "batch", "learningRate", FRAMEWORK, INPUT);
    private static final List<String> INPUTS = Arrays.stream(InputKind.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();

    public TrainDeep(Studio studio) {
        super(
                studio,
                "train_dl_model",
                "Trains a neural network that predicts a column of a data set from its other columns, judges it on rows"
                        + " that it has not seen, beside a baseline, and keeps it. It reads a table, one column of texts,"
                        + " one of pictures (files as Base64) or columns of numbers as steps in time, by architecture and"
                        + " input. Slower than train_ml_model and, on small tables, seldom better. Without a target an"
                        + " autoencoder learns which rows are unusual, and a generative_network to make rows like those"
                        + " that are there (generate_rows).",
                schema("The column to predict; needed unless the architecture is one of " + withoutTarget())
                        .choice(ARCHITECTURE, architectures(), architectures().get(0), "What the network is made of")
                        .choice(
                                INPUT,
                                INPUTS,
                                AUTOMATIC,
                                "What a row is. multilayer_perceptron reads tables, residual_network and custom_network"
                                        + " everything, convolutional_network all but tables, recurrent_network and"
                                        + " transformer steps and texts; automatic takes a column of pictures or of texts,"
                                        + " else the numbers")
                        .schema(Kinds.EPOCHS, number("integer", 1, 1_000, 50, "How often all rows are seen"))
                        .schema("batch_size", number("integer", 1, 512, 32, "How many rows a step learns from"))
                        .schema("learning_rate", number("number", 1e-5, 1.0, 1e-3, "How large a step is"))
                        .choice(FRAMEWORK, List.of(PYTORCH), PYTORCH, "What computes")
                        .object(
                                PARAMETERS,
                                "Further parameters, all optional. " + Kinds.parameters(Kinds.deep(), SET_ELSEWHERE)));
    }

    private static List<String> architectures() {
        return Kinds.names(Kinds.deep());
    }

    private static List<String> withoutTarget() {
        return Kinds.names(
                Kinds.deep().stream().filter(kind -> !Kinds.needsTarget(kind)).toList());
    }

    private static Map<String, Object> number(
            String type, double least, double most, double byDefault, String meaning) {
        return Map.of("type", type, "minimum", least, "maximum", most, "default", byDefault, "description", meaning);
    }

    @Override
    TrainingSpec without(Arguments arguments) {
        Algorithm algorithm = algorithm(arguments);
        if (algorithm.needsTarget()) {
            throw Arguments.invalid(
                    "The argument 'target' is missing",
                    "Give it, or choose one of " + withoutTarget() + ", which learn without one");
        }
        return TrainingSpec.without(algorithm);
    }

    @Override
    TrainingRequest request(TrainingRequest plain, Arguments arguments) {
        return TrainModel.with(plain, plain.spec().with(algorithm(arguments)));
    }

    private static Algorithm algorithm(Arguments arguments) {
        String framework = arguments.text(FRAMEWORK).strip();
        if (framework.equalsIgnoreCase("tensorflow")) {
            throw Arguments.invalid(
                    "Networks are not trained with tensorflow: its Java binding is not kept any more and trains only"
                            + " graphs that Python wrote",
                    "Leave 'framework' out, or use pytorch, which learns the same networks");
        }
        arguments.choice(FRAMEWORK, List.of(PYTORCH), PYTORCH);
        String architecture =
                arguments.choice(ARCHITECTURE, architectures(), architectures().get(0));
        Map<String, Object> values = new LinkedHashMap<>(
                arguments.objects(PARAMETERS).stream().findFirst().orElse(Map.of()));
        Map<String, Object> known = Algorithm.KINDS.stream()
                .filter(kind -> Parameters.nameOf(kind).equals(architecture))
                .findFirst()
                .map(Parameters::schema)
                .orElseThrow();
        String input = arguments.choice(INPUT, INPUTS, AUTOMATIC);
        if (known.containsKey(INPUT) && !input.equals(AUTOMATIC)) {
            values.put(INPUT, input);
        } else if (!input.equals(AUTOMATIC) && !input.equals("table")) {
            throw Arguments.invalid(
                    "A " + architecture + " reads tables only, and 'input' is " + input,
                    "Use convolutional_network, recurrent_network or transformer");
        }
        OWN.forEach((name, parameter) -> {
            double value = arguments.number(name, Double.NaN);
            if (!Double.isNaN(value) && known.containsKey(parameter)) {
                values.put(parameter, value);
            }
        });
        return Algorithm.of(architecture, values);
    }
}
