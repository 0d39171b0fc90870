package dev.datastudio.cli;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.chat.ChatRequest;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code studio chat FILE...}: a line is a question, or a change of the last answer. With an agent or a model it is what
 * agents are told.
 */
@Command(
        name = "chat",
        description = {
            "Answers line by line: a question, or a change of the last answer such as 'now by month'.",
            "With --agent or --model, agents answer: ./studio chat sales.csv --agent auto --model active"
        },
        mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
    private static final Set<String> LEAVES = Set.of("quit", "exit", "bye", ":q");

    @Parameters(
            paramLabel = "FILE...",
            arity = "0..*",
            description = "the files that are asked about; with agents, names of connected databases too")
    private List<String> files = List.of();

    @Option(names = "--no-images", description = "draw no pictures")
    private boolean noImages;

    @Option(
            names = "--agent",
            paramLabel = "AGENT",
            description = "who answers: auto, data_analyst, data_scientist, sql_expert, visualization_expert,"
                    + " rag_assistant, ml_engineer, or an agent of your own")
    private @Nullable String agent;

    @Option(
            names = "--model",
            paramLabel = "CONFIG",
            description = "the configured model that agents use; 'active' for the active one")
    private @Nullable String model;

    @Option(names = "--conversation", paramLabel = "ID", description = "goes on with a conversation with agents")
    private @Nullable String conversation;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ChatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean withAgents = agent != null || model != null || conversation != null;
        if (files.isEmpty() && !withAgents) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no file to ask about",
                    "Name one: ./studio chat sales.csv, or an agent: ./studio chat --agent rag_assistant");
        }
        try (Studio studio = withAgents ? workspace.openForFiles() : workspace.open()) {
            if (withAgents) {
                agents(studio).talk(NamedData.of(studio, terminal, files), lines());
                return StudioCommand.OK;
            }
            List<Dataset> datasets = new DataFiles(studio, terminal).open(files);
            terminal.err()
                    .println("Ask about " + datasets.stream().map(Dataset::name).toList()
                            + ", then change the answer: 'only …', 'now by month', 'as a pie', 'undo'. 'quit' ends.");
            talk(studio, datasets, lines());
            return StudioCommand.OK;
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The standard input can't be read: " + e.getMessage(),
                    "Type the questions, or pipe a text file in",
                    e);
        }
    }

    private static BufferedReader lines() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    private AgentTalk agents(Studio studio) {
        return new AgentTalk(
                studio,
                terminal,
                agent == null ? ChatRequest.AUTO : agent,
                model == null || model.equals("active") ? "" : model,
                conversation == null ? "" : conversation);
    }

    static boolean isLeaving(String line) {
        return LEAVES.contains(line.toLowerCase(Locale.ROOT));
    }

    private void talk(Studio studio, List<Dataset> datasets, BufferedReader lines) throws IOException {
        AskOptions options = AskOptions.DEFAULT
                .withCancellation(terminal.cancellation())
                .withPictures(noImages ? AskOptions.Pictures.SKIP : AskOptions.Pictures.DRAW);
        LastAnswers conversation = new LastAnswers(studio, datasets);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String text = line.strip();
            if (isLeaving(text)) {
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
