package dev.datastudio.testkit.architecture;

import java.util.Set;

class TestkitArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.TESTKIT;
    }

    /** It asks the system to mount a disk. */
    @Override
    protected Set<String> sandboxes() {
        return Set.of("dev.datastudio.testkit.disk.SmallDisk");
    }
}
