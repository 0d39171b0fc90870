package dev.datastudio.cli;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio ask FILE... QUESTION} and {@code studio ask --batch QUESTIONS.jsonl}. */
@Command(name = "ask", description = "Answers a question over one or more files.", mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE... QUESTION", description = "the files, then the question as one word in quotes")
    private List<String> words = List.of();

    @Option(names = "--json", description = "print the answer as JSON")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "copy the answer's files into this folder")
    private @Nullable Path out;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000", description = "rows at most; 0 for no limit")
    private long rows;

    @Option(names = "--batch", paramLabel = "FILE", description = "answer a JSON line {id, data, question} each")
    private @Nullable Path batch;

    @Option(names = "--no-images", description = "draw no pictures")
    private boolean noImages;

    @Option(
            names = "--continue",
            description = "the question changes the last answer about these files: 'now by month', 'undo'")
    private boolean continues;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    AskCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        try {
            check();
            try (Studio studio = workspace.open()) {
                return batch == null ? askOnce(studio) : new Batch(studio, options(studio), terminal).run(batch);
            }
        } catch (StudioException e) {
            if (!json) {
                throw e;
            }
            terminal.out()
                    .println(
                            AnswerJson.write(UUID.randomUUID().toString(), e, (System.nanoTime() - start) / 1_000_000));
            return StudioCommand.ERROR;
        }
    }

    private void check() {
        if (rows < 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "--rows is " + rows, "Give 0 for no limit, or a positive number");
        }
        if (batch == null && words.size() < 2) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A question needs at least one file and its words, given were " + words,
                    "Ask like this: ./studio ask sales.csv \"total Sales by Region\"");
        }
        if (batch != null && continues) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--continue is about one question, and --batch has many",
                    "Leave one of them out");
        }
        if (batch == null) {
            requireQuestionLast();
        }
        if (batch != null && !words.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--batch takes its files and questions from " + StudioException.quote(batch) + ", given were also "
                            + words,
                    "Leave one of them out");
        }
    }

    /** A question without its quotes, or before its files, would else be taken for names of files. */
    private void requireQuestionLast() {
        String last = words.get(words.size() - 1);
        if (isFile(last)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The last word " + StudioException.quote(last) + " is a file, no question",
                    "Name the files first, then the question in quotes");
        }
        for (String word : words.subList(0, words.size() - 1)) {
            if (word.matches("\\w+") && isFile(words.get(0)) && !new File(word).exists()) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no file " + StudioException.quote(word),
                        "If it belongs to the question, put the whole question in quotes");
            }
        }
    }

    private static boolean isFile(String word) {
        return new File(word).isFile();
    }

    private AskOptions options(Studio studio) {
        AskOptions options = AskOptions.DEFAULT
                .withMaxRows(rows == 0 ? Long.MAX_VALUE : rows)
                .withCancellation(terminal.cancellation())
                .withPictures(noImages ? AskOptions.Pictures.SKIP : AskOptions.Pictures.DRAW);
        return model.applied(studio, options);
    }

    private int askOnce(Studio studio) {
        String question = words.get(words.size() - 1);
        List<Dataset> datasets = new DataFiles(studio, terminal).open(words.subList(0, words.size() - 1));
        LastAnswers conversation = new LastAnswers(studio, datasets);
        Answer answer = continues ? next(studio, datasets, question, conversation) : first(studio, datasets, question);
        if (!continues) {
            conversation.remember(question, answer);
        }
        if (out != null) {
            answer = new OutFolder(studio, out).copy(answer);
        }
        terminal.out().println(json ? AnswerJson.write(answer) : AnswerText.format(answer));
        return answer.status() == AnswerStatus.ANSWERED ? StudioCommand.OK : StudioCommand.NO_ANSWER;
    }

    private Answer first(Studio studio, List<Dataset> datasets, String question) {
        return Analyst.of(studio).ask(datasets, question, options(studio));
    }

    private Answer next(Studio studio, List<Dataset> datasets, String question, LastAnswers conversation) {
        String id = conversation
                .find()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Nothing was asked about these files yet, so there is no answer to continue",
                        "Ask a whole question first, without --continue"));
        return Analyst.of(studio).ask(id, datasets, question, options(studio));
    }
}
