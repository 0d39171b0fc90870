package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code studio documents list}. */
@Command(name = "list", description = "Lists your documents, the newest first.", mixinStandardHelpOptions = true)
final class DocumentsListCommand extends DocumentsTask {
    DocumentsListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio, Documents documents) {
        List<Document> all = documents.list();
        print(json() ? DocumentsJson.documents(all) : DocumentsText.list(all));
        return StudioCommand.OK;
    }
}
