package dev.datastudio.rag;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.Ingestion.Failure;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.document.Visibility;
import dev.datastudio.rag.internal.Library;
import dev.datastudio.rag.internal.Shelf;
import dev.datastudio.rag.schema.SchemaDocuments;
import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The documents of a studio: added as files, found by their words and by their meaning, and asked.
 *
 * <pre>{@code
 * Documents documents = Documents.of(studio);
 * documents.add(Path.of("report.pdf"));
 * DocumentAnswer answer = documents.ask("What was the revenue in 2024?");
 * answer.citations().forEach(c -> System.out.println(c.passage().name() + " p. " + c.page() + ": " + c.quote()));
 * }</pre>
 *
 * <p>Nothing is needed beside the studio: passages are kept in Lucene in its workspace, vectors come from BGE-small in
 * this process when its artifact is on the class path (without it documents are found by their words only), and answers
 * are made of the sentences of the documents. {@link #builder} swaps each part, and brings a model that writes answers.
 * Works as long as the studio is open. Thread-safe, also between processes.
 */
public final class Documents {
    private final Library library;
    private final Shelf shelf;

    private Documents(Library library, Caller caller) {
        this.library = library;
        this.shelf = library.shelf(caller);
    }

    /** The documents of a studio with the embedded parts, or with those that were set before. */
    public static Documents of(Studio studio) {
        return studio.feature(Documents.class, any -> {
            DocumentsBuilder builder = builder(any);
            any.feature(Parts.class, without -> new Parts(parts -> {})).set.accept(builder);
            return builder.make();
        });
    }

    /**
     * Sets parts when {@link #of} is first called for the studio, and costs nothing until then.
     *
     * @throws IllegalStateException if the studio has its documents already, or parts were set before
     */
    public static void whenNeeded(Studio studio, Consumer<DocumentsBuilder> parts) {
        Parts given = new Parts(parts);
        if (studio.feature(Parts.class, any -> given) != given) {
            throw new IllegalStateException(
                    "The studio has its documents already; set their parts before Documents.of");
        }
    }

    /** How parts are set when documents are first needed. */
    private static final class Parts {
        private final Consumer<DocumentsBuilder> set;

        Parts(Consumer<DocumentsBuilder> set) {
            this.set = Objects.requireNonNull(set, "parts");
        }
    }

    /** To swap parts, before {@link #of} is first called for the studio. */
    public static DocumentsBuilder builder(Studio studio) {
        return new DocumentsBuilder(studio);
    }

    static Documents over(Library library, Caller caller) {
        return new Documents(library, caller);
    }

    /** The same for another caller, such as the user of a request. */
    public Documents as(Caller caller) {
        return new Documents(library, caller);
    }

    /** The same with a model that writes answers, such as the one that the caller has configured. */
    public Documents answeredBy(ChatModel model) {
        return new Documents(library.with(Objects.requireNonNull(model, "model")), shelf.caller());
    }

    /** As {@link #add(Path, AddOptions)}, with {@link AddOptions#DEFAULT}. */
    public Document add(Path file) {
        return add(file, AddOptions.DEFAULT);
    }

    /**
     * Adds a file, or gives the document of that name a new content: the old one is found until the new one can be. A
     * content that is there already is not read again.
     *
     * @return the document. A file that can't be read (encrypted, only pictures, damaged, …) is no exception: {@link
     *     dev.datastudio.rag.document.Ingestion#failure()} says why
     * @throws StudioException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#FILE_NOT_READABLE}, {@link
     *     ErrorCode#LIMIT_EXCEEDED}, {@link ErrorCode#CANCELLED}, or a failure of a store
     */
    public Document add(Path file, AddOptions options) {
        String name = options.name().isBlank() ? fileName(file) : options.name().strip();
        Activity activity = Activity.of(shelf.caller(), "document.add").with("name", name);
        return library.studio()
                .activities()
                .watching(
                        activity,
                        () -> shelf.ingestor()
                                .add(file, name, options.visibility(), options.cancellation(), options.progress()),
                        (told, document) -> told.about(document.id()));
    }

    /**
     * Adds many files, several at a time, each by its file name. What can be found is stored in groups, so that many
     * small files take less than one after the other. How each went stands in its document; what keeps a file from being
     * kept at all, such as that it is not there, ends the whole: the files before it are in, and all can be added again.
     *
     * @param options without a name; progress counts files, called by one thread at a time
     * @return the documents in the order of the files; the same one for files of the same content
     * @throws IllegalArgumentException if the options name a document
     * @throws StudioException as {@link #add(Path, AddOptions)}
     */
    public List<Document> addAll(List<Path> files, AddOptions options) {
        if (!options.name().isBlank()) {
            throw new IllegalArgumentException(
                    "name must be empty for many files, was " + StudioException.quote(options.name()));
        }
        return new Additions(this, List.copyOf(files), options).run();
    }

    private static String fileName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.length() <= AddOptions.MAX_NAME ? name : name.substring(0, AddOptions.MAX_NAME);
    }

    /**
     * Keeps a file and has it read in the background, by a process that called {@link #work()}.
     *
     * @param options whose cancellation and progress are not used: the job has its own
     * @return the job; its result is the id of the document
     */
    public JobId submit(Path file, AddOptions options) {
        return job(addLater(file, options));
    }

    /**
     * Keeps a file and has it read in the background, by a process that called {@link #work()}; {@link #job} is the job.
     *
     * @param options whose cancellation and progress are not used: the job has its own
     * @return the document as it is kept; one that was read before when the content is the same
     * @throws StudioException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#FILE_NOT_READABLE}, {@link
     *     ErrorCode#LIMIT_EXCEEDED}, {@link ErrorCode#QUOTA_EXCEEDED}, or a failure of a store
     */
    public Document addLater(Path file, AddOptions options) {
        String name = options.name().isBlank() ? fileName(file) : options.name().strip();
        Activity activity = Activity.of(shelf.caller(), "document.add").with("name", name);
        return library.studio()
                .activities()
                .watching(
                        activity,
                        () -> {
                            try (Reservation bytes = library.studio()
                                    .reserve(
                                            shelf.caller(),
                                            Measure.BYTES,
                                            file.toFile().length())) {
                                Document kept = shelf.ingestor().keep(file, name, options.visibility());
                                job(kept);
                                bytes.settle(bytes.amount());
                                return kept;
                            }
                        },
                        (told, document) -> told.about(document.id()));
    }

    /** The job that reads what was kept of a document last; submitted again when it is not there any more. */
    public JobId job(Document document) {
        JobRequest request = JobRequest.of(Library.JOB, Library.payload(document.id()))
                .withKey(document.id() + "/" + document.ingestion().version());
        return library.studio().jobs().submit(shelf.caller(), request);
    }

    /** Has this process read submitted files. Does nothing when called again. */
    public void work() {
        work(library.studio());
    }

    /** As {@link #work()}, without opening anything before the first file is to be read. */
    public static void work(Studio studio) {
        studio.feature(Working.class, any -> {
            any.jobs().handle(Library.JOB, job -> of(any).ingest(job));
            return new Working();
        });
    }

    /** Marks a studio whose jobs are done here. */
    private static final class Working {}

    /** A file that can't be read is a job that failed, for good. */
    private String ingest(JobContext job) {
        String id = Library.document(job.payload());
        Document done = as(job.caller()).shelf.ingestor().run(id, job.cancellation(), job.progress());
        if (done.ingestion().failure().isPresent()) {
            Failure why = done.ingestion().failure().get();
            throw new StudioException(ErrorCode.DOCUMENT_UNREADABLE, why.message(), why.mend());
        }
        return Library.result(done.id());
    }

    /**
     * As {@link #retry}, in the background: by a process that called {@link #work()}.
     *
     * @throws StudioException {@link ErrorCode#DOCUMENT_NOT_FOUND}, {@link ErrorCode#INVALID_ARGUMENT} when it is read, or
     *     waits to be
     */
    public Document retryLater(String id) {
        Document before = shelf.catalog().get(id);
        State state = before.ingestion().state();
        if (state != State.FAILED && state != State.CANCELLED) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The document " + StudioException.quote(before.name()) + " did not fail",
                    state == State.DONE ? "There is nothing to be tried again" : "Wait until it is read");
        }
        Document begun = shelf.ingestor().again(id);
        job(begun);
        return begun;
    }

    /**
     * Reads a document again whose ingestion failed, was cancelled or broke off.
     *
     * @throws StudioException {@link ErrorCode#DOCUMENT_NOT_FOUND}, or as {@link #add(Path, AddOptions)}
     */
    public Document retry(String id, AddOptions options) {
        Document begun = shelf.ingestor().again(id);
        return shelf.ingestor().run(begun.id(), options.cancellation(), options.progress());
    }

    /**
     * Finishes what broke off, as by a crash: this caller's documents of whose ingestion nothing was heard for a while.
     * Documents that the index does not show, though the catalogue says that they can be found, are put into it again
     * from their files, as after the index was taken away or an older one put in its place. What a crash left in the
     * index or among this caller's files and belongs to no document is removed.
     *
     * @param silence longer than a running ingestion is ever silent; a minute is enough
     * @return the documents that were read again, or could not be as their files are gone
     */
    public List<Document> resume(Duration silence, AddOptions options) {
        Instant before = library.studio().clock().instant().minus(silence);
        List<Document> open = new ArrayList<>(shelf.catalog().own(State.RUNNING));
        open.addAll(shelf.catalog().own(State.WAITING));
        List<Document> done = new ArrayList<>();
        for (Document document : open) {
            if (!document.ingestion().changedAt().isAfter(before)) {
                boolean isReadable = shelf.ingestor().isReadable(document);
                done.add(isReadable ? retry(document.id(), options) : get(document.id()));
            }
        }
        for (Document lost : shelf.ingestor().lost()) {
            Document begun = shelf.ingestor().restore(lost);
            boolean isWaiting = begun.ingestion().state() == State.WAITING;
            done.add(isWaiting ? shelf.ingestor().run(lost.id(), options.cancellation(), options.progress()) : begun);
        }
        shelf.ingestor().sweep(before);
        return List.copyOf(done);
    }

    /** The documents that this caller sees, the newest first. */
    public List<Document> list() {
        return shelf.catalog().list();
    }

    /**
     * A document that this caller sees.
     *
     * @throws StudioException {@link ErrorCode#DOCUMENT_NOT_FOUND}
     */
    public Document get(String id) {
        return shelf.catalog().get(id);
    }

    /**
     * Deletes a document of this caller with everything that was made of it.
     *
     * @return whether it was there
     */
    public boolean delete(String id) {
        Activity activity = Activity.of(shelf.caller(), "document.delete").about(id);
        return library.studio().activities().watching(activity, () -> delete(shelf, id), (told, deleted) -> told);
    }

    /**
     * Deletes a document that the whole tenant sees, whoever added it, with everything that was made of it: for
     * administrators, as when who added it has gone.
     *
     * @return whether it was there
     */
    public boolean deleteShared(String id) {
        Activity activity = Activity.of(shelf.caller(), "document.delete").about(id);
        return library.studio()
                .activities()
                .watching(
                        activity,
                        () -> {
                            Optional<Document> shared = shelf.catalog()
                                    .find(id)
                                    .filter(document -> document.visibility() == Visibility.TENANT);
                            return shared.isPresent() && delete(owner(shared.get()), id);
                        },
                        (told, deleted) -> told);
    }

    /** With the jobs that read it, which name it. */
    private boolean delete(Shelf owner, String id) {
        boolean isDeleted = owner.ingestor().delete(id);
        if (isDeleted) {
            library.studio().jobs().deleteNaming(owner.caller(), Set.of(id));
        }
        return isDeleted;
    }

    private Shelf owner(Document document) {
        return library.shelf(new Caller(shelf.caller().tenant(), document.user()));
    }

    /**
     * Deletes all documents of this caller with everything that was made of them, shared ones too, as when a user goes.
     * Those of others stay, and so do descriptions of tables ({@link #schema()}).
     *
     * @return how many there were
     */
    public int deleteAll() {
        int deleted = 0;
        for (Document document : shelf.catalog().own()) {
            deleted += delete(document.id()) ? 1 : 0;
        }
        shelf.ingestor().sweep(library.studio().clock().instant());
        return deleted;
    }

    /**
     * As {@link #deleteAll()}, but those that the organisation sees stay.
     *
     * @return how many there were
     */
    public int deletePrivate() {
        int deleted = 0;
        for (Document document : shelf.catalog().own()) {
            boolean isPrivate = document.visibility() != Visibility.TENANT;
            deleted += isPrivate && delete(document.id()) ? 1 : 0;
        }
        shelf.ingestor().sweep(library.studio().clock().instant());
        return deleted;
    }

    /**
     * Deletes the documents of everybody in the tenant of this caller, with everything that was made of them and the
     * descriptions of its tables, as when it goes. Jobs that read files are to be ended before.
     *
     * @return how many documents there were
     */
    public int deleteTenant() {
        return library.deleteTenant(shelf.caller());
    }

    /**
     * The passages that a document was cut into, in order.
     *
     * @param from the first one, from 0
     * @param limit how many at most, 1 to {@link SearchRequest#MAX_LIMIT}
     * @throws StudioException {@link ErrorCode#DOCUMENT_NOT_FOUND}
     */
    public List<DocumentPassage> passages(String id, int from, int limit) {
        Document document = shelf.catalog().get(id);
        return document.current()
                .map(version -> library
                        .index()
                        .passages(library.name(shelf.caller()), new PassageKey.Version(id, version.id()), from, limit)
                        .stream()
                        .map(DocumentPassage::of)
                        .toList())
                .orElse(List.of());
    }

    /**
     * A span of the text of a document.
     *
     * @param from in UTF-16 units from 0
     * @param to exclusive; what is beyond the end is left out
     * @throws StudioException {@link ErrorCode#DOCUMENT_NOT_FOUND}, also when nothing of it could be read
     */
    public String text(String id, long from, long to) {
        return shelf.ingestor().text(shelf.catalog().get(id), from, to);
    }

    /** As {@link #search(String, AnswerOptions)}, with {@link AnswerOptions#DEFAULT}. */
    public List<Evidence> search(String question) {
        return search(question, AnswerOptions.DEFAULT);
    }

    /**
     * The passages that fit a question or some words best, with the scores of each retriever.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} for a blank question, {@link ErrorCode#CANCELLED}, or
     *     a failure of the index or the embedder
     */
    public List<Evidence> search(String question, AnswerOptions options) {
        return shelf.answerer().search(question, options);
    }

    /** As {@link #ask(String, AnswerOptions)}, with {@link AnswerOptions#DEFAULT}. */
    public DocumentAnswer ask(String question) {
        return ask(question, AnswerOptions.DEFAULT);
    }

    /**
     * What the documents say to a question, each statement with the exact words that it rests on.
     *
     * @throws StudioException as {@link #search(String, AnswerOptions)}, and {@link ErrorCode#MODEL_FAILED}, {@link
     *     ErrorCode#MODEL_REFUSED}, {@link ErrorCode#MODEL_ANSWER_INVALID} of a model
     */
    public DocumentAnswer ask(String question, AnswerOptions options) {
        return shelf.answerer().answer(question, options);
    }

    /** The descriptions of this caller's tables, kept beside the documents: they find the tables of a question. */
    public SchemaDocuments schema() {
        return library.schema(shelf.caller());
    }

    /** The tools with which a model reads the documents of its caller: {@code query_documents}, {@code search_documents}. */
    public List<Tool> tools() {
        return DocumentTools.of(() -> this);
    }
}
