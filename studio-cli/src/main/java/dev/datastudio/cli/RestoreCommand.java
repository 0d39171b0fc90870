package dev.datastudio.cli;

import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.backup.BackupSummary;
import dev.datastudio.core.backup.Backups;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio restore FILE --workspace DIR}: a workspace of a backup, checked before it gets its name (S10). */
@Command(
        name = "restore",
        description = "Makes a workspace of a backup; the folder must not be there, or be empty.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the backup")
    private Path file = Path.of("");

    @Option(names = "--with-key", description = "restore the key of its passwords too, if it is in the backup")
    private boolean withKey;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (ProgressLine progress = terminal.progressOf("Workspace")) {
            BackupOptions options = BackupOptions.DEFAULT.telling(progress).cancelledBy(terminal.cancellation());
            BackupSummary summary =
                    Backups.restore(file, workspace.path(), withKey ? options.includingKeyFile() : options);
            print(terminal, summary, workspace.path().toAbsolutePath().normalize());
            return StudioCommand.OK;
        }
    }

    static void print(Terminal terminal, BackupSummary summary, Path where) {
        summary.notes().forEach(note -> terminal.err().println("note: " + note));
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s: %,d files, %,d bytes, as of %s",
                        where,
                        summary.files(),
                        summary.bytes(),
                        summary.madeAt()));
    }
}
