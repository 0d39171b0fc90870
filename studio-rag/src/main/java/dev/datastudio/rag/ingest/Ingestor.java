package dev.datastudio.rag.ingest;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.rag.chunk.DocumentText;
import dev.datastudio.rag.chunk.DocumentTextWriter;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Ingestion.Failure;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.document.Stage;
import dev.datastudio.rag.document.Visibility;
import dev.datastudio.rag.embed.CachingEmbedder;
import dev.datastudio.rag.extract.DocumentSource;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionStatus;
import dev.datastudio.rag.extract.ExtractionWarning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Brings the documents of one caller in. The file is kept first, so that whatever breaks off can be begun again without
 * it. A version is staged in the index and published there in one step, and the catalogue says which one counts; so a
 * crash at any moment leaves the old content, or the new. Thread-safe.
 */
public final class Ingestor {
    private static final int BATCH = 64;
    private static final int VERSION_DIGITS = 32;

    /** How often a running ingestion says that it is alive. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final IngestionParts parts;
    private final DocumentCatalog catalog;
    private final IndexName index;
    private final Caller caller;
    private final DocumentFiles files;

    /** Brings documents into an index of the caller's tenant. */
    public Ingestor(IngestionParts parts, DocumentCatalog catalog, IndexName index, Caller caller) {
        this.parts = parts;
        this.catalog = catalog;
        this.index = index;
        this.caller = caller;
        this.files = new DocumentFiles(parts.artifacts(), caller);
    }

    /**
     * Keeps a file as the new content of the document of a name, to be read by {@link #run}. The same content in the same
     * pipeline, under whatever name of this caller, is given back as it is, with state {@link State#DONE}.
     *
     * @throws StudioException FILE_NOT_FOUND, FILE_NOT_READABLE, LIMIT_EXCEEDED, or a failure of a store
     */
    public Document keep(Path file, String name, Visibility visibility) {
        Path scratch = scratch();
        try {
            Path copy = scratch.resolve("original");
            String sha256 = DocumentFiles.copy(file, copy, parts.limits().maxBytes());
            String version = version(sha256, visibility);
            Optional<Document> same = catalog.ownBySha256(sha256)
                    .filter(document -> document.ingestion().state() == State.DONE
                            && document.ingestion().version().equals(version));
            if (same.isPresent()) {
                return same.get();
            }
            String id = catalog.idOf(name);
            long bytes = Files.size(copy);
            files.keepOriginal(id, version, copy);
            return begin(id, name, visibility, version, sha256, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("The size of a copied file could not be told", e);
        } finally {
            DocumentFiles.remove(scratch);
        }
    }

    private String version(String sha256, Visibility visibility) {
        return DocumentCatalog.digest(sha256 + "\n" + visibility + "\n" + parts.fingerprint())
                .substring(0, VERSION_DIGITS);
    }

    private Document begin(String id, String name, Visibility visibility, String version, String sha256, long bytes) {
        Ingestion first = new Ingestion(State.WAITING, Stage.PARSE, version, sha256, bytes, 1, null, now());
        try {
            return catalog.insert(new Document(id, name, caller.user(), visibility, null, first, 0, now()));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                throw e;
            }
            return catalog.change(
                    id,
                    document -> document.with(visibility)
                            .with(new Ingestion(
                                    State.WAITING,
                                    Stage.PARSE,
                                    version,
                                    sha256,
                                    bytes,
                                    document.ingestion().attempt() + 1,
                                    null,
                                    now())));
        }
    }

    /**
     * Begins the latest ingestion of a document again, as after a crash or a failure that passed.
     *
     * @throws StudioException DOCUMENT_NOT_FOUND, also when its file is gone
     */
    public Document again(String id) {
        Document document = catalog.getOwn(id);
        if (!files.hasOriginal(id, document.ingestion().version())) {
            throw new StudioException(
                    ErrorCode.DOCUMENT_NOT_FOUND,
                    "The file of " + StudioException.quote(document.name()) + " is not kept any more",
                    "Add the file again");
        }
        return catalog.change(
                id,
                before -> before.with(new Ingestion(
                        State.WAITING,
                        Stage.PARSE,
                        before.ingestion().version(),
                        before.ingestion().sha256(),
                        before.ingestion().bytes(),
                        before.ingestion().attempt() + 1,
                        null,
                        now())));
    }

    /**
     * Reads, cuts, embeds and stores what was kept of a document. How it went stands in the result, also when the file
     * can't be read or a store or a model failed.
     *
     * @return the document as it is then
     * @throws StudioException CANCELLED; DOCUMENT_NOT_FOUND when it was deleted meanwhile; ENTRY_CONFLICT when somebody
     *     else began it again meanwhile
     */
    public Document run(String id, Cancellation cancellation, ProgressListener progress) {
        Document document = catalog.getOwn(id);
        if (document.ingestion().state() == State.DONE) {
            return document;
        }
        Attempt attempt = new Attempt(document, cancellation, progress);
        Path scratch = scratch();
        try {
            return attempt.run(scratch);
        } catch (StudioException e) {
            return attempt.ended(e);
        } finally {
            DocumentFiles.remove(scratch);
        }
    }

    /** One try to bring a version in. Used by one thread. */
    private final class Attempt {
        private final Document document;
        private final PassageKey.Version version;
        private final Cancellation cancellation;
        private final ProgressListener progress;
        private Stage stage = Stage.PARSE;
        private Instant lastSign;

        Attempt(Document document, Cancellation cancellation, ProgressListener progress) {
            this.document = document;
            this.version =
                    new PassageKey.Version(document.id(), document.ingestion().version());
            this.cancellation = cancellation;
            this.progress = progress;
            this.lastSign = now();
        }

        Document run(Path scratch) {
            enter(Stage.PARSE);
            boolean isPublished = isPublished();
            if (!isPublished) {
                parts.index().discard(index, version);
            }
            Path textFile = scratch.resolve("text");
            ReadText read = read(scratch, textFile);
            Extraction extraction = read.extraction();
            if (!extraction.status().hasText()) {
                return failed(new Failure(
                        extraction.status().name(), extraction.reason(), extraction.mend(), isPassing(extraction)));
            }
            if (read.places().isEmpty()) {
                return failed(new Failure(
                        ExtractionStatus.EMPTY.name(),
                        StudioException.quote(document.name()) + " holds no text",
                        "Add a file with text in it",
                        false));
            }
            if (!isPublished) {
                enter(Stage.EMBED);
                try (DocumentText text = DocumentText.open(textFile)) {
                    stage(read, text);
                }
            }
            files.keepText(document.id(), version.version(), textFile);
            return publish(read);
        }

        /** A crash just before the end leaves a version that only the catalogue does not know of yet. */
        private boolean isPublished() {
            return parts.index().versions(index).stream()
                    .anyMatch(status -> status.isPublished() && status.version().equals(version));
        }

        private ReadText read(Path scratch, Path textFile) {
            DocumentSource source = new DocumentSource(
                    files.original(document.id(), version.version(), scratch.resolve("again")), document.name());
            report(0, -1, "documents");
            try (DocumentTextWriter text = DocumentTextWriter.create(textFile)) {
                return ReadText.of(
                        parts,
                        text,
                        chunker -> parts.extractor().extract(source, parts.limits(), chunker, cancellation));
            }
        }

        private void stage(ReadText read, DocumentText text) {
            parts.embedder()
                    .ifPresent(
                            model -> parts.index().prepare(index, new VectorSpace(model.model(), model.dimension())));
            String language = read.extraction().metadata().language();
            for (int from = 0; from < read.places().size(); from += BATCH) {
                int to = Math.min(read.places().size(), from + BATCH);
                List<DocumentPassage> batch = new ArrayList<>();
                for (int i = from; i < to; i++) {
                    batch.add(passage(read.places().get(i), i, language, text));
                }
                Retries.run(() -> parts.index().stage(index, withVectors(batch)), cancellation);
                sign();
                report(to, read.places().size(), "passages");
            }
        }

        private DocumentPassage passage(ReadText.Place place, int ordinal, String language, DocumentText text) {
            return new DocumentPassage(
                    new PassageKey(version, ordinal),
                    document.name(),
                    place.context(),
                    place.text(text),
                    language,
                    place.pageFrom(),
                    place.pageTo(),
                    place.from(),
                    place.to());
        }

        private List<Passage> withVectors(List<DocumentPassage> batch) {
            Optional<Embedder> model = parts.embedder();
            List<float[]> vectors = model.isEmpty()
                    ? List.of()
                    : CachingEmbedder.of(model.get(), parts.cache(), caller.tenant())
                            .tagged(Set.of(tag()))
                            .embed(batch.stream().map(Attempt::embedded).toList());
            List<Passage> passages = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                passages.add(batch.get(i)
                        .toPassage(document.user(), document.visibility(), vectors.isEmpty() ? null : vectors.get(i)));
            }
            return passages;
        }

        private static String embedded(DocumentPassage passage) {
            return passage.context().isEmpty() ? passage.text() : passage.context() + "\n\n" + passage.text();
        }

        private String tag() {
            return "document:" + document.id();
        }

        private Document publish(ReadText read) {
            cancellation.throwIfCancelled();
            Extraction extraction = read.extraction();
            DocumentVersion made = new DocumentVersion(
                    version.version(),
                    document.ingestion().sha256(),
                    document.ingestion().bytes(),
                    extraction.metadata().contentType(),
                    extraction.metadata().title(),
                    extraction.metadata().language(),
                    extraction.metadata().pageCount(),
                    extraction.characters(),
                    read.places().size(),
                    extraction.warnings().stream().map(ExtractionWarning::text).toList(),
                    now());
            return enter(Stage.STORE, made);
        }

        /** From here on the work is not cancelled any more: it takes a moment, and half of it helps nobody. */
        private Document enter(Stage store, DocumentVersion made) {
            stage = store;
            change(before -> before.with(before.ingestion().at(Stage.STORE, now())));
            Retries.run(() -> parts.index().publish(index, List.of(version)), Cancellation.none());
            Document done =
                    change(before -> before.with(made, before.ingestion().done(now())));
            files.keepOnly(document.id(), version.version());
            parts.cache().removeTagged(caller.tenant(), tag());
            return done;
        }

        private void enter(Stage next) {
            stage = next;
            change(before -> before.with(before.ingestion().at(next, now())));
        }

        private void sign() {
            if (Duration.between(lastSign, now()).compareTo(HEARTBEAT) >= 0) {
                enter(stage);
                lastSign = now();
            }
        }

        /** Changes the document as long as this is still its latest attempt. */
        private Document change(UnaryOperator<Document> change) {
            return catalog.change(document.id(), before -> {
                if (before.ingestion().attempt() != document.ingestion().attempt()) {
                    throw new StudioException(
                            ErrorCode.ENTRY_CONFLICT,
                            "The document " + StudioException.quote(document.name()) + " was begun again elsewhere",
                            "Wait for that to end");
                }
                return change.apply(before);
            });
        }

        private Document failed(Failure failure) {
            parts.index().discard(index, version);
            return change(before -> before.with(before.ingestion().failed(failure, now())));
        }

        private Document ended(StudioException e) {
            if (e.code() == ErrorCode.DOCUMENT_NOT_FOUND || e.code() == ErrorCode.ENTRY_CONFLICT) {
                parts.index().discard(index, version);
                throw e;
            }
            if (e.code() == ErrorCode.CANCELLED) {
                parts.index().discard(index, version);
                change(before -> before.with(before.ingestion().cancelled(now())));
                throw e;
            }
            return failed(new Failure(e.code().name(), e.what(), e.mend(), Retries.canPass(e)));
        }

        private void report(long done, long total, String unit) {
            progress.onProgress(new Progress(stage.name().toLowerCase(Locale.ROOT), done, total, unit));
        }
    }

    private static boolean isPassing(Extraction extraction) {
        return extraction.status() == ExtractionStatus.TIMED_OUT || extraction.status() == ExtractionStatus.FAILED;
    }

    /**
     * Deletes a document with every trace: catalogue, index, files, cached vectors.
     *
     * @return whether this caller had it
     */
    public boolean delete(String id) {
        boolean wasThere = catalog.delete(id);
        if (wasThere) {
            parts.index().delete(index, Set.of(id));
            files.delete(id);
            parts.cache().removeTagged(caller.tenant(), "document:" + id);
        }
        return wasThere;
    }

    /**
     * A span of the text of the current version of a document that this caller sees.
     *
     * @param from in UTF-16 units from 0
     * @param to exclusive; what is beyond the end is left out, and so is what is beyond {@link DocumentText#MAX_SPAN}
     * @throws StudioException DOCUMENT_NOT_FOUND when nothing of it could be read
     */
    public String text(Document document, long from, long to) {
        DocumentVersion version = document.current()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.DOCUMENT_NOT_FOUND,
                        "No content of " + StudioException.quote(document.name()) + " can be read",
                        "Look at its ingestion to see why"));
        DocumentFiles owners = new DocumentFiles(parts.artifacts(), new Caller(caller.tenant(), document.user()));
        Path scratch = scratch();
        try (DocumentText text = DocumentText.open(owners.text(document.id(), version.id(), scratch.resolve("text")))) {
            long end = Math.min(Math.min(to, text.length()), from + DocumentText.MAX_SPAN);
            return from >= end ? "" : text.text(from, end);
        } finally {
            DocumentFiles.remove(scratch);
        }
    }

    /**
     * Removes from the index what no document of the tenant stands for, as a crash may leave it.
     *
     * @return how many versions were removed
     */
    public int sweep() {
        int removed = 0;
        for (VersionStatus there : parts.index().versions(index)) {
            Optional<Document> document = catalog.ofAnybody(there.version().document());
            if (document.isEmpty()) {
                parts.index().delete(index, Set.of(there.version().document()));
                removed++;
            } else if (!there.isPublished()
                    && !isWanted(there.version(), document.get().ingestion())) {
                parts.index().discard(index, there.version());
                removed++;
            }
        }
        return removed;
    }

    private static boolean isWanted(PassageKey.Version version, Ingestion ingestion) {
        boolean isOpen = ingestion.state() == State.RUNNING || ingestion.state() == State.WAITING;
        return isOpen && ingestion.version().equals(version.version());
    }

    private Path scratch() {
        try {
            return Files.createTempDirectory(parts.temporaryFolder().get(), "document");
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "A folder for half-done work could not be made",
                    "Check the rights of the workspace and the room on its disk",
                    e);
        }
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
