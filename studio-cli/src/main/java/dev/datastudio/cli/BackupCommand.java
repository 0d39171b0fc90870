package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.backup.BackupSummary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio backup FILE}: the whole workspace in one file, while others use it (S10). */
@Command(
        name = "backup",
        description = "Backs the workspace up into one file; others may go on using it.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the backup; must not be there yet")
    private Path file = Path.of("");

    @Option(
            names = "--with-key",
            description = "include the key that opens the workspace's passwords; keep the file safe then")
    private boolean withKey;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Studio studio = workspace.open();
                ProgressLine progress = terminal.progressOf("Workspace")) {
            BackupOptions options = BackupOptions.DEFAULT.telling(progress).cancelledBy(terminal.cancellation());
            BackupSummary summary = studio.backUp(file, withKey ? options.includingKeyFile() : options);
            RestoreCommand.print(terminal, summary, summary.file());
            return StudioCommand.OK;
        }
    }
}
