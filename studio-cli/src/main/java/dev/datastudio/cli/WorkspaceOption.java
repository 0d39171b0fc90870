package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the studio keeps its data: the option, else the environment, else a folder beside the script. */
final class WorkspaceOption {
    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "where Studio keeps imported data and results (default: $STUDIO_WORKSPACE, else studio-data)")
    private @Nullable Path workspace;

    Path path() {
        if (workspace != null) {
            return workspace;
        }
        String environment = System.getenv("STUDIO_WORKSPACE");
        if (environment != null && !environment.isBlank()) {
            return Path.of(environment);
        }
        return Path.of(System.getProperty("studio.home", "."), "studio-data");
    }

    Studio open() {
        return Studio.open(path());
    }
}
