package dev.datastudio.agents.ask;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.planner.model.ModelPlanner;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.time.Duration;
import java.util.Optional;

/**
 * The model that reads a caller's questions where none is named: the active one of those that are configured, for what
 * the built-in planner does not read with certainty. Thread-safe.
 */
public final class ActivePlanning {
    /** A change is seen after so long at the latest, so that questions don't look for it each time. */
    public static final Duration FRESH = Duration.ofSeconds(2);

    private static final long MAX_KNOWN = 10_000;

    private final Models models;
    /** Of many who ask at once, one looks whether it changed, and the others go on with what is known. */
    private final LoadingCache<Caller, Optional<ModelPlanning>> known = Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN)
            .expireAfterWrite(FRESH)
            .refreshAfterWrite(FRESH.dividedBy(2))
            .executor(Runnable::run)
            .build(this::active);

    private ActivePlanning(Models models) {
        this.models = models;
    }

    /** Of a studio. */
    public static ActivePlanning of(Studio studio) {
        return studio.feature(ActivePlanning.class, any -> new ActivePlanning(Models.of(any)));
    }

    /** Options with the caller's active model, if there is one. */
    public AskOptions applied(Caller caller, AskOptions options) {
        return known.get(caller).map(options::withModel).orElse(options);
    }

    private Optional<ModelPlanning> active(Caller caller) {
        Models own = models.as(caller);
        Optional<ModelConfig> active = own.configs().active();
        return active.map(config -> ModelPlanning.builtInFirst(ModelPlanner.of(own, config)));
    }

    /**
     * Options with a model of a name.
     *
     * @throws dev.datastudio.api.error.StudioException ENTRY_NOT_FOUND when the caller has none of that name
     */
    public AskOptions applied(Caller caller, String model, AskOptions options) {
        Models own = models.as(caller);
        return options.withModel(ModelPlanning.builtInFirst(ModelPlanner.of(own, own.config(model))));
    }
}
