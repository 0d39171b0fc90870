package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.answer.DocumentAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio documents ask "..."}. */
@Command(
        name = "ask",
        description = "Answers a question out of your documents, with the words that the answer rests on.",
        mixinStandardHelpOptions = true)
final class DocumentsAskCommand extends DocumentsQuestion {
    @Parameters(paramLabel = "QUESTION", description = "the question, as one word in quotes")
    private String question = "";

    DocumentsAskCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio, Documents documents) {
        DocumentAnswer answer = documents.ask(question, options(studio, documents));
        if (json()) {
            print(DocumentsJson.answer(answer));
        } else {
            print(
                    answer.evidence().isEmpty()
                            ? DocumentsText.nothing(documents.list())
                            : new DocumentsText(terminal().style()).answer(answer));
        }
        return answer.status() == DocumentAnswer.Status.ANSWERED ? StudioCommand.OK : StudioCommand.NO_ANSWER;
    }
}
