package dev.datastudio.rag;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.document.DocumentReader;
import dev.datastudio.core.document.DocumentText;
import dev.datastudio.core.document.FoundPassage;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import java.util.List;

/** Lets other features read the {@link Documents} of a studio. Thread-safe. */
public final class StudioDocumentReader implements DocumentReader {
    @Override
    public String name() {
        return "documents";
    }

    @Override
    public DocumentText text(Studio studio, Caller caller, String document, int maxCharacters) {
        Documents documents = Documents.of(studio).as(caller);
        Document found = documents.list().stream()
                .filter(each -> each.name().equals(document))
                .findFirst()
                .orElseGet(() -> documents.get(document));
        String text = documents.text(found.id(), 0, maxCharacters + 1L);
        boolean isWhole = text.length() <= maxCharacters;
        return new DocumentText(
                found.id(),
                found.name(),
                isWhole ? text : text.substring(0, maxCharacters),
                isWhole ? DocumentText.Extent.WHOLE : DocumentText.Extent.BEGINNING);
    }

    @Override
    public List<FoundPassage> search(
            Studio studio, Caller caller, String query, List<String> documents, int limit, Cancellation cancellation) {
        AnswerOptions options =
                AnswerOptions.DEFAULT.withPassages(limit).about(documents).cancelledBy(cancellation);
        return Documents.of(studio).as(caller).search(query, options).stream()
                .map(StudioDocumentReader::found)
                .toList();
    }

    private static FoundPassage found(Evidence evidence) {
        DocumentPassage passage = evidence.passage();
        return new FoundPassage(
                passage.key().version().document(),
                passage.name(),
                passage.pageFrom(),
                passage.pageTo(),
                passage.text(),
                evidence.score());
    }
}
