package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentLimits;
import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.prompt.internal.PromptFile;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The agents that every studio has, as their files say. */
public final class BuiltInAgents {
    private static final Map<String, PromptFile> TEXTS = texts();

    /** By their ids, in the order in which people know them. */
    public static final Map<String, AgentSpec> SPECS = specs();

    private BuiltInAgents() {}

    private static Map<String, PromptFile> texts() {
        Map<String, PromptFile> texts = new LinkedHashMap<>();
        List.of("data_analyst", "data_scientist", "sql_expert", "visualization_expert", "rag_assistant", "ml_engineer")
                .forEach(id -> texts.put(id, PromptFile.load("agent/" + id)));
        return texts;
    }

    private static Map<String, AgentSpec> specs() {
        Map<String, AgentSpec> specs = new LinkedHashMap<>();
        TEXTS.forEach((id, text) -> specs.put(
                id,
                new AgentSpec(
                        id,
                        text.value("title"),
                        text.value("description"),
                        text.text(),
                        Arrays.asList(text.value("tools").split(", ")),
                        "",
                        OptionalDouble.empty(),
                        AgentLimits.DEFAULT)));
        return Collections.unmodifiableMap(specs);
    }

    /** Names the wording of the instructions of a built-in agent, such as {@code data_analyst-1}. */
    public static Optional<String> version(String id) {
        return Optional.ofNullable(TEXTS.get(id)).map(PromptFile::version);
    }
}
