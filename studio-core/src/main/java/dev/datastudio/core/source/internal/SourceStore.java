package dev.datastudio.core.source.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the sources of one tenant, their passwords sealed. Thread-safe. */
public final class SourceStore {
    private static final String KIND = "source";
    private static final int TRIES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MetadataStore store;
    private final SecretVault vault;
    private final String tenant;
    private final EntryCollection<Source> sources;

    public SourceStore(MetadataStore store, SecretVault vault, String tenant) {
        this.store = store;
        this.vault = vault;
        this.tenant = tenant;
        this.sources = new EntryCollection<>(store, tenant, KIND, SourceStore::source);
    }

    /** A source with its password, for the moment of connecting. */
    record Opened(Source source, Secret password) {}

    public Source insert(SourceSpec spec, Secret password) {
        SourceId id = SourceId.random();
        String sealed = password.isEmpty() ? "" : vault.seal(tenant, purpose(id), password);
        return put(EntryChange.insert(sources.key(id.toString()), body(spec, sealed), attributes(spec)));
    }

    /** Changes a source and leaves its password. */
    public Source update(SourceId id, long revision, SourceSpec spec) {
        return put(EntryChange.update(
                sources.key(id.toString()), revision, body(spec, sealed(entry(id))), attributes(spec)));
    }

    /** Changes a source and its password; an empty one removes it. */
    public Source update(SourceId id, long revision, SourceSpec spec, Secret password) {
        entry(id);
        String sealed = password.isEmpty() ? "" : vault.seal(tenant, purpose(id), password);
        return put(EntryChange.update(sources.key(id.toString()), revision, body(spec, sealed), attributes(spec)));
    }

    private Source put(EntryChange change) {
        return source(store.apply(change).orElseThrow(() -> new IllegalStateException("A put entry is given back")));
    }

    public void delete(SourceId id) {
        Entry entry = entry(id);
        store.apply(new EntryChange.Delete(entry.key(), EntryChange.ANY_REVISION));
    }

    public Source get(SourceId id) {
        return source(entry(id));
    }

    public boolean hasPassword(SourceId id) {
        return !sealed(entry(id)).isEmpty();
    }

    Opened open(SourceId id) {
        Entry entry = entry(id);
        String sealed = sealed(entry);
        Secret password = sealed.isEmpty() ? Secret.of("") : vault.open(tenant, purpose(id), sealed);
        return new Opened(source(entry), password);
    }

    public List<Source> list() {
        return sources.all(sources.query());
    }

    public Optional<Source> find(String name) {
        return sources.page(sources.query().where("name", name).limitedTo(1)).stream()
                .findFirst();
    }

    /** Has the vault seal all passwords with its newest key; how many were sealed with an older one. */
    public int reseal() {
        int resealed = 0;
        for (Source source : list()) {
            resealed += reseal(source.id(), TRIES) ? 1 : 0;
        }
        return resealed;
    }

    private boolean reseal(SourceId id, int tries) {
        Optional<Entry> found = store.find(sources.key(id.toString()));
        String before = found.map(SourceStore::sealed).orElse("");
        if (before.isEmpty()) {
            return false; // deleted meanwhile, or without a password
        }
        Entry entry = found.orElseThrow();
        String after = vault.reseal(tenant, purpose(id), before);
        if (after.equals(before)) {
            return false;
        }
        try {
            store.apply(EntryChange.update(
                    entry.key(), entry.revision(), body(source(entry).spec(), after), entry.attributes()));
            return true;
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_CONFLICT || tries == 1) {
                throw e;
            }
            return reseal(id, tries - 1); // somebody changed it meanwhile
        }
    }

    private Entry entry(SourceId id) {
        return store.find(sources.key(id.toString()))
                .orElseThrow(() -> new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "There is no source " + StudioException.quote(id),
                        "List the sources to see their ids"));
    }

    /** Binds a sealed password to its source, so that it opens in no other one. */
    private static String purpose(SourceId id) {
        return "source/" + id + "/password";
    }

    private static Map<String, String> attributes(SourceSpec spec) {
        return Map.of("name", spec.name(), "type", spec.kind().name());
    }

    private static String body(SourceSpec spec, String sealed) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", spec.name());
        json.put("kind", spec.kind().name());
        json.put("host", spec.host());
        json.put("port", spec.port());
        json.put("database", spec.database());
        json.put("user", spec.user());
        spec.properties().forEach(json.putObject("properties")::put);
        json.put("readTimeoutMillis", spec.readTimeout().toMillis());
        json.put("schema", spec.schema());
        json.put("rowLimit", spec.rowLimit());
        json.put("password", sealed);
        return json.toString();
    }

    private static String sealed(Entry entry) {
        return parse(entry).path("password").asText();
    }

    private static Source source(Entry entry) {
        return source(entry, parse(entry));
    }

    /** The specification is checked again: what a changed store says does not reach a driver unchecked. */
    private static Source source(Entry entry, JsonNode json) {
        Map<String, String> properties = new HashMap<>();
        json.path("properties")
                .properties()
                .forEach(p -> properties.put(p.getKey(), p.getValue().asText()));
        SourceSpec spec = new SourceSpec(
                json.path("name").asText(),
                SourceKind.valueOf(json.path("kind").asText()),
                json.path("host").asText(),
                json.path("port").asInt(),
                json.path("database").asText(),
                json.path("user").asText(),
                properties,
                Duration.ofMillis(json.path("readTimeoutMillis").asLong()),
                json.path("schema").asText(),
                json.path("rowLimit").asLong());
        SourceId id = SourceId.parse(entry.key().id());
        return new Source(id, spec, entry.revision(), entry.createdAt(), entry.changedAt());
    }

    private static JsonNode parse(Entry entry) {
        try {
            return JSON.readTree(entry.body());
        } catch (JsonProcessingException e) {
            // Without the cause, which would quote the entry.
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "The source " + StudioException.quote(entry.key().id()) + " can't be read from the workspace",
                    "Delete it and make it again");
        }
    }
}
