package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.core.StudioBuilder;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the studio keeps its data: the option, else the environment, else a folder beside the script. */
final class WorkspaceOption {
    private static final String AUDIT = "STUDIO_AUDIT";

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

    /**
     * The studio of a command that ends with its answer. Loading what keeps the audit log would cost each of them about a
     * tenth of its time, so that it is off here unless {@value #AUDIT} is {@code on}; where a studio stays open, it is on.
     */
    Studio open() {
        return builder().build();
    }

    /** One that may connect every file of this machine: whoever types the command can read no more by it than without. */
    Studio openForFiles() {
        List<Path> roots = new ArrayList<>();
        FileSystems.getDefault().getRootDirectories().forEach(roots::add);
        return builder().fileFolders(roots).build();
    }

    private StudioBuilder builder() {
        boolean audited = "on".equalsIgnoreCase(System.getenv(AUDIT));
        return Studio.builder().workspace(path()).auditing(audited ? Studio.Auditing.ON : Studio.Auditing.OFF);
    }
}
