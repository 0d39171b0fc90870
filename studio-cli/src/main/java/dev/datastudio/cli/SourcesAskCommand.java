package dev.datastudio.cli;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio sources ask NAME QUESTION}. */
@Command(
        name = "ask",
        description = "Answers a question over the tables of a database, with its own engine.",
        mixinStandardHelpOptions = true)
final class SourcesAskCommand extends SourcesTask {
    @Parameters(index = "0", paramLabel = "NAME", description = "name of the database")
    private String name = "";

    @Parameters(index = "1", paramLabel = "QUESTION", description = "the question as one word in quotes")
    private String question = "";

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000", description = "rows at most; 0 for no limit")
    private long rows;

    @Option(names = "--no-images", description = "draw no pictures")
    private boolean noImages;

    @Mixin
    private ModelOption model = new ModelOption();

    SourcesAskCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio) {
        if (rows < 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "--rows is " + rows, "Give 0 for no limit, or a positive number");
        }
        AskOptions options = AskOptions.DEFAULT
                .withMaxRows(rows == 0 ? Long.MAX_VALUE : rows)
                .withCancellation(terminal().cancellation())
                .withPictures(noImages ? AskOptions.Pictures.SKIP : AskOptions.Pictures.DRAW);
        Answer answer = Analyst.of(studio).ask(named(studio, name).id(), question, model.applied(studio, options));
        print(json() ? AnswerJson.write(answer) : AnswerText.format(answer));
        return answer.status() == AnswerStatus.ANSWERED ? StudioCommand.OK : StudioCommand.NO_ANSWER;
    }
}
