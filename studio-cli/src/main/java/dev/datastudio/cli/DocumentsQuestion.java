package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.answer.AnswerOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** What searching and asking have in common. */
abstract class DocumentsQuestion extends DocumentsTask {
    @Option(names = "--limit", paramLabel = "N", defaultValue = "8", description = "passages at most, 1 to 50")
    private int limit;

    @Option(
            names = "--in",
            paramLabel = "ID",
            description = "only in this document, by its id or name; can be repeated")
    private List<String> in = List.of();

    DocumentsQuestion(Terminal terminal) {
        super(terminal);
    }

    @Override
    void check() {
        requireLimit(limit);
    }

    final AnswerOptions options(Studio studio, Documents documents) {
        List<String> ids =
                in.stream().map(word -> named(studio, documents, word).id()).toList();
        return AnswerOptions.DEFAULT
                .withPassages(limit)
                .about(ids)
                .cancelledBy(terminal().cancellation());
    }
}
