package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.agent.internal.AgentState.Prompt;
import dev.datastudio.agents.agent.internal.AgentState.Task;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.text.internal.OutsideText;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what a model is told beside the messages: the rules, its instructions, and what the question is about. */
final class PromptWriter {
    private static final PromptFile RULES = PromptFile.load("agent/rules");

    private final AgentSpec spec;
    private final ToolRegistry registry;
    private final ContextText context;
    private final Clock clock;

    PromptWriter(AgentSpec spec, ToolRegistry registry, ContextText context, Clock clock) {
        this.spec = spec;
        this.registry = registry;
        this.context = context;
        this.clock = clock;
    }

    /** @throws dev.datastudio.api.error.StudioException SOURCE_NOT_FOUND for a source that is not the caller's */
    Prompt write(Task task, Caller caller, Cancellation cancellation) {
        return new Prompt(
                system(), context.of(task.context(), caller, cancellation), OutsideText.layout(task.question()));
    }

    private String system() {
        LocalDate today = LocalDate.now(clock);
        String day = today.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return RULES.text() + "\n\n" + spec.instructions().strip() + "\n\nToday is " + day + ", " + today + "."
                + absent();
    }

    /** So that the model knows what it can't do, and says so. */
    private String absent() {
        Set<String> there = registry.enabled().stream().map(Tool::name).collect(Collectors.toSet());
        List<String> absent =
                spec.tools().stream().filter(tool -> !there.contains(tool)).toList();
        return absent.isEmpty() ? "" : "\nNot available here: " + String.join(", ", absent) + ".";
    }
}
