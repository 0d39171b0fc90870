package dev.datastudio.ml;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.algorithm.GenerativeNetwork;
import dev.datastudio.ml.algorithm.Parameter;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Learners;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of algorithm as forms and tools need it, made from its {@link Parameter}s. Immutable.
 *
 * @param name as {@link Algorithm#name()}
 * @param tasks what it can do
 * @param isDeep whether it learns in epochs
 * @param parameters in order
 */
public record AlgorithmKind(String name, List<Task> tasks, boolean isDeep, List<Setting> parameters) {
    public AlgorithmKind {
        tasks = List.copyOf(tasks);
        parameters = List.copyOf(parameters);
    }

    /**
     * One parameter. Immutable.
     *
     * @param name of the parameter
     * @param kind {@code integer}, {@code number}, a choice ({@code "choice"}) or a text ({@code "text"})
     * @param byDefault the value when nothing is said, as text
     * @param min the least value; of numbers only
     * @param max the greatest value; of numbers only
     * @param choices the words that there are; empty unless a choice
     * @param meaning what it does, a sentence without a period
     */
    public record Setting(
            String name,
            String kind,
            String byDefault,
            Optional<Double> min,
            Optional<Double> max,
            List<String> choices,
            String meaning) {
        public Setting {
            choices = List.copyOf(choices);
        }
    }

    /** All kinds, the simplest first. */
    public static List<AlgorithmKind> all() {
        return Algorithm.KINDS.stream().map(AlgorithmKind::of).toList();
    }

    private static AlgorithmKind of(Class<? extends Record> type) {
        List<Setting> settings = new ArrayList<>();
        Parameters.schema(type).forEach((name, schema) -> settings.add(setting(name, (Map<?, ?>) schema)));
        Algorithm plain = (Algorithm) Parameters.defaults(type);
        return new AlgorithmKind(plain.name(), tasks(plain), plain instanceof DeepAlgorithm, settings);
    }

    private static List<Task> tasks(Algorithm plain) {
        if (!plain.needsTarget()) {
            return List.of(plain instanceof GenerativeNetwork ? Task.GENERATION : Task.ANOMALY_DETECTION);
        }
        return Stream.of(Task.CLASSIFICATION, Task.REGRESSION)
                .filter(task -> can(plain, task))
                .toList();
    }

    private static boolean can(Algorithm plain, Task task) {
        try {
            Learners.require(plain, task);
            return true;
        } catch (StudioException e) {
            if (e.code() != ErrorCode.INVALID_ARGUMENT) {
                throw e;
            }
            return false;
        }
    }

    private static Setting setting(String name, Map<?, ?> schema) {
        List<String> choices = schema.get("enum") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
        String type = String.valueOf(schema.get("type"));
        return new Setting(
                name,
                !type.equals("string") ? type : choices.isEmpty() ? "text" : "choice",
                String.valueOf(schema.get("default")),
                number(schema.get("minimum")),
                number(schema.get("maximum")),
                choices,
                String.valueOf(schema.get("description")));
    }

    private static Optional<Double> number(@Nullable Object bound) {
        return bound instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }
}
