package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.mcp.McpServerTool;
import dev.datastudio.agents.mcp.McpServerTool.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tool with the definition that somebody approved, and the one that waits for approval. One of the two is there.
 *
 * @param approved what models are shown; empty for a tool that was added later
 * @param offered what the server says by now; empty when it is what was approved
 */
public record PinnedTool(Optional<Definition> approved, Optional<Definition> offered) {
    static PinnedTool approved(Definition definition) {
        return new PinnedTool(Optional.of(definition), Optional.empty());
    }

    /** The definition that is shown: the approved one, if there is one. */
    public Definition shown() {
        return approved.or(() -> offered).orElseThrow();
    }

    /** The definition as the server says it by now. */
    public Definition newest() {
        return offered.or(() -> approved).orElseThrow();
    }

    public State state() {
        if (offered.isEmpty()) {
            return State.APPROVED;
        }
        return approved.isEmpty() ? State.ADDED : State.CHANGED;
    }

    /** The same, with the newest definition approved. */
    PinnedTool approve() {
        return approved(newest());
    }

    /** The same for whoever looks at it. */
    public McpServerTool shownAs(String tool) {
        return new McpServerTool(
                shown().name(),
                tool,
                shown().description(),
                state(),
                offered.map(Definition::description),
                newest().hash());
    }

    /**
     * What becomes of pinned tools when a server is listed. What it lists first is taken as it is, since somebody has
     * just configured it; what is added or changed later waits.
     *
     * @param first whether it was never listed before
     */
    static List<PinnedTool> merge(List<PinnedTool> pinned, Map<String, Definition> listed, boolean first) {
        List<PinnedTool> merged = new ArrayList<>();
        for (Definition definition : listed.values()) {
            Optional<Definition> approved = pinned.stream()
                    .filter(each -> each.shown().name().equals(definition.name()))
                    .findFirst()
                    .flatMap(PinnedTool::approved);
            boolean same = approved.filter(before -> before.hash().equals(definition.hash()))
                    .isPresent();
            merged.add(same || first ? approved(definition) : new PinnedTool(approved, Optional.of(definition)));
        }
        return List.copyOf(merged);
    }
}
