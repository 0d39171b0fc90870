package dev.datastudio.core.upload.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.core.upload.Upload;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Uploads as entries of the metadata store. */
public final class UploadEntries {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KIND = "upload";
    private static final String DATASET = "dataset";

    private UploadEntries() {}

    /** The upload of an id; only its owner has it. */
    public static Optional<Upload> find(MetadataStore store, Caller caller, String id) {
        return new EntryCollection<>(store, caller.tenant(), KIND, UploadEntries::read)
                .find(id)
                .filter(upload -> upload.owner().equals(caller));
    }

    /** The uploads of everybody in a tenant. */
    public static List<Upload> all(MetadataStore store, String tenant) {
        EntryCollection<Upload> uploads = new EntryCollection<>(store, tenant, KIND, UploadEntries::read);
        return uploads.all(uploads.query());
    }

    /** Keeps an upload in place of what was kept of it. */
    public static EntryChange put(Upload upload) {
        ObjectNode body = JSON.createObjectNode()
                .put("user", upload.owner().user())
                .put("name", upload.name())
                .put("folder", upload.folder())
                .put("originKind", upload.origin().kind())
                .put("origin", upload.origin().detail())
                .put("createdAt", upload.createdAt().toEpochMilli());
        upload.dataset().ifPresent(dataset -> body.put("dataset", dataset.toString()));
        EntryKey key = new EntryKey(upload.owner().tenant(), KIND, upload.id());
        Map<String, String> attributes =
                new HashMap<>(Map.of("user", upload.owner().user()));
        upload.dataset().ifPresent(dataset -> attributes.put(DATASET, dataset.toString()));
        return EntryChange.put(key, body.toString(), attributes);
    }

    /** The uploads that became a data set. */
    public static List<Upload> of(MetadataStore store, Dataset dataset) {
        EntryCollection<Upload> uploads =
                new EntryCollection<>(store, dataset.owner().tenant(), KIND, UploadEntries::read);
        return uploads.all(uploads.query().where(DATASET, dataset.id().toString()));
    }

    /** Forgets all uploads of a caller; gives how many there were. */
    public static long deleteAll(MetadataStore store, Caller caller) {
        return store.deleteAll(EntryQuery.of(caller.tenant(), KIND).where("user", caller.user()), Instant.MAX);
    }

    /** Forgets an upload. */
    public static EntryChange delete(Upload upload) {
        return EntryChange.delete(new EntryKey(upload.owner().tenant(), KIND, upload.id()));
    }

    /** What was kept before origins were, is a file. */
    private static Upload read(Entry entry, JsonNode body) {
        return new Upload(
                entry.key().id(),
                new Caller(entry.key().tenant(), body.path("user").asText()),
                body.path("name").asText(),
                body.path("folder").asText(),
                Origin.of(
                        body.path("originKind").asText(Origin.FILE),
                        body.path("origin").asText(body.path("name").asText())),
                body.has("dataset")
                        ? Optional.of(DatasetId.parse(body.path("dataset").asText()))
                        : Optional.empty(),
                Instant.ofEpochMilli(body.path("createdAt").asLong()));
    }
}
