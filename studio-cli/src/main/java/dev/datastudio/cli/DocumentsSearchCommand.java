package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.answer.Evidence;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio documents search "..."}. */
@Command(
        name = "search",
        description = "Finds the passages that fit some words or a question best.",
        mixinStandardHelpOptions = true)
final class DocumentsSearchCommand extends DocumentsQuestion {
    @Parameters(paramLabel = "WORDS", description = "what to look for, as one word in quotes")
    private String words = "";

    DocumentsSearchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio, Documents documents) {
        List<Evidence> found = documents.search(words, options(studio, documents));
        if (json()) {
            print(DocumentsJson.found(words, found));
        } else {
            print(
                    found.isEmpty()
                            ? DocumentsText.nothing(documents.list())
                            : new DocumentsText(terminal().style()).found(found));
        }
        return found.isEmpty() ? StudioCommand.NO_ANSWER : StudioCommand.OK;
    }
}
