package dev.datastudio.cli;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio chat FILE...}: a line is a question, or a change of the last answer. */
@Command(
        name = "chat",
        description = "Answers line by line: a question, or a change of the last answer such as 'now by month'.",
        mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
    private static final Set<String> LEAVES = Set.of("quit", "exit", "bye", ":q");

    @Parameters(paramLabel = "FILE...", arity = "1..*", description = "the files that are asked about")
    private List<String> files = List.of();

    @Option(names = "--no-images", description = "draw no pictures")
    private boolean noImages;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ChatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Studio studio = workspace.open()) {
            List<Dataset> datasets = new DataFiles(studio, terminal).open(files);
            terminal.err()
                    .println("Ask about " + datasets.stream().map(Dataset::name).toList()
                            + ", then change the answer: 'only …', 'now by month', 'as a pie', 'undo'. 'quit' ends.");
            talk(studio, datasets, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            return StudioCommand.OK;
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The standard input can't be read: " + e.getMessage(),
                    "Type the questions, or pipe a text file in",
                    e);
        }
    }

    private void talk(Studio studio, List<Dataset> datasets, BufferedReader lines) throws IOException {
        AskOptions options = AskOptions.DEFAULT
                .withCancellation(terminal.cancellation())
                .withPictures(noImages ? AskOptions.Pictures.SKIP : AskOptions.Pictures.DRAW);
        LastAnswers conversation = new LastAnswers(studio, datasets);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String text = line.strip();
            if (LEAVES.contains(text.toLowerCase(Locale.ROOT))) {
                return;
            }
            if (!text.isEmpty()) {
                Answer answer = Analyst.of(studio).ask(datasets, text, options);
                conversation.remember(text, answer);
                options = options.withPrevious(answer);
                terminal.out().println(AnswerText.format(answer));
                terminal.out().println();
            }
        }
    }
}
