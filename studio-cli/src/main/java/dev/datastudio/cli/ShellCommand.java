package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code studio shell}: JShell with the studio opened and the helpers of {@link Notebook} imported. */
@Command(
        name = "shell",
        description =
                "Opens a Java shell with the studio at hand: open(\"sales.csv\"), ask(\"total Sales by Region\").",
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ShellCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path startup = Files.createTempFile("studio-shell-", ".jsh");
        try {
            copyStartup(startup);
            return start(startup);
        } finally {
            Files.deleteIfExists(startup);
        }
    }

    private int start(Path startup) {
        List<String> options = new ArrayList<>(List.of(
                "--class-path",
                System.getProperty("java.class.path"),
                "--startup",
                startup.toString(),
                "-R-Dstudio.workspace=" + workspace.path().toAbsolutePath()));
        if (Runtime.version().feature() >= 24) {
            options.add("-R--enable-native-access=ALL-UNNAMED");
        }
        try {
            return JavaShellToolBuilder.builder()
                    .out(terminal.out())
                    .err(terminal.err(), terminal.err())
                    .start(options.toArray(String[]::new));
        } catch (NoClassDefFoundError e) {
            throw noShell(e);
        } catch (Exception e) {
            throw new StudioException(
                    ErrorCode.INTERNAL,
                    "JShell ended with " + e,
                    "Try 'jshell --version' to see whether it works here",
                    e);
        }
    }

    private static StudioException noShell(Throwable cause) {
        return new StudioException(
                ErrorCode.DEPENDENCY_MISSING,
                "This Java has no JShell (module jdk.jshell), java.home is " + System.getProperty("java.home"),
                "Use a whole JDK 17 or newer, for example with JAVA_HOME",
                cause);
    }

    private static void copyStartup(Path target) throws IOException {
        try (InputStream in = ShellCommand.class.getResourceAsStream("startup.jsh")) {
            Files.copy(Objects.requireNonNull(in, "startup.jsh"), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
