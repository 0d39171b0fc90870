package dev.datastudio.core.tool;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.tool.internal.RunPython;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The tool that runs a model's code: {@code run_python}. It is there only with a runner that proved itself.
 *
 * <p>The code sees the data sets that the call names, copied into CSV files, if they belong to the caller. The files
 * that it leaves go into the caller's artifacts, under {@code code/}.
 */
public final class CodeTools {
    private CodeTools() {}

    /**
     * The tool, or none when the runner is not available; everything given stays open.
     *
     * @param temporary where folders for single calls are made and removed
     */
    public static List<Tool> over(
            CodeRunner runner, Datasets datasets, ArtifactStore artifacts, Supplier<Path> temporary) {
        return runner.availability().isAvailable()
                ? List.of(new RunPython(runner, datasets, artifacts, temporary))
                : List.of();
    }
}
