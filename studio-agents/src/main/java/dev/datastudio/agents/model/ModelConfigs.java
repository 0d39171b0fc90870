package dev.datastudio.agents.model;

import dev.datastudio.agents.model.internal.EndpointRules;
import dev.datastudio.agents.model.internal.EnvironmentModel;
import dev.datastudio.agents.model.internal.ModelStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Which models a tenant and one of its people have configured. What belongs to another tenant or person is not there for
 * this one. Keys are sealed at once and never given out again. Thread-safe.
 *
 * <p>Who may change what everybody uses is for the program to decide: here anybody of the tenant may.
 */
public final class ModelConfigs {
    private final ModelStore kept;
    private final Caller caller;
    private final EndpointRules endpoints;
    private final Optional<EnvironmentModel> environment;
    private final ActivityListener listener;

    ModelConfigs(
            MetadataStore store,
            SecretVault vault,
            Caller caller,
            EndpointRules endpoints,
            Optional<EnvironmentModel> environment,
            ActivityListener listener) {
        this.kept = new ModelStore(store, vault, caller);
        this.caller = caller;
        this.endpoints = endpoints;
        this.environment = environment;
        this.listener = listener;
    }

    /**
     * Keeps a new configuration. The first one of its scope is active at once.
     *
     * @param key empty for none
     * @throws StudioException {@link ErrorCode#INVALID_NAME} when the name is taken in that scope,
     *     {@link ErrorCode#INVALID_ARGUMENT} without a key where the provider needs one, {@link ErrorCode#URL_REFUSED} when
     *     the host program does not allow the endpoint
     */
    public ModelConfig create(ModelSpec spec, ModelScope scope, Secret key) {
        Objects.requireNonNull(scope, "scope");
        return listener.watching(
                named("model.create", spec),
                () -> {
                    requireUsable(spec, key);
                    return kept.insert(spec, scope, key);
                },
                (activity, config) -> activity.about(config.id()));
    }

    /**
     * Changes a configuration and leaves its key. Where the key is sent can't be changed that way: whoever may change a
     * configuration could otherwise have the key sent to a server of their own.
     *
     * @param revision the {@link ModelConfig#revision()} that the change is made to
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when provider or endpoint differ and there is a key,
     *     {@link ErrorCode#ENTRY_CONFLICT} when somebody else changed it first, {@link ErrorCode#ENTRY_NOT_FOUND}, and as
     *     {@link #create}
     */
    public ModelConfig update(UUID id, long revision, ModelSpec spec) {
        return updating(named("model.update", spec).about(id), () -> {
            ModelConfig before = get(id);
            requireSamePlace(before, spec);
            endpoints.require(spec);
            return kept.update(id, revision, spec);
        });
    }

    /**
     * Changes a configuration and its key.
     *
     * @param revision the {@link ModelConfig#revision()} that the change is made to
     * @param key empty to have none
     * @throws StudioException as {@link #update(UUID, long, ModelSpec)}
     */
    public ModelConfig update(UUID id, long revision, ModelSpec spec, Secret key) {
        return updating(named("model.update", spec).about(id).with("changed", "key"), () -> {
            requireUsable(spec, key);
            return kept.update(id, revision, spec, key);
        });
    }

    /**
     * Makes a configuration the one that is used when none is named, in its scope.
     *
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public ModelConfig activate(UUID id) {
        return listener.watching(
                Activity.of(caller, "model.activate").about(id),
                () -> kept.activate(id),
                (activity, config) -> activity);
    }

    /**
     * Forgets a configuration and its key.
     *
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public void delete(UUID id) {
        listener.watching(
                Activity.of(caller, "model.delete").about(id),
                () -> {
                    kept.delete(id);
                    return id;
                },
                (activity, deleted) -> activity);
    }

    /**
     * Those of this person, those of the tenant, each the newest first, and at last the one of the environment, if it is
     * used.
     */
    public List<ModelConfig> list() {
        List<ModelConfig> all = new ArrayList<>(kept.list());
        if (all.isEmpty()) {
            environment.ifPresent(offered -> all.add(offered.config()));
        }
        return List.copyOf(all);
    }

    /**
     * The configuration of an id.
     *
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND} when there is none for this caller
     */
    public ModelConfig get(UUID id) {
        return list().stream()
                .filter(config -> config.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ModelStore.missing(id.toString()));
    }

    /** The configuration of a name, in any case of its letters; this person's before the tenant's. */
    public Optional<ModelConfig> find(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return list().stream()
                .filter(config -> config.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    /**
     * The one that is used when none is named: this person's active one, else the tenant's, else, when nothing is
     * configured, the one of the environment ({@value EnvironmentModel#KEY}).
     */
    public Optional<ModelConfig> active() {
        return list().stream().filter(ModelConfig::isActive).findFirst();
    }

    /**
     * Seals all keys of the tenant with the vault's newest key, after the vault's key was changed.
     *
     * @return how many were sealed with an older one
     * @throws StudioException {@link ErrorCode#SECRET_UNREADABLE} when the vault can't open one; those before it are
     *     sealed anew
     */
    public int resealKeys() {
        return listener.watching(
                Activity.of(caller, "model.reseal"),
                kept::reseal,
                (activity, count) -> activity.with("resealed", count));
    }

    /** The key of one of these, for the moment of calling. */
    Secret key(ModelConfig config) {
        return config.isFromEnvironment() ? environment.orElseThrow().key() : kept.key(config.id());
    }

    void requireUsable(ModelSpec spec, Secret key) {
        endpoints.require(spec);
        if (key.isEmpty() && !spec.provider().worksWithoutKey()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    spec.provider().title() + " needs a key, and none was given for "
                            + StudioException.quote(spec.name()),
                    "Give the key that the service issued to you");
        }
        if (!key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The key for " + StudioException.quote(spec.name()) + " has characters that no key has",
                    "Copy it again, without spaces and line breaks");
        }
    }

    private static void requireSamePlace(ModelConfig before, ModelSpec spec) {
        boolean isElsewhere = before.spec().provider() != spec.provider()
                || !before.spec().endpoint().equals(spec.endpoint());
        if (before.hasKey() && isElsewhere) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The model " + StudioException.quote(before.name()) + " would send its key elsewhere than before",
                    "Give the key again together with the new provider or endpoint");
        }
    }

    private ModelConfig updating(Activity begun, ActivityListener.Work<ModelConfig, RuntimeException> update) {
        return listener.watching(begun, update, (activity, config) -> activity.with("revision", config.revision()));
    }

    /** Without where it leads: what is kept for long tells no more of a network than it must. */
    private Activity named(String action, ModelSpec spec) {
        return Activity.of(caller, action)
                .with("name", spec.name())
                .with("provider", spec.provider().id())
                .with("model", spec.modelName());
    }
}
