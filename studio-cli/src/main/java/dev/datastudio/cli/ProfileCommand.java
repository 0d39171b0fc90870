package dev.datastudio.cli;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.SupportsLocalPath;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.ProfileComparison;
import dev.datastudio.core.profile.ProfileJson;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.profile.ProfileReport;
import dev.datastudio.core.profile.ProfileText;
import dev.datastudio.core.profile.Profiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio profile FILE}: what a file holds, and how it differs from another one (A1, D11). */
@Command(
        name = "profile",
        description = "Tells what each column of a file holds and what deserves a look; writes an HTML report.",
        mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the file")
    private String file = "";

    @Option(names = "--compare", paramLabel = "OLD", description = "tell how FILE differs from this older file")
    private @Nullable String older;

    @Option(names = "--json", description = "print everything as JSON; with --out the report is written too")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "folder for the report; a name that ends in .html is that of the report itself (default: in the"
                            + " workspace)")
    private @Nullable Path out;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ProfileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Studio studio = workspace.open()) {
            DataFiles files = new DataFiles(studio, terminal);
            Dataset dataset = files.open(file);
            if (older == null) {
                DatasetProfile profile = profile(studio, dataset);
                print(
                        studio,
                        dataset,
                        "profile",
                        json ? ProfileJson.write(profile) : text(dataset, profile),
                        () -> ProfileReport.html(profile));
            } else {
                ProfileComparison comparison = compare(studio, dataset, files.open(older));
                String text = json ? ProfileJson.write(comparison) : ProfileText.format(comparison);
                print(studio, dataset, "comparison", text, () -> ProfileReport.html(comparison));
            }
            return StudioCommand.OK;
        }
    }

    private DatasetProfile profile(Studio studio, Dataset dataset) {
        try (ProgressLine progress = terminal.progressOf("Profiling " + dataset.name())) {
            return Profiles.of(studio.datasets()).full(dataset, options(progress));
        }
    }

    private ProfileComparison compare(Studio studio, Dataset dataset, Dataset old) {
        try (ProgressLine progress = terminal.progressOf("Comparing " + dataset.name())) {
            return Profiles.of(studio.datasets()).compare(dataset, old, options(progress));
        }
    }

    private ProfileOptions options(ProgressLine progress) {
        return ProfileOptions.DEFAULT.withProgress(progress).withCancellation(terminal.cancellation());
    }

    private static String text(Dataset dataset, DatasetProfile profile) {
        StringBuilder text = new StringBuilder(ProfileText.format(profile));
        dataset.warnings()
                .forEach(warning -> text.append("  note: ").append(warning).append('\n'));
        return text.toString();
    }

    /** Makes a report when it is wanted. */
    private interface Report {
        String html();
    }

    private void print(Studio studio, Dataset dataset, String kind, String text, Report report) {
        if (json) {
            if (out != null) {
                write(place(out, dataset, kind), report.html());
            }
            terminal.out().println(text);
            return;
        }
        String place = out == null
                ? store(studio.artifacts(), dataset, kind, report.html())
                : write(place(out, dataset, kind), report.html()).toString();
        terminal.out().print(text);
        terminal.out().println();
        terminal.out().println("Report: " + place);
    }

    private static String store(ArtifactStore artifacts, Dataset dataset, String kind, String html) {
        ArtifactKey key = ArtifactPaths.of(dataset).folder().resolve("reports/" + kind + ".html");
        artifacts.put(key, html.getBytes(StandardCharsets.UTF_8));
        return artifacts instanceof SupportsLocalPath local
                ? local.localPath(key).toString()
                : key.toString();
    }

    private static Path place(Path out, Dataset dataset, String kind) {
        return out.toString().endsWith(".html") ? out : out.resolve(dataset.table() + "-" + kind + ".html");
    }

    /** Writes beside the place and renames, so that there is the whole report or none. */
    private static Path write(Path file, String html) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(".studio-" + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(target.getParent());
            try {
                Files.writeString(temporary, html);
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            return file;
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            throw new StudioException(
                    full ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_NOT_WRITABLE,
                    "The report could not be written to " + StudioException.quote(file)
                            + (full ? ": the disk is full" : ": " + e.getClass().getSimpleName()),
                    "Name a folder with --out that you may write to and that has room",
                    e);
        }
    }
}
