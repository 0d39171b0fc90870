package dev.datastudio.rag.document;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.rag.document.internal.DocumentBodies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The documents of a tenant as one user sees them: the user's own and those that others show to the tenant. It says
 * which version of each counts, whatever an index holds. Thread-safe, also between processes.
 */
public final class DocumentCatalog {
    private static final String USER = "user_id";
    private static final int ID_DIGITS = 24;

    private final MetadataStore store;
    private final Caller caller;
    private final EntryCollection<Document> documents;

    private DocumentCatalog(MetadataStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
        this.documents = new EntryCollection<>(store, caller.tenant(), "document", DocumentBodies::read);
    }

    /** The catalogue that is kept in a store, which stays open, for a caller. */
    public static DocumentCatalog of(MetadataStore store, Caller caller) {
        return new DocumentCatalog(Objects.requireNonNull(store, "store"), Objects.requireNonNull(caller, "caller"));
    }

    /** The id that a name has with this caller: always the same one, so that a name can't be there twice. */
    public String idOf(String name) {
        return digest(caller.user() + "\n" + name).substring(0, ID_DIGITS);
    }

    /** The SHA-256 of a text as hexadecimal digits. */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The document of an id, if this caller may see it. */
    public Optional<Document> find(String id) {
        return documents.find(id).filter(this::isVisible);
    }

    /** The document of an id, whoever of the tenant may see it: to keep the tenant's index in order. */
    public Optional<Document> ofAnybody(String id) {
        return documents.find(id);
    }

    private boolean isVisible(Document document) {
        return isOwn(document) || document.visibility() == Visibility.TENANT;
    }

    private boolean isOwn(Document document) {
        return document.user().equals(caller.user());
    }

    /**
     * A document that this caller may see.
     *
     * @throws StudioException with {@link ErrorCode#DOCUMENT_NOT_FOUND} when this caller sees none of that id
     */
    public Document get(String id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    /**
     * A document that this caller has added.
     *
     * @throws StudioException with {@link ErrorCode#DOCUMENT_NOT_FOUND} when this caller has added none of that id
     */
    public Document getOwn(String id) {
        return find(id).filter(this::isOwn).orElseThrow(() -> notFound(id));
    }

    private static StudioException notFound(String id) {
        return new StudioException(
                ErrorCode.DOCUMENT_NOT_FOUND,
                "There is no document " + StudioException.quote(id) + " of yours",
                "List the documents to see their ids");
    }

    /**
     * Whether a version of a document that this caller may see counts: the one that can be found, or the one that an
     * ingestion is just publishing in its place.
     */
    public boolean counts(PassageKey.Version version) {
        return find(version.document())
                .filter(document -> document.counts(version.version()))
                .isPresent();
    }

    /** All documents that this caller may see, the newest first. */
    public List<Document> list() {
        List<Document> seen = new ArrayList<>(own());
        documents.all(by("visibility", Visibility.TENANT.name())).stream()
                .filter(document -> !isOwn(document))
                .forEach(seen::add);
        return List.copyOf(seen);
    }

    /** Who in this caller's tenant has added documents. */
    public Set<Caller> owners() {
        return documents.all(documents.query()).stream()
                .map(document -> new Caller(caller.tenant(), document.user()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** This caller's own documents, the newest first. */
    public List<Document> own() {
        return documents.all(by(USER, caller.user()));
    }

    /** This caller's own documents whose ingestion is in a state, the newest first. */
    public List<Document> own(Ingestion.State state) {
        return documents.all(by(USER, caller.user()).where("state", state.name()));
    }

    /** This caller's own documents that have a content, or are being given it, the newest first. */
    public List<Document> ownBySha256(String sha256) {
        return documents.all(by(USER, caller.user()).where("sha256", sha256));
    }

    private EntryQuery by(String attribute, String value) {
        return documents.query().where(attribute, value);
    }

    /**
     * Adds a document that is not there.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_CONFLICT} when it is there by now
     */
    public Document insert(Document document) {
        return put(document, EntryChange.ABSENT);
    }

    /**
     * Changes one of this caller's own documents.
     *
     * @param change makes the new state of the present one; may be called again when somebody else changed it meanwhile
     * @return the document as it is now
     * @throws StudioException with {@link ErrorCode#DOCUMENT_NOT_FOUND}
     */
    public Document change(String id, UnaryOperator<Document> change) {
        while (true) {
            Document before = getOwn(id);
            Document after = change.apply(before); // not below: what it throws is for the caller
            try {
                return put(after, before.revision());
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private Document put(Document document, long expected) {
        EntryChange put = new EntryChange.Put(
                documents.key(document.id()),
                expected,
                DocumentBodies.write(document),
                DocumentBodies.attributes(document));
        return store.apply(put)
                .map(documents::read)
                .orElseThrow(() -> new IllegalStateException("What was put is given back"));
    }

    /** Takes one of this caller's own documents out; gives whether it was there. */
    public boolean delete(String id) {
        Optional<Document> own = find(id).filter(this::isOwn);
        own.ifPresent(document -> store.apply(EntryChange.delete(documents.key(id))));
        return own.isPresent();
    }
}
