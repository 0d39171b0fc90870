package dev.datastudio.core.analysis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.internal.PlanReader;
import dev.datastudio.core.analysis.internal.PlanWriter;

/**
 * The JSON form of plans: closed, exact, without class names.
 *
 * <p>A plan is {@code {"version":1,"steps":[…]}}. Enum names are lower case. A value is a JSON number, text or truth
 * value, or an object told apart by one of its fields: {@code {"column":"Age"}} (with {@code "table"} when the step
 * reads several), {@code {"date":"2024-12-31"}}, {@code {"part":"month","of":…}}. So are conditions:
 * {@code {"compare":"greater","left":{"column":"Age"},"right":30}}. What stands at its default is left out.
 */
public final class PlanJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PlanJson() {}

    /** The plan as JSON; {@link #read} gives an equal plan. */
    public static String write(AnalysisPlan plan) {
        return new PlanWriter(PlanWriter.Form.FULL).write(plan).toString();
    }

    /**
     * What decides the rows of a plan, as JSON: without the words of the question, and with conditions in an order of
     * their own. Equal for plans that differ in nothing else, so it can be a part of a cache key; validate first, so
     * that names have one spelling.
     */
    public static String canonical(AnalysisPlan plan) {
        return new PlanWriter(PlanWriter.Form.CANONICAL).write(plan).toString();
    }

    /**
     * The plan that a JSON text holds.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming the place and what is allowed there, when the
     *     text is not JSON, or has an unknown version, field or value
     */
    public static AnalysisPlan read(String json) {
        return PlanReader.read(tree(json));
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new StudioException(
                    ErrorCode.INVALID_PLAN,
                    "The plan is not JSON" + place + ": " + e.getOriginalMessage(),
                    "Write it as {\"version\":1,\"steps\":[…]}",
                    e);
        }
    }
}
