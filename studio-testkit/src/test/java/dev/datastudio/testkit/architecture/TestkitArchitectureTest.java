package dev.datastudio.testkit.architecture;

import java.util.Set;

class TestkitArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.TESTKIT;
    }

    /** They ask the system to mount a disk, and start real servers. */
    @Override
    protected Set<String> sandboxes() {
        return Set.of(
                "dev.datastudio.testkit.disk.SmallDisk",
                "dev.datastudio.testkit.server.ChromaPrograms",
                "dev.datastudio.testkit.server.ChromaServer",
                "dev.datastudio.testkit.server.MariaDbPrograms",
                "dev.datastudio.testkit.server.MariaDbServer",
                "dev.datastudio.testkit.server.Neo4jPrograms",
                "dev.datastudio.testkit.server.Neo4jServer",
                "dev.datastudio.testkit.server.Programs");
    }
}
