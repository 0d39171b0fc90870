package dev.datastudio.agents.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.ChangeLock;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Keeps the models of one tenant as one person sees them, their keys sealed. Thread-safe. */
public final class ModelStore {
    private static final String KIND = "model-config";
    private static final int TRIES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MetadataStore store;
    private final SecretVault vault;
    private final Caller caller;
    private final EntryCollection<Kept> entries;

    public ModelStore(MetadataStore store, SecretVault vault, Caller caller) {
        this.store = store;
        this.vault = vault;
        this.caller = caller;
        this.entries = new EntryCollection<>(store, caller.tenant(), KIND, ModelStore::kept);
    }

    /** A configuration with its sealed key, and whose it is. */
    private record Kept(ModelConfig config, String owner, String sealed) {}

    /** Makes a configuration; the first one of its scope is active at once. */
    public ModelConfig insert(ModelSpec spec, ModelScope scope, Secret key) {
        UUID id = UUID.randomUUID();
        String sealed = sealed(id, key);
        return lock(scope).changing(locking -> {
            List<Kept> beside = inScope(scope);
            requireFreeName(spec.name(), beside, Optional.empty());
            boolean isFirst = beside.stream().noneMatch(kept -> kept.config().isActive());
            EntryChange insertion = EntryChange.insert(
                    entries.key(id.toString()),
                    body(spec, scope, owner(scope), isFirst, sealed),
                    attributes(spec, scope, owner(scope)));
            return put(locking, insertion);
        });
    }

    /** One for each set of configurations whose names differ. */
    private ChangeLock lock(ModelScope scope) {
        byte[] whose = (scope.id() + "/" + owner(scope)).getBytes(StandardCharsets.UTF_8);
        String id = UUID.nameUUIDFromBytes(whose).toString();
        return new ChangeLock(store, new EntryKey(caller.tenant(), KIND + "-lock", id));
    }

    /** Changes a configuration and leaves its key. */
    public ModelConfig update(UUID id, long revision, ModelSpec spec) {
        Kept kept = require(id);
        return update(kept, revision, spec, kept.sealed());
    }

    /** Changes a configuration and its key; an empty one removes it. */
    public ModelConfig update(UUID id, long revision, ModelSpec spec, Secret key) {
        return update(require(id), revision, spec, sealed(id, key));
    }

    private ModelConfig update(Kept kept, long revision, ModelSpec spec, String sealed) {
        ModelConfig config = kept.config();
        return lock(config.scope()).changing(locking -> {
            requireFreeName(spec.name(), inScope(config.scope()), Optional.of(config.id()));
            return put(locking, change(kept, revision, spec, config.isActive(), sealed));
        });
    }

    private EntryChange change(Kept kept, long revision, ModelSpec spec, boolean isActive, String sealed) {
        ModelConfig config = kept.config();
        return EntryChange.update(
                entries.key(config.id().toString()),
                revision,
                body(spec, config.scope(), kept.owner(), isActive, sealed),
                attributes(spec, config.scope(), kept.owner()));
    }

    private ModelConfig put(EntryChange locking, EntryChange change) {
        return entries.read(store.apply(List.of(locking, change)).get(1)).config();
    }

    /** Makes a configuration the active one of its scope, and those beside it inactive. */
    public ModelConfig activate(UUID id) {
        return again(() -> {
            Kept chosen = require(id);
            List<EntryChange> changes = new ArrayList<>();
            for (Kept kept : inScope(chosen.config().scope())) {
                boolean isChosen = kept.config().id().equals(id);
                if (isChosen || kept.config().isActive()) {
                    ModelConfig config = kept.config();
                    changes.add(change(kept, config.revision(), config.spec(), isChosen, kept.sealed()));
                }
            }
            store.apply(changes);
            return require(id).config();
        });
    }

    public void delete(UUID id) {
        require(id);
        store.apply(EntryChange.delete(entries.key(id.toString())));
    }

    /** Those of this person, then those of the tenant, each the newest first. */
    public List<ModelConfig> list() {
        return visible().map(Kept::config).toList();
    }

    /** The key of a configuration; empty when it has none. */
    public Secret key(UUID id) {
        String sealed = require(id).sealed();
        return sealed.isEmpty() ? Secret.of("") : vault.open(caller.tenant(), purpose(id), sealed);
    }

    /** Has the vault seal all keys of the tenant with its newest key; how many were sealed with an older one. */
    public int reseal() {
        int resealed = 0;
        for (Kept each : entries.all(entries.query())) {
            UUID id = each.config().id();
            resealed += again(() -> resealed(id)) ? 1 : 0;
        }
        return resealed;
    }

    private boolean resealed(UUID id) {
        Optional<Kept> found =
                entries.find(id.toString()).filter(kept -> !kept.sealed().isEmpty());
        if (found.isEmpty()) {
            return false; // deleted meanwhile, or without a key
        }
        Kept kept = found.get();
        String after = vault.reseal(caller.tenant(), purpose(id), kept.sealed());
        if (after.equals(kept.sealed())) {
            return false;
        }
        ModelConfig config = kept.config();
        store.apply(change(kept, config.revision(), config.spec(), config.isActive(), after));
        return true;
    }

    /** Does something again when somebody else changed an entry meanwhile. */
    private static <T> T again(Supplier<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Stream<Kept> visible() {
        return Stream.concat(inScope(ModelScope.USER).stream(), inScope(ModelScope.TENANT).stream());
    }

    private List<Kept> inScope(ModelScope scope) {
        return entries.all(entries.query().where("scope", scope.id()).where("owner", owner(scope)));
    }

    private boolean isVisible(Kept kept) {
        return kept.owner().equals(owner(kept.config().scope()));
    }

    private String owner(ModelScope scope) {
        return scope == ModelScope.USER ? caller.user() : "";
    }

    private Kept require(UUID id) {
        return entries.find(id.toString()).filter(this::isVisible).orElseThrow(() -> missing(id.toString()));
    }

    /** The error for a configuration that is not there for this caller. */
    public static StudioException missing(String idOrName) {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "There is no configuration of a model " + StudioException.quote(idOrName),
                "List the models to see their names");
    }

    private static void requireFreeName(String name, List<Kept> beside, Optional<UUID> self) {
        String wanted = name.toLowerCase(Locale.ROOT);
        boolean isTaken = beside.stream()
                .map(Kept::config)
                .anyMatch(config -> config.name().toLowerCase(Locale.ROOT).equals(wanted)
                        && !Optional.of(config.id()).equals(self));
        if (isTaken) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "There is a configuration of a model " + StudioException.quote(name) + " already",
                    "Change that one, or take another name");
        }
    }

    private String sealed(UUID id, Secret key) {
        return key.isEmpty() ? "" : vault.seal(caller.tenant(), purpose(id), key);
    }

    /** Binds a sealed key to its configuration, so that it opens in no other one. */
    private static String purpose(UUID id) {
        return "model/" + id + "/key";
    }

    private static Map<String, String> attributes(ModelSpec spec, ModelScope scope, String owner) {
        return Map.of("name", spec.name(), "provider", spec.provider().id(), "scope", scope.id(), "owner", owner);
    }

    private static String body(ModelSpec spec, ModelScope scope, String owner, boolean isActive, String sealed) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", spec.name());
        json.put("provider", spec.provider().id());
        json.put("model", spec.modelName());
        json.put("endpoint", spec.endpoint());
        json.set("parameters", ParametersJson.write(spec.parameters()));
        json.put("scope", scope.name());
        json.put("owner", owner);
        json.put("active", isActive);
        json.put("key", sealed);
        return json.toString();
    }

    /** The specification is checked again: what a changed store says does not reach a service unchecked. */
    private static Kept kept(Entry entry, JsonNode json) {
        ModelSpec spec = new ModelSpec(
                json.path("name").asText(),
                Provider.parse(json.path("provider").asText()),
                json.path("model").asText(),
                json.path("endpoint").asText(),
                ParametersJson.read(json.path("parameters")));
        String sealed = json.path("key").asText();
        ModelConfig config = new ModelConfig(
                UUID.fromString(entry.key().id()),
                spec,
                ModelScope.valueOf(json.path("scope").asText()),
                json.path("active").asBoolean(),
                !sealed.isEmpty(),
                entry.revision(),
                entry.createdAt(),
                entry.changedAt());
        return new Kept(config, json.path("owner").asText(), sealed);
    }
}
