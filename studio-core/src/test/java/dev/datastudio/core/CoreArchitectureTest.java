package dev.datastudio.core;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;

class CoreArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.CORE;
    }
}
