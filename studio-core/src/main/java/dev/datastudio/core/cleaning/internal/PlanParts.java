package dev.datastudio.core.cleaning.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.PlanJson;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.cleaning.CleaningStep;
import java.util.List;

/** Conditions and expressions in the JSON form that they have in plans: as those of a plan of one step. */
final class PlanParts {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PlanParts() {}

    static JsonNode write(Condition condition) {
        JsonNode step =
                written(Step.of(Operation.LIST, source()).filter(condition).build());
        return step.has("filter")
                ? step.get("filter")
                : MAPPER.createObjectNode().set("all", MAPPER.createArrayNode());
    }

    static JsonNode write(Expression expression) {
        Step step = Step.of(Operation.LIST, source())
                .dimensions(List.of(Dimension.of(expression)))
                .build();
        return written(step).get("dimensions").get(0).get("of");
    }

    private static Source source() {
        return new Source(List.of(CleaningStep.TABLE), List.of());
    }

    private static JsonNode written(Step step) {
        try {
            return MAPPER.readTree(PlanJson.write(new AnalysisPlan(List.of(step))))
                    .get("steps")
                    .get(0);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A written plan is JSON", e);
        }
    }

    static Condition condition(Fields json) {
        ObjectNode step = step();
        step.set("filter", json.json());
        return read(json, step).filter();
    }

    static Expression expression(Fields json) {
        ObjectNode step = step();
        step.putArray("dimensions").addObject().set("of", json.json());
        return read(json, step).dimensions().get(0).of();
    }

    static Constant constant(Fields json) {
        if (expression(json) instanceof Constant constant) {
            return constant;
        }
        throw json.wrong("This is not a value", "Write a number, a text, true, false or {\"date\":\"2024-12-31\"}");
    }

    private static ObjectNode step() {
        ObjectNode step = MAPPER.createObjectNode();
        step.put("op", Operation.LIST.jsonName()).putArray("tables").add(CleaningStep.TABLE);
        return step;
    }

    private static Step read(Fields json, ObjectNode step) {
        ObjectNode plan = MAPPER.createObjectNode();
        plan.put("version", AnalysisPlan.VERSION).putArray("steps").add(step);
        try {
            return PlanJson.read(plan.toString()).steps().get(0);
        } catch (StudioException e) {
            String inside = e.what().replaceFirst("^steps\\[0]\\.(filter|dimensions\\[0]\\.of)", "");
            throw new StudioException(e.code(), json.path() + inside, e.mend(), e);
        }
    }
}
