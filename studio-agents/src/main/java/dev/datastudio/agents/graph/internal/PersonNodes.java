package dev.datastudio.agents.graph.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.json.internal.PortValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes that wait for a person. */
public final class PersonNodes {
    /** The kind of its questions. */
    static final String ASK = "approval";

    private PersonNodes() {}

    /** All of them. */
    public static List<NodeType> all() {
        return List.of(approval());
    }

    private static NodeType approval() {
        return NodeType.define("human.approval", 1)
                .title("Approval")
                .category("People")
                .description("Stops the run until a person approves or rejects the value, or gives another one.")
                .role(NodeType.Role.CHOICE)
                .config("""
                        {"type":"object","additionalProperties":false,"properties":{
                          "question":{"type":"string","maxLength":2000,"format":"multiline",
                            "default":"Go on with this?","description":"what the person is asked"}}}
                        """)
                .inputs(Port.required("value", PortType.ANY))
                .outputs(Port.optional("approved", PortType.ANY), Port.optional("rejected", PortType.ANY))
                .work(config -> (inputs, context) -> {
                    @Nullable Object value = inputs.all().get("value");
                    Decision decision = ask(context, ASK, config.text("question", "Go on with this?"), value);
                    @Nullable Object given = decision.hasValue() ? decision.value() : value;
                    return Values.of(Collections.singletonMap(decision.isApproved() ? "approved" : "rejected", given));
                })
                .build();
    }

    /**
     * What a person said.
     *
     * @param hasValue whether another value was given
     */
    public record Decision(
            boolean isApproved, boolean hasValue, @Nullable Object value) {}

    /** Asks a person in the run and waits for the answer, over the end of the process too. */
    static Decision ask(NodeContext context, String key, String question, @Nullable Object value) {
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("kind", key);
        asked.put("question", question);
        asked.put("value", value);
        try {
            return decision(context.interrupt(key, Values.of(asked).toJson(), String.class));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.INVALID_ARGUMENT) {
                throw e;
            }
            throw new StudioException(
                    e.code(),
                    "Nobody is there to answer " + StudioException.quote(question),
                    "Run the graph in the web application, or by GraphRuns, where a person can answer",
                    e);
        }
    }

    /**
     * Reads an answer: {@code {"approved": true}}, with {@code "value"} where another value is given.
     *
     * @throws StudioException INVALID_ARGUMENT
     */
    public static Decision decision(String json) {
        Values answer = PortValue.object(json);
        if (!(answer.all().get("approved") instanceof Boolean approved)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The answer does not say whether it is approved",
                    "Give true, false, or an object with 'approved' and, to change it, 'value'");
        }
        return new Decision(approved, answer.has("value"), answer.all().get("value"));
    }
}
