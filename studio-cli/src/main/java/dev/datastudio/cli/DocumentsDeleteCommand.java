package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio documents delete ID}. */
@Command(
        name = "delete",
        description = "Deletes a document with everything that was made of it.",
        mixinStandardHelpOptions = true)
final class DocumentsDeleteCommand extends DocumentsTask {
    @Parameters(paramLabel = "ID", description = "the id or the name of the document")
    private String word = "";

    DocumentsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio, Documents documents) {
        Document document = named(studio, documents, word);
        if (!documents.delete(document.id())) {
            throw new StudioException(
                    ErrorCode.DOCUMENT_NOT_FOUND,
                    "The document " + StudioException.quote(document.name()) + " is not yours to delete",
                    "Ask the one who added it, user " + StudioException.quote(document.user()));
        }
        print(
                json()
                        ? DocumentsJson.deleted(document)
                        : "Deleted " + JobText.printable(document.name()) + " and all that was made of it.");
        return StudioCommand.OK;
    }
}
