package dev.datastudio.agents.planner.model;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;

/**
 * The three tools of which a model calls one. Their schemas leave steps open: what a step may be stands in the
 * instructions, where it takes a third of the tokens of a full schema, and the reader of plans checks it anyhow.
 */
final class PlanTools {
    static final String PLAN = "plan";
    static final String ASK_BACK = "ask_back";
    static final String REFUSE = "refuse";

    static final List<ToolSpecification> SPECIFICATIONS = List.of(
            ToolSpecification.builder()
                    .name(PLAN)
                    .description("Carries out a plan")
                    .parameters(JsonObjectSchema.builder()
                            .addProperty("steps", steps())
                            .required("steps")
                            .build())
                    .build(),
            ToolSpecification.builder()
                    .name(ASK_BACK)
                    .description("Asks which reading is meant")
                    .parameters(JsonObjectSchema.builder()
                            .addProperty(
                                    "readings",
                                    JsonArraySchema.builder()
                                            .description("two to four")
                                            .items(JsonObjectSchema.builder()
                                                    .addStringProperty(
                                                            "question", "a whole question with this reading alone")
                                                    .addProperty("steps", steps())
                                                    .required("question", "steps")
                                                    .build())
                                            .build())
                            .required("readings")
                            .build())
                    .build(),
            ToolSpecification.builder()
                    .name(REFUSE)
                    .description("Says that the tables can't answer")
                    .parameters(JsonObjectSchema.builder()
                            .addStringProperty("reason", "what is missing, one sentence")
                            .addProperty(
                                    "unknown_words",
                                    JsonArraySchema.builder()
                                            .description("words of the question that fit nothing")
                                            .items(new JsonStringSchema())
                                            .build())
                            .required("reason")
                            .build())
                    .build());

    private PlanTools() {}

    private static JsonArraySchema steps() {
        return JsonArraySchema.builder()
                .items(JsonObjectSchema.builder().build())
                .build();
    }
}
