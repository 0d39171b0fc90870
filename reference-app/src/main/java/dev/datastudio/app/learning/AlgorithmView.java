package dev.datastudio.app.learning;

import dev.datastudio.ml.AlgorithmKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A kind of model that can be trained. Immutable.
 *
 * @param type its name in specs
 * @param tasks what it can do: {@code classification}, {@code regression}
 * @param isDeep whether it learns in epochs
 * @param parameters in order
 */
@Schema(name = "Algorithm")
record AlgorithmView(String type, List<String> tasks, boolean isDeep, List<ParameterView> parameters) {
    /**
     * A parameter of an algorithm.
     *
     * @param name of the parameter
     * @param kind {@code integer}, {@code number}, a choice ({@code "choice"}) or a text ({@code "text"})
     * @param byDefault the value when nothing is said, as text
     * @param min the least value; of numbers
     * @param max the greatest value; of numbers
     * @param choices the words that there are; of choices
     * @param meaning what it does
     */
    @Schema(name = "AlgorithmParameter")
    record ParameterView(
            String name,
            String kind,
            String byDefault,
            Optional<Double> min,
            Optional<Double> max,
            List<String> choices,
            String meaning) {}

    /** All kinds, the simplest first. */
    static List<AlgorithmView> all() {
        return AlgorithmKind.all().stream()
                .map(kind -> new AlgorithmView(
                        kind.name(),
                        kind.tasks().stream().map(Words::of).toList(),
                        kind.isDeep(),
                        kind.parameters().stream().map(AlgorithmView::of).toList()))
                .toList();
    }

    private static ParameterView of(AlgorithmKind.Setting parameter) {
        return new ParameterView(
                parameter.name(),
                parameter.kind(),
                parameter.byDefault(),
                parameter.min(),
                parameter.max(),
                parameter.choices(),
                parameter.meaning());
    }
}
