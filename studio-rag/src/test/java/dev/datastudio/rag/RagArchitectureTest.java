package dev.datastudio.rag;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;

class RagArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.RAG;
    }
}
