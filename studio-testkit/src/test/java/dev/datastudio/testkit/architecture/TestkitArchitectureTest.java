package dev.datastudio.testkit.architecture;

class TestkitArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.TESTKIT;
    }
}
