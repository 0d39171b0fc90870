package dev.datastudio.app.document;

import dev.datastudio.agents.dependant.Dependants;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.dependant.DependantGroup;
import dev.datastudio.app.web.EventStream;
import dev.datastudio.app.web.EventStreams;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.AddOptions;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Visibility;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;

/** Documents are kept as they arrive and read in the background, in a process of their own. */
@RestController
@RequestMapping("/api/v1/documents")
@Tag(name = "documents")
@Needs(Scopes.DOCUMENT_GET)
class DocumentController {
    private final Studio studio;
    private final EventStreams responses;
    private final JsonMapper json;

    DocumentController(Studio studio, EventStreams responses, JsonMapper json) {
        this.studio = studio;
        this.responses = responses;
        this.json = json;
    }

    /** What others submitted, or this program before it ended, is read here too. */
    @EventListener(ApplicationReadyEvent.class)
    void work() {
        Documents.work(studio);
    }

    private Documents documents(Caller caller) {
        return Documents.of(studio).as(caller);
    }

    @GetMapping
    @Operation(operationId = "listDocuments", summary = "The documents that you find, the newest first")
    PageOf<DocumentView> list(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        List<DocumentView> all = documents(caller).list().stream()
                .map(document -> DocumentView.of(document, caller.user()))
                .toList();
        return new Paging(limit, after).of(all, DocumentView::id);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DOCUMENT_EDIT)
    @Operation(
            operationId = "addDocument",
            summary = "Add a file, or give the document of its name a new content; it is read in the background")
    DocumentView add(
            Caller caller,
            @RequestPart("file") MultipartFile file,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean shared)
            throws IOException {
        AddOptions options =
                AddOptions.DEFAULT.named(name(name, file)).visibleTo(shared ? Visibility.TENANT : Visibility.PRIVATE);
        Path copy = Files.createTempFile(studio.temporaryFolder(), "document", ".upload");
        try {
            file.transferTo(copy);
            return show(caller, documents(caller).addLater(copy, options));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** The last part of a name, whatever a client makes of its paths. */
    private static String name(String given, MultipartFile file) {
        String whole = given.isBlank() ? String.valueOf(file.getOriginalFilename()) : given;
        String last = whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cc}\\p{Cf}]", "")
                .strip();
        if (last.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME, "The file has no name", "Send it with a name, such as report.pdf");
        }
        return last.substring(0, Math.min(last.length(), AddOptions.MAX_NAME));
    }

    private DocumentView show(Caller caller, Document document) {
        return DocumentView.of(
                document,
                caller.user(),
                job(caller, document).flatMap(id -> studio.jobs().find(caller, id)));
    }

    /** The job that reads a document now. */
    private Optional<JobId> job(Caller caller, Document document) {
        Ingestion.State state = document.ingestion().state();
        boolean isOpen = state == Ingestion.State.WAITING || state == Ingestion.State.RUNNING;
        return isOpen && document.user().equals(caller.user())
                ? Optional.of(documents(caller).job(document))
                : Optional.empty();
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getDocument", summary = "One document")
    DocumentView get(Caller caller, @PathVariable String id) {
        return show(caller, documents(caller).get(id));
    }

    @GetMapping("/{id}/dependants")
    @Operation(operationId = "listDocumentDependants", summary = "What names or cites a document")
    List<DependantGroup> dependants(SignedIn person, @PathVariable String id) {
        Document document = documents(person.caller()).get(id);
        return DependantGroup.of(
                person, Dependants.of(studio).as(person.caller()).ofDocument(document.id()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.DOCUMENT_EDIT)
    @Operation(
            operationId = "deleteDocument",
            summary =
                    "Delete a document of yours with everything that was made of it; administrators also one that somebody"
                            + " else shared")
    void delete(SignedIn person, @PathVariable String id) {
        Caller caller = person.caller();
        Documents documents = documents(caller);
        Document document = documents.get(id);
        job(caller, document).ifPresent(job -> studio.jobs().cancel(caller, job));
        boolean isDeleted = documents.delete(id) || (person.may(Scopes.MEMBER_EDIT) && documents.deleteShared(id));
        if (!isDeleted) {
            throw new StudioException(
                    ErrorCode.DOCUMENT_NOT_FOUND,
                    "The document " + StudioException.quote(document.name()) + " is another person's",
                    "Ask the one who added it, or an administrator");
        }
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DOCUMENT_EDIT)
    @Operation(operationId = "retryDocument", summary = "Read a document again whose reading failed or was cancelled")
    DocumentView retry(Caller caller, @PathVariable String id) {
        return show(caller, documents(caller).retryLater(id));
    }

    /**
     * A passage of a document.
     *
     * @param number of the passage, from 0
     * @param text exactly as in the document
     * @param pageFrom page, slide or sheet of its first character; null when the format has none
     * @param pageTo the one of its last character
     * @param headings title and headings that it stands under
     * @param language BCP 47
     * @param from where it begins in the text of the document, in UTF-16 units
     * @param to where it ends there, exclusive
     */
    @Schema(name = "Chunk")
    record Chunk(
            int number,
            String text,
            Optional<Integer> pageFrom,
            Optional<Integer> pageTo,
            List<String> headings,
            String language,
            long from,
            long to) {
        static Chunk of(DocumentPassage passage) {
            return new Chunk(
                    passage.key().ordinal(),
                    passage.text(),
                    Pages.known(passage.pageFrom()),
                    Pages.known(passage.pageTo()),
                    passage.context().lines().toList(),
                    passage.language(),
                    passage.from(),
                    passage.to());
        }
    }

    @GetMapping("/{id}/chunks")
    @Operation(operationId = "listChunks", summary = "The passages that a document was cut into, in order")
    PageOf<Chunk> chunks(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Paging page = new Paging(limit, after);
        int first = page.after().isEmpty() ? from : number(page.after()) + 1;
        List<DocumentPassage> some = documents(caller).passages(id, first, page.limit());
        long all = documents(caller)
                .get(id)
                .current()
                .map(version -> version.passages())
                .orElse(0L);
        int last = first + some.size() - 1;
        Optional<String> next =
                !some.isEmpty() && last + 1 < all ? Optional.of(String.valueOf(last)) : Optional.empty();
        return new PageOf<>(some.stream().map(Chunk::of).toList(), next);
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no page after " + StudioException.quote(text),
                    "Begin again at the first page");
        }
        return Integer.parseInt(text);
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "followDocument",
            summary = "How the reading goes: progress, then done or failed; each event is the document as it stands")
    void follow(Caller caller, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Document document = documents(caller).get(id);
        Optional<JobId> job = job(caller, document);
        EventStream stream = responses.open(request, response);
        AtomicInteger sequence = new AtomicInteger();
        if (job.isEmpty()) {
            end(stream, sequence, DocumentView.of(document, caller.user()));
            return;
        }
        Cancellation.Registration watching =
                studio.jobs().watch(caller, job.get(), now -> tell(caller, id, now, stream, sequence));
        stream.onEnd(watching::close);
    }

    private void tell(Caller caller, String id, Job job, EventStream stream, AtomicInteger sequence) {
        Optional<Document> document = documents(caller).list().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
        if (document.isEmpty()) {
            stream.close(); // it was deleted
            return;
        }
        DocumentView now = DocumentView.of(document.get(), caller.user(), Optional.of(job));
        if (job.state().isFinal()) {
            end(stream, sequence, now);
        } else {
            send(stream, sequence, "progress", now);
        }
    }

    private void end(EventStream stream, AtomicInteger sequence, DocumentView document) {
        send(stream, sequence, document.status().equals("done") ? "done" : "failed", document);
        stream.close();
    }

    private void send(EventStream stream, AtomicInteger sequence, String event, DocumentView document) {
        stream.send(String.valueOf(sequence.incrementAndGet()), event, json.writeValueAsString(document));
    }
}
