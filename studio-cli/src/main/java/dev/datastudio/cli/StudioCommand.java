package dev.datastudio.cli;

import static dev.datastudio.cli.Terminal.Progress.HIDDEN;
import static dev.datastudio.cli.Terminal.Progress.SHOWN;
import static dev.datastudio.cli.Terminal.Style.BOLD;
import static dev.datastudio.cli.Terminal.Style.PLAIN;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
            ReportCommand.class,
            ChatCommand.class,
            TeachCommand.class,
            ProfileCommand.class,
            SqlCommand.class,
            ChartsCommand.class,
            EvalCommand.class,
            ExploreCommand.class,
            TrainCommand.class,
            TrainedCommand.class,
            ExportCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            JobsCommand.class,
            DocumentsCommand.class,
            SourcesCommand.class,
            ModelsCommand.class,
            ToolsCommand.class,
            GraphCommand.class,
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

    private static final int TIDY_SECONDS = 3;

    StudioCommand() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Cancellation cancellation = Cancellation.create();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tidyUp(cancellation, ended), "studio-shutdown"));
        Terminal.Progress progress = Boolean.getBoolean("studio.progress") ? SHOWN : HIDDEN;
        Terminal.Style style = Boolean.getBoolean("studio.style") ? BOLD : PLAIN;
        Terminal terminal =
                new Terminal(utf8(FileDescriptor.out), utf8(FileDescriptor.err), progress, style, cancellation);
        int code = ERROR;
        try {
            code = run(terminal, arguments);
        } finally {
            ended.countDown();
        }
        System.exit(code);
    }

    /** An interrupt (Ctrl-C) lets the work that goes on take back what is half done; it has a moment for that. */
    private static void tidyUp(Cancellation cancellation, CountDownLatch ended) {
        if (ended.getCount() > 0) {
            cancellation.cancel();
            try {
                boolean tidy = ended.await(TIDY_SECONDS, TimeUnit.SECONDS);
                if (!tidy && System.getenv("STUDIO_DEBUG") != null) {
                    System.err.println("note: the work did not end in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs the command and gives its exit code. */
    static int run(Terminal terminal, String... arguments) {
        PrintStream err = terminal.err();
        CommandLine command = new CommandLine(new StudioCommand(), new Commands(terminal));
        command.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        command.setExitCodeExceptionMapper(e -> ERROR);
        command.setParameterExceptionHandler((e, words) -> {
            err.println("error: " + misuse(e));
            return ERROR;
        });
        command.setExecutionExceptionHandler((e, commandLine, result) -> {
            err.println("error: " + describe(e));
            return ERROR;
        });
        return arguments.length == 0 ? command.execute("help") : command.execute(words(arguments));
    }

    /** A statement that begins with a comment ({@code "-- all regions"}) is no option. */
    private static String[] words(String[] arguments) {
        return Arrays.stream(arguments)
                .map(word -> word.startsWith("--") && word.length() > 2 && Character.isWhitespace(word.charAt(2))
                        ? " " + word
                        : word)
                .toArray(String[]::new);
    }

    private static String misuse(CommandLine.ParameterException e) {
        CommandLine command = e.getCommandLine();
        String help = " Try './" + helpOn(command) + "'.";
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && command.getParent() == null
                && !unmatched.isUnknownOption()) {
            return "There is no command "
                    + StudioException.quote(unmatched.getUnmatched().get(0)) + "." + help;
        }
        if (e instanceof CommandLine.MissingParameterException missing) {
            String names = missing.getMissing().stream()
                    .map(part ->
                            part.isOption() ? ((CommandLine.Model.OptionSpec) part).longestName() : part.paramLabel())
                    .collect(Collectors.joining(", "));
            return "Too few words: " + names + " is needed." + help;
        }
        return oneLine(e.getMessage()) + "." + help;
    }

    /** What shows the help on a command: {@code studio help sql}, {@code studio graph run --help}. */
    private static String helpOn(CommandLine command) {
        CommandLine parent = command.getParent();
        if (parent == null) {
            return "studio help";
        }
        return parent.getParent() == null
                ? "studio help " + command.getCommandName()
                : command.getCommandSpec().qualifiedName() + " --help";
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
    }

    /** What a person is told of a failure, on one line; the stack trace only when asked for. */
    static String describe(Throwable failure) {
        if (System.getenv("STUDIO_DEBUG") != null) {
            failure.printStackTrace();
        }
        if (failure instanceof StudioException) {
            return oneLine(failure.getMessage());
        }
        return "Studio failed with " + failure.getClass().getSimpleName() + ": "
                + oneLine(failure.getMessage())
                + ". Set STUDIO_DEBUG=1 to see where, and please report it.";
    }

    /** Hands the terminal to the commands that want it. */
    private record Commands(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }
}
