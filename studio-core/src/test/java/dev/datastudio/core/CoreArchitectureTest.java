package dev.datastudio.core;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;
import java.util.Set;

class CoreArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.CORE;
    }

    /** Starts Python in a jail that was proved to hold, and only where the program asked for it. */
    @Override
    protected Set<String> sandboxes() {
        return Set.of("dev.datastudio.core.code.internal.JailProcess");
    }
}
