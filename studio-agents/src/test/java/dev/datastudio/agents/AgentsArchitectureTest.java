package dev.datastudio.agents;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;
import java.util.Set;

class AgentsArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.AGENTS;
    }

    @Override
    protected Set<String> sandboxes() {
        return Set.of("dev.datastudio.agents.mcp.internal.StdioTransport"); // starts programs that the host offers
    }
}
