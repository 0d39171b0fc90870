package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.AddOptions;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Visibility;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio documents add FILE...}. */
@Command(
        name = "add",
        description = "Reads files and keeps them; a file of a name that is there already becomes its new content.",
        mixinStandardHelpOptions = true)
final class DocumentsAddCommand extends DocumentsTask {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "PDF, DOCX, PPTX, XLSX, TXT, MD, HTML, ...")
    private List<String> files = List.of();

    @Option(names = "--shared", description = "everybody of the tenant finds them, not only you")
    private boolean shared;

    DocumentsAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio, Documents documents) {
        List<Added> all = new ArrayList<>();
        for (String file : files) {
            Added added = add(studio, documents, file);
            all.add(added);
            if (!json()) {
                print(new DocumentsText(terminal().style()).added(added));
            }
        }
        if (json()) {
            print(DocumentsJson.added(all));
        } else if (all.size() > 1) {
            print(DocumentsText.sum(all));
        }
        return exitCode(all);
    }

    private Added add(Studio studio, Documents documents, String file) {
        try (ProgressLine line = terminal().progressOf(JobText.printable(file))) {
            AddOptions options = AddOptions.DEFAULT
                    .visibleTo(shared ? Visibility.TENANT : Visibility.PRIVATE)
                    .cancelledBy(terminal().cancellation())
                    .telling(line);
            Instant begun = studio.clock().instant();
            Path path = GraphCommand.path(file);
            Document document = documents.add(path, options);
            boolean isKnown = document.ingestion().state() == Ingestion.State.DONE
                    && document.ingestion().changedAt().isBefore(begun);
            return new Added(file, document, null, isKnown);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            return new Added(file, null, e, false);
        }
    }

    private static int exitCode(List<Added> all) {
        if (all.stream().anyMatch(each -> each.error() != null)) {
            return StudioCommand.ERROR;
        }
        return all.stream().allMatch(Added::isRead) ? StudioCommand.OK : StudioCommand.NO_ANSWER;
    }
}
