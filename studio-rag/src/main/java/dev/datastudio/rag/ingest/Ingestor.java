package dev.datastudio.rag.ingest;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.rag.chunk.DocumentText;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.document.Stage;
import dev.datastudio.rag.document.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Brings the documents of one caller in. The file is kept first, so that whatever breaks off can be begun again without
 * it. A version is staged in the index and published there in one step, and the catalogue says which one counts; so a
 * crash at any moment leaves the old content, or the new. Thread-safe.
 */
public final class Ingestor {
    private static final int ATTEMPT_DIGITS = 8;
    private static final int CONTENT_DIGITS = DocumentFiles.CONTENT_DIGITS;

    /** How often, and how many times, it is looked whether another process has published. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final int LOOKS = 300;
    private static final String ADD_AGAIN = "Add the file again";

    private final IngestionParts parts;
    private final DocumentCatalog catalog;
    private final IndexName index;
    private final Caller caller;
    private final DocumentFiles files;
    private final InFlight inFlight;
    private final Leftovers leftovers;

    /**
     * Brings documents into an index of the caller's tenant.
     *
     * @param inFlight shared by all that bring documents into this index within the process
     */
    public Ingestor(IngestionParts parts, DocumentCatalog catalog, IndexName index, Caller caller, InFlight inFlight) {
        this.parts = parts;
        this.catalog = catalog;
        this.index = index;
        this.caller = caller;
        this.inFlight = inFlight;
        this.files = new DocumentFiles(parts.artifacts(), caller);
        this.leftovers = new Leftovers(parts, catalog, index, files);
    }

    /**
     * Keeps a file as the new content of the document of a name, and reads it. The same content in the same pipeline is
     * given back as it is, under whatever name of this caller, unless the name has another content; one that is being
     * added by another thread is waited for.
     *
     * @throws StudioException FILE_NOT_FOUND, FILE_NOT_READABLE, LIMIT_EXCEEDED, or as {@link #run}
     */
    public Document add(
            Path file, String name, Visibility visibility, Cancellation cancellation, ProgressListener progress) {
        return keeping(
                file,
                cancellation,
                copy -> inFlight.alone("content\n" + key(copy.content(visibility)), cancellation, () -> {
                    Optional<Document> same = same(copy, name, visibility);
                    return same.isPresent()
                            ? same.get()
                            : inFlight.alone(key(catalog.idOf(name)), cancellation, () -> {
                                Document begun = begin(copy, name, visibility, cancellation);
                                return run(begun.id(), cancellation, progress);
                            });
                }));
    }

    /**
     * Keeps a file as {@link #add} does, to be read by {@link #run}.
     *
     * @throws StudioException FILE_NOT_FOUND, FILE_NOT_READABLE, LIMIT_EXCEEDED, or a failure of a store
     */
    public Document keep(Path file, String name, Visibility visibility) {
        return keeping(
                file,
                Cancellation.none(),
                copy -> same(copy, name, visibility)
                        .orElseGet(() -> begin(copy, name, visibility, Cancellation.none())));
    }

    private Document keeping(Path file, Cancellation cancellation, Function<Copy, Document> work) {
        Path scratch = scratch();
        try {
            Path copy = scratch.resolve("original");
            String sha256 = DocumentFiles.copy(file, copy, parts.limits().maxBytes(), cancellation);
            return work.apply(new Copy(copy, sha256, Files.size(copy)));
        } catch (IOException e) {
            throw new UncheckedIOException("The size of a copied file could not be told", e);
        } finally {
            DocumentFiles.remove(scratch);
        }
    }

    /** A file that can't change any more. */
    private final class Copy {
        private final Path file;
        private final String sha256;
        private final long bytes;

        Copy(Path file, String sha256, long bytes) {
            this.file = file;
            this.sha256 = sha256;
            this.bytes = bytes;
        }

        /** What is the same for the same content in the same pipeline. */
        String content(Visibility visibility) {
            return DocumentCatalog.digest(sha256 + "\n" + visibility + "\n" + parts.fingerprint())
                    .substring(0, CONTENT_DIGITS);
        }
    }

    private Optional<Document> same(Copy copy, String name, Visibility visibility) {
        String id = catalog.idOf(name);
        boolean isNew = catalog.find(id).isEmpty();
        String content = copy.content(visibility);
        return catalog.ownBySha256(copy.sha256).stream()
                .filter(document -> isNew || document.id().equals(id))
                .filter(document -> document.ingestion().state() == State.DONE
                        && DocumentFiles.content(document.ingestion().version()).equals(content))
                .findFirst();
    }

    private Document begin(Copy copy, String name, Visibility visibility, Cancellation cancellation) {
        String id = catalog.idOf(name);
        String version = attempt(copy.content(visibility));
        files.keepOriginal(id, version, copy.file);
        Ingestion first = new Ingestion(State.WAITING, Stage.PARSE, version, copy.sha256, copy.bytes, 1, null, now());
        try {
            return catalog.insert(new Document(id, name, caller.user(), visibility, null, first, 0, now()));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                throw e;
            }
            awaitPublished(id, cancellation);
            AtomicReference<Ingestion> replaced = new AtomicReference<>();
            Document begun = catalog.change(id, before -> {
                replaced.set(before.ingestion());
                return before.with(visibility).with(waiting(before, version, copy.sha256, copy.bytes));
            });
            removeUnneeded(begun, Objects.requireNonNull(replaced.get()).version());
            return begun;
        }
    }

    /** Removes the files of an attempt that another one took the place of. */
    private void removeUnneeded(Document document, String version) {
        if (!Leftovers.isNeeded(version, document)) {
            files.delete(document.id(), version);
        }
    }

    private Ingestion waiting(Document before, String version, String sha256, long bytes) {
        int attempt = before.ingestion().attempt() + 1;
        return new Ingestion(State.WAITING, Stage.PARSE, version, sha256, bytes, attempt, null, now());
    }

    /** Each attempt has a name of its own in the index, so that none can take away what another one staged. */
    private static String attempt(String content) {
        return content + "-" + UUID.randomUUID().toString().substring(0, ATTEMPT_DIGITS);
    }

    /** Lets another process publish, which takes a moment, unless it seems to have been killed in it. */
    private void awaitPublished(String id, Cancellation cancellation) {
        for (int looks = 0; looks < LOOKS; looks++) {
            Ingestion there = catalog.getOwn(id).ingestion();
            boolean isPublishing = there.state() == State.RUNNING && there.stage() == Stage.STORE;
            if (!isPublishing
                    || there.changedAt().plus(LOOK.multipliedBy(LOOKS)).isBefore(now())) {
                return;
            }
            cancellation.sleep(LOOK);
        }
    }

    /**
     * Begins the latest ingestion of a document again, as after a crash or a failure that passed.
     *
     * @throws StudioException DOCUMENT_NOT_FOUND, also when its file is gone
     */
    public Document again(String id) {
        Document document = catalog.getOwn(id);
        String version = document.ingestion().version();
        if (!files.hasOriginal(id, version)) {
            throw new StudioException(ErrorCode.DOCUMENT_NOT_FOUND, fileGone(document), ADD_AGAIN);
        }
        boolean isPublished = Scope.isPublished(parts.index(), index, new PassageKey.Version(id, version));
        return catalog.change(id, before -> before.with(again(before, isPublished)));
    }

    /** What the index shows already is only to be noted, and can be found meanwhile. */
    private Ingestion again(Document before, boolean isPublished) {
        Ingestion old = before.ingestion();
        String version = isPublished ? old.version() : attempt(DocumentFiles.content(old.version()));
        Ingestion next = waiting(before, version, old.sha256(), old.bytes());
        return isPublished ? next.at(Stage.STORE, now()) : next;
    }

    /**
     * Reads, cuts, embeds and stores what was kept of a document. How it went stands in the result, also when the file
     * can't be read or a store or a model failed.
     *
     * @return the document as it is then
     * @throws StudioException CANCELLED; DOCUMENT_NOT_FOUND when it was deleted meanwhile; ENTRY_CONFLICT when another
     *     process began it again meanwhile
     */
    public Document run(String id, Cancellation cancellation, ProgressListener progress) {
        return inFlight.stoppable(key(id), cancellation, own -> runAlone(id, own, progress));
    }

    private Document runAlone(String id, Cancellation cancellation, ProgressListener progress) {
        Document document = catalog.getOwn(id);
        if (document.ingestion().state() == State.DONE) {
            return document;
        }
        Attempt attempt = new Attempt(
                new Scope(parts, catalog, index, caller, files, inFlight.publisher()),
                document,
                cancellation,
                progress);
        Path scratch = scratch();
        Heartbeat alive = Heartbeat.start(attempt::sign);
        try (alive) {
            return attempt.run(scratch);
        } catch (StudioException e) {
            return ended(attempt, document, e);
        } catch (RuntimeException e) {
            attempt.broke(e);
            throw e;
        } finally {
            DocumentFiles.remove(scratch);
        }
    }

    private Document ended(Attempt attempt, Document begun, StudioException why) {
        try {
            return attempt.ended(why);
        } catch (StudioException e) {
            if (!purgeIfDeleted(begun.id())) {
                catalog.find(begun.id())
                        .ifPresent(now -> removeUnneeded(now, begun.ingestion().version()));
            }
            throw e;
        }
    }

    private String key(String id) {
        return caller.tenant() + "\n" + caller.user() + "\n" + id;
    }

    /**
     * Deletes a document with every trace: catalogue, index, files, cached vectors.
     *
     * @return whether this caller had it
     */
    public boolean delete(String id) {
        boolean wasThere = catalog.delete(id);
        if (wasThere) {
            inFlight.stop(key(id));
            inFlight.alone(key(id), Cancellation.none(), () -> purgeIfDeleted(id));
        }
        return wasThere;
    }

    /** Removes what was made of a document, unless one of that name was added again. */
    private boolean purgeIfDeleted(String id) {
        boolean isGone = catalog.ofAnybody(id).isEmpty();
        if (isGone) {
            parts.index().delete(index, Set.of(id));
            files.delete(id);
            parts.cache().removeTagged(caller.tenant(), "document:" + id);
        }
        return isGone;
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
     * Removes what a crash may leave: what no document of the tenant stands for in the index, and files that no document
     * of this caller needs.
     *
     * @param before files that were kept later may be of a document that is just being added, and stay
     */
    public void sweep(Instant before) {
        leftovers.removePassages();
        leftovers.removeFiles(before);
    }

    /**
     * This caller's documents of which the index has not what the catalogue says, as after an older index was put in its
     * place, or none.
     */
    public List<Document> lost() {
        return leftovers.lost();
    }

    /**
     * Begins the ingestion of the content again that could be found, whatever was tried after it. When its file is not
     * kept, the document fails, and has no content any more.
     *
     * @return the document, which {@link #run} can be called with unless it failed
     */
    public Document restore(Document lost) {
        DocumentVersion current = lost.current().orElseThrow();
        boolean isKept = files.hasOriginal(lost.id(), current.id());
        Document begun = catalog.change(lost.id(), before -> {
            if (before.revision() != lost.revision()) {
                return before; // somebody does something about it
            }
            String version = attempt(DocumentFiles.content(current.id()));
            Ingestion next = waiting(before, version, current.sha256(), current.bytes());
            return isKept ? before.with(next) : before.without(next.failed(gone(before), now()));
        });
        removeUnneeded(begun, lost.ingestion().version());
        return begun;
    }

    /** Whether what a document is to be read from is kept; when not, it fails. */
    public boolean isReadable(Document open) {
        boolean isKept = files.hasOriginal(open.id(), open.ingestion().version());
        if (!isKept) {
            catalog.change(
                    open.id(),
                    before -> before.revision() == open.revision()
                            ? before.with(before.ingestion().failed(gone(before), now()))
                            : before);
        }
        return isKept;
    }

    private static Ingestion.Failure gone(Document document) {
        return new Ingestion.Failure(ErrorCode.DOCUMENT_NOT_FOUND.name(), fileGone(document), ADD_AGAIN, false);
    }

    private static String fileGone(Document document) {
        return "The file of " + StudioException.quote(document.name()) + " is not kept any more";
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
