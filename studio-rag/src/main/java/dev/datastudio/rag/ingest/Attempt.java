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
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.rag.chunk.DocumentText;
import dev.datastudio.rag.chunk.DocumentTextWriter;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Ingestion.Failure;
import dev.datastudio.rag.document.Stage;
import dev.datastudio.rag.embed.CachingEmbedder;
import dev.datastudio.rag.extract.DocumentSource;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionStatus;
import dev.datastudio.rag.extract.ExtractionWarning;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try to bring a version in. Used by one thread. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int BATCH = 64;

    private final IngestionParts parts;
    private final DocumentCatalog catalog;
    private final IndexName index;
    private final Caller caller;
    private final DocumentFiles files;
    private final GroupPublisher publisher;
    private final Document document;
    private final PassageKey.Version version;
    private final Cancellation cancellation;
    private final ProgressListener progress;
    private Stage stage = Stage.PARSE;

    Attempt(Scope scope, Document document, Cancellation cancellation, ProgressListener progress) {
        this.parts = scope.parts();
        this.catalog = scope.catalog();
        this.index = scope.index();
        this.caller = scope.caller();
        this.files = scope.files();
        this.publisher = scope.publisher();
        this.document = document;
        this.version =
                new PassageKey.Version(document.id(), document.ingestion().version());
        this.cancellation = cancellation;
        this.progress = progress;
    }

    Document run(Path scratch) {
        boolean isPublished = Scope.isPublished(parts.index(), index, version);
        enter(isPublished ? Stage.STORE : Stage.PARSE);
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

    private ReadText read(Path scratch, Path textFile) {
        DocumentSource source = new DocumentSource(
                files.original(document.id(), version.version(), scratch.resolve("again")), document.name());
        report(0, -1, "documents");
        try (DocumentTextWriter text = DocumentTextWriter.create(textFile)) {
            return ReadText.of(
                    parts, text, chunker -> parts.extractor().extract(source, parts.limits(), chunker, cancellation));
        }
    }

    private void stage(ReadText read, DocumentText text) {
        parts.embedder()
                .ifPresent(model -> parts.index().prepare(index, new VectorSpace(model.model(), model.dimension())));
        String language = read.extraction().metadata().language();
        for (int from = 0; from < read.places().size(); from += BATCH) {
            int to = Math.min(read.places().size(), from + BATCH);
            List<DocumentPassage> batch = new ArrayList<>();
            for (int i = from; i < to; i++) {
                batch.add(passage(read.places().get(i), i, language, text));
            }
            Retries.run(
                    () -> {
                        List<Passage> passages = withVectors(batch);
                        cancellation.throwIfCancelled();
                        parts.index().stage(index, passages);
                    },
                    cancellation);
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
                place.to(),
                text.pageStarts(place.from(), place.to()));
    }

    private List<Passage> withVectors(List<DocumentPassage> batch) {
        Optional<Embedder> model = parts.embedder();
        List<float[]> vectors = model.isEmpty()
                ? List.of()
                : CachingEmbedder.of(model.get(), parts.cache(), caller.tenant())
                        .tagged(Set.of(tag()))
                        .embed(batch.stream().map(Attempt::embedded).toList(), cancellation);
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            passages.add(batch.get(i)
                    .toPassage(
                            document.user(), document.visibility(), vectors.isEmpty() ? new float[0] : vectors.get(i)));
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
        stage = Stage.STORE;
        report(0, read.places().size(), "passages");
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

    /** Once the index shows the version the work is not cancelled any more: the catalogue has to say so too. */
    private Document enter(Stage store, DocumentVersion made) {
        stage = store;
        change(before -> before.with(before.ingestion().at(Stage.STORE, now())));
        Retries.run(() -> publisher.publish(index, version, cancellation), cancellation);
        AtomicReference<Optional<DocumentVersion>> replaced = new AtomicReference<>(Optional.empty());
        Document done = change(before -> {
            replaced.set(before.current());
            return before.with(made, before.ingestion().done(now()));
        });
        // No other folder: the next content may lie there already, which nobody has begun to read yet.
        Objects.requireNonNull(replaced.get())
                .map(DocumentVersion::id)
                .filter(id -> !DocumentFiles.content(id).equals(DocumentFiles.content(version.version())))
                .ifPresent(id -> files.delete(document.id(), id));
        parts.cache().removeTagged(caller.tenant(), tag());
        return done;
    }

    private void enter(Stage next) {
        stage = next;
        change(before -> before.with(before.ingestion().at(next, now())));
    }

    /** Says in the catalogue that it is alive, in whatever stage; on any thread. Throws when nobody needs to know. */
    void sign() {
        try {
            change(before -> before.ingestion().state() == Ingestion.State.RUNNING
                    ? before.with(before.ingestion().at(before.ingestion().stage(), now()))
                    : before);
        } catch (StudioException e) {
            if (!Retries.canPass(e)) {
                throw e;
            }
            LOG.debug("An ingestion could not say that it is alive; it will try again", e);
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

    /** What becomes of the document; throws on what is for the caller, such as that it was cancelled or deleted. */
    Document ended(StudioException e) {
        parts.index().discard(index, version);
        if (e.code() == ErrorCode.ENTRY_CONFLICT) {
            throw e;
        }
        catalog.getOwn(document.id()); // that it was deleted is why it was stopped
        if (e.code() == ErrorCode.CANCELLED) {
            change(before -> before.with(before.ingestion().cancelled(now())));
            throw e;
        }
        return failed(new Failure(e.code().name(), e.what(), e.mend(), Retries.canPass(e)));
    }

    /** Notes that it ended by a mistake of this program, which goes on to the caller. */
    void broke(RuntimeException mistake) {
        try {
            failed(new Failure(
                    ErrorCode.INTERNAL.name(),
                    "Reading " + StudioException.quote(document.name()) + " ended by "
                            + mistake.getClass().getSimpleName(),
                    "Try again; if it happens again, report it with the log",
                    true));
        } catch (StudioException e) {
            mistake.addSuppressed(e);
        }
    }

    private void report(long done, long total, String unit) {
        progress.onProgress(new Progress(stage.name().toLowerCase(Locale.ROOT), done, total, unit));
    }

    private static boolean isPassing(Extraction extraction) {
        return extraction.status() == ExtractionStatus.TIMED_OUT || extraction.status() == ExtractionStatus.FAILED;
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
