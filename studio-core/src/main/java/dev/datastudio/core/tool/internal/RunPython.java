package dev.datastudio.core.tool.internal;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.code.CodeFile;
import dev.datastudio.api.code.CodeLimits;
import dev.datastudio.api.code.CodeOutput;
import dev.datastudio.api.code.CodeRequest;
import dev.datastudio.api.code.CodeResult;
import dev.datastudio.api.code.CodeResult.Ending;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.export.ExportFormat;
import dev.datastudio.core.export.ExportOptions;
import dev.datastudio.core.export.Exports;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs Python over copies of data sets. */
public final class RunPython extends CheckedTool {
    private static final String SOURCES = "source_ids";
    private static final int MAX_SOURCES = 16;
    /** What a model is shown of each output; it can print less. */
    private static final CodeLimits LIMITS = CodeLimits.DEFAULT.withMaxOutputBytes(16 << 10);

    private final CodeRunner runner;
    private final Datasets datasets;
    private final ArtifactStore artifacts;
    private final Supplier<Path> temporary;

    public RunPython(CodeRunner runner, Datasets datasets, ArtifactStore artifacts, Supplier<Path> temporary) {
        super(
                "run_python",
                "Runs Python code (" + runner.availability().text() + ") where it can do nothing but compute: no"
                        + " network, no other files. Each data set named is a CSV file in the working folder, called"
                        + " as its table, such as sales.csv. Print what you want to know; files that the code writes"
                        + " into the working folder are kept. Use it for what no other tool does.",
                new InputSchema()
                        .required("code", "A whole Python program")
                        .texts(SOURCES, "Ids or names of data sets that it reads"));
        this.runner = runner;
        this.datasets = datasets;
        this.artifacts = artifacts;
        this.temporary = temporary;
    }

    @Override
    public SideEffect sideEffect() {
        return SideEffect.EXTERNAL;
    }

    @Override
    protected ToolResult result(Arguments arguments, ToolContext context) {
        String code = arguments.required("code");
        List<String> ids = arguments.texts(SOURCES);
        if (ids.size() > MAX_SOURCES) {
            throw Arguments.invalid("The code reads " + ids.size() + " data sets", "Name at most " + MAX_SOURCES);
        }
        Datasets own = datasets.as(context.caller());
        List<Dataset> sources =
                ids.stream().map(id -> DatasetTool.find(own, id)).distinct().toList();
        Path within = temporary.get();
        try {
            Path folder = Files.createTempDirectory(within, "run-python-");
            try {
                return run(code, own, sources, folder, context);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw StorageErrors.writing("The files of the code could not be written", within, e);
        }
    }

    private ToolResult run(String code, Datasets own, List<Dataset> sources, Path folder, ToolContext context)
            throws IOException {
        CodeRequest request =
                CodeRequest.python(code, folder.resolve("outputs")).withLimits(LIMITS);
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        for (Dataset source : sources) {
            String name = source.table() + ".csv";
            if (request.inputs().containsKey(name)) {
                throw Arguments.invalid(
                        "Two of the data sets are the table '" + source.table() + "'", "Name only one of them");
            }
            Path file = inputs.resolve(name);
            ExportOptions options =
                    ExportOptions.of(ExportFormat.CSV).keepingFormulas().cancelledBy(context.cancellation());
            Exports.of(own, temporary).export(source, file, options);
            request = request.withInput(name, file);
        }
        CodeResult result = runner.run(request, context.cancellation());
        return told(result, form(code, sources), context.caller());
    }

    private static String form(String code, List<Dataset> sources) {
        List<String> parts = new ArrayList<>(List.of(code));
        sources.forEach(source -> parts.add(source.id().toString()));
        return ChartFiles.name("run", String.join("\n", parts));
    }

    private ToolResult told(CodeResult result, String run, Caller caller) throws IOException {
        List<String> lines = new ArrayList<>(List.of(ending(result)));
        output(lines, "Output", result.standardOutput());
        output(lines, "Errors", result.errorOutput());
        List<String> keys = new ArrayList<>();
        ArtifactKey folder = ArtifactKey.of(caller).resolve("code/" + run);
        for (CodeFile file : result.files()) {
            keep(folder, file, keys, lines);
        }
        if (result.areFilesTruncated() && result.ending() == Ending.EXITED) {
            lines.add("Some files are left out: too large together, too many, or with names that can't be kept.");
        }
        boolean failed = result.ending() != Ending.EXITED || result.exitCode() != 0;
        return new ToolResult(String.join("\n", lines), failed, keys);
    }

    private static String ending(CodeResult result) {
        String took = String.format(Locale.ROOT, "%.1f s", result.took().toMillis() / 1000.0);
        return switch (result.ending()) {
            case EXITED ->
                result.exitCode() == 0
                        ? "The code ran for " + took + "."
                        : "The code failed with exit code " + result.exitCode() + " after " + took + ".";
            case WALL_TIME ->
                "The code was stopped after " + took + ", as it may run for "
                        + LIMITS.wallTime().toSeconds() + " s. Make it do less.";
            case CPU_TIME ->
                "The code was stopped, as it may compute for "
                        + LIMITS.cpuTime().toSeconds() + " s. Make it do less.";
            case MEMORY ->
                "The code was stopped, as it may use " + (LIMITS.memoryBytes() >> 20)
                        + " MiB of memory. Make it keep less.";
        };
    }

    private static void output(List<String> lines, String title, CodeOutput output) {
        if (!output.text().isBlank()) {
            lines.add(title + ":");
            lines.add(output.text().stripTrailing());
        }
        if (output.isTruncated()) {
            lines.add("(cut after " + LIMITS.maxOutputBytes() + " bytes; print less)");
        }
    }

    private void keep(ArtifactKey folder, CodeFile file, List<String> keys, List<String> lines) throws IOException {
        ArtifactKey key;
        try {
            key = folder.resolve(file.name());
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ARTIFACT_KEY_INVALID) {
                throw e;
            }
            lines.add("File " + file.name() + " is not kept: " + e.mend());
            return;
        }
        try (InputStream content = Files.newInputStream(file.file())) {
            artifacts.put(key, content);
        }
        keys.add(key.value());
        lines.add("File: " + key.value() + " (" + file.bytes() + " bytes)");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
