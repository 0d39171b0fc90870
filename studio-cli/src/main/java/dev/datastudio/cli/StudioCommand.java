package dev.datastudio.cli;

import dev.datastudio.api.error.StudioException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code studio} command. Exit codes: 0 answered, 1 error, 2 not understood, ambiguous or cannot answer. */
@Command(
        name = "studio",
        description = "Ask questions about data files in plain English and get answers that can be checked.",
        mixinStandardHelpOptions = true,
        version = "Studio ${STUDIO-VERSION:-0.1.0-SNAPSHOT}",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AskCommand.class,
            ProfileCommand.class,
            SqlCommand.class,
            ShellCommand.class,
            DoctorCommand.class,
            WarmUpCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "  bench    Measures Studio beside a peer: ./studio bench NAME [--quick] [--json]"})
public final class StudioCommand {
    /** Answered. */
    static final int OK = 0;
    /** Something failed. */
    static final int ERROR = 1;
    /** Not understood, ambiguous or can't be answered. */
    static final int NO_ANSWER = 2;

    StudioCommand() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = run(utf8(FileDescriptor.out), utf8(FileDescriptor.err), arguments);
        System.exit(code);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs the command and gives its exit code. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        CommandLine command = new CommandLine(new StudioCommand(), new Commands(out, err));
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        command.setExitCodeExceptionMapper(e -> ERROR);
        command.setParameterExceptionHandler((e, words) -> {
            err.println("error: " + e.getMessage());
            err.println("Try './studio help' for how it is used.");
            return ERROR;
        });
        command.setExecutionExceptionHandler((e, commandLine, result) -> {
            err.println("error: " + describe(e));
            return ERROR;
        });
        return arguments.length == 0 ? command.execute("help") : command.execute(arguments);
    }

    /** What a person is told of a failure, on one line; the stack trace only when asked for. */
    static String describe(Throwable failure) {
        if (System.getenv("STUDIO_DEBUG") != null) {
            failure.printStackTrace();
        }
        if (failure instanceof StudioException) {
            return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        }
        return "Studio failed with " + failure.getClass().getSimpleName() + ": "
                + String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ")
                + ". Set STUDIO_DEBUG=1 to see where, and please report it.";
    }

    /** Hands the two streams to the commands that want them. */
    private record Commands(PrintStream out, PrintStream err) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(PrintStream.class, PrintStream.class)
                        .newInstance(out, err);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }
}
