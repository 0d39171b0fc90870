package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.AddOptions;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio documents retry ID}. */
@Command(
        name = "retry",
        description = "Reads a document again whose reading failed, was cancelled or broke off.",
        mixinStandardHelpOptions = true)
final class DocumentsRetryCommand extends DocumentsTask {
    @Parameters(paramLabel = "ID", description = "the id or the name of the document")
    private String word = "";

    DocumentsRetryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio, Documents documents) {
        Document before = named(studio, documents, word);
        Added added = new Added(before.name(), again(documents, before), null, false);
        print(
                json()
                        ? DocumentsJson.added(List.of(added))
                        : new DocumentsText(terminal().style()).added(added));
        return added.isRead() ? StudioCommand.OK : StudioCommand.NO_ANSWER;
    }

    private Document again(Documents documents, Document before) {
        try (ProgressLine line = terminal().progressOf(JobText.printable(before.name()))) {
            return documents.retry(
                    before.id(),
                    AddOptions.DEFAULT.cancelledBy(terminal().cancellation()).telling(line));
        }
    }
}
