package dev.datastudio.cli;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;
import java.util.Set;

class CliArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.CLI;
    }

    /** The shell is JShell, run for the person at the keyboard. */
    @Override
    protected Set<String> sandboxes() {
        return Set.of("dev.datastudio.cli.ShellCommand");
    }
}
