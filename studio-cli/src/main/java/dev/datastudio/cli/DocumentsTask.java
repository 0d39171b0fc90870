package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.document.Document;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands on documents have in common. */
abstract class DocumentsTask implements Callable<Integer> {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    DocumentsTask(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        check();
        try (Studio studio = workspace.open()) {
            return run(studio, Documents.of(studio));
        }
    }

    /** Refuses what was typed before anything is opened. */
    void check() {}

    /** Does the work and gives the exit code. */
    abstract int run(Studio studio, Documents documents);

    final Terminal terminal() {
        return terminal;
    }

    final boolean json() {
        return json;
    }

    final void print(String text) {
        terminal.out().println(text);
    }

    static void requireLimit(int limit) {
        if (limit < 1 || limit > AnswerOptions.MAX_PASSAGES) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--limit is " + limit,
                    "Give a number from 1 to " + AnswerOptions.MAX_PASSAGES);
        }
    }

    /** The document that a word means: one with this id, else the user's own one of this name. */
    static Document named(Studio studio, Documents documents, String word) {
        List<Document> all = documents.list();
        return all.stream()
                .filter(document -> document.id().equals(word))
                .findFirst()
                .or(() -> all.stream()
                        .filter(document -> document.name().equals(word))
                        .filter(document ->
                                document.user().equals(studio.caller().user()))
                        .findFirst())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.DOCUMENT_NOT_FOUND,
                        "There is no document " + StudioException.quote(word) + " of yours",
                        "List the documents with './studio documents list' and use the id or name of one of them"));
    }
}
