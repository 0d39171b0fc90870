package dev.datastudio.app.graph;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.Values;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person answers to a run that waits.
 *
 * @param value true to go on, false not to, or an object with {@code approved} and, for another value, {@code value}
 * @param interrupt the id of the question; absent where there is only one
 */
record RunAnswer(
        @Schema(
                description = "true to go on, false not to, or an object with approved and, for another value, value",
                types = {"boolean", "object"})
        @Nullable
        Object value,

        @Nullable String interrupt) {
    Values answer() {
        if (value instanceof Boolean approved) {
            return Values.of("approved", approved);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            map.forEach((name, each) -> answer.put(String.valueOf(name), each));
            return Values.of(answer);
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The answer is " + StudioException.quote(value),
                "Give true, false, or an object with 'approved' and, to change it, 'value'");
    }
}
