package dev.datastudio.rag;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;
import java.util.Set;

class RagArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.RAG;
    }

    @Override
    protected Set<String> sandboxes() {
        return Set.of("dev.datastudio.rag.extract.internal.ChildProcess");
    }
}
