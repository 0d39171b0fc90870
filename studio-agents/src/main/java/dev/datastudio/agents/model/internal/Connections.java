package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.api.secret.Secret;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes models that share their connections, which are opened when first needed. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final int MAX_MODELS = 200;

    private final EndpointRules endpoints;
    private @Nullable ModelHttp guarded;
    private @Nullable ModelHttp trusted;
    private boolean isClosed;

    /** Opening a key and making a model of LangChain4j's takes more than a millisecond, each call needs one. */
    private final Map<Key, Object> models = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Object> eldest) {
            return size() > MAX_MODELS;
        }
    };

    /** A change of a configuration, its key included, gives it another revision. */
    private record Key(UUID id, long revision, ModelSpec spec, Class<?> kind) {}

    /**
     * Without connections yet.
     *
     * @param endpoints where the requests may go
     */
    public Connections(EndpointRules endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * A model that answers as a whole, the same one for a configuration until it changes.
     *
     * @param key asked for when the model has to be made
     */
    public ChatModel chat(ModelConfig config, Supplier<Secret> key) {
        return made(config, ChatModel.class, () -> newChat(config, key.get()));
    }

    /** A model of its own, for a configuration that is not kept. */
    public ChatModel newChat(ModelConfig config, Secret key) {
        return ProviderModels.with(config.spec().provider(), models -> models.chat(access(config, key)));
    }

    /** A model that answers piece by piece, as {@link #chat}. */
    public StreamingChatModel streaming(ModelConfig config, Supplier<Secret> key) {
        return made(
                config,
                StreamingChatModel.class,
                () -> ProviderModels.with(
                        config.spec().provider(), models -> models.streaming(access(config, key.get()))));
    }

    private <T> T made(ModelConfig config, Class<T> kind, Supplier<T> maker) {
        Key key = new Key(config.id(), config.revision(), config.spec(), kind);
        synchronized (models) {
            Object model = models.get(key);
            if (model != null) {
                return kind.cast(model);
            }
        }
        T model = maker.get();
        synchronized (models) {
            models.put(key, model);
        }
        return model;
    }

    private ProviderModels.Access access(ModelConfig config, Secret key) {
        ModelHttp http = http(config);
        HttpClientBuilder client = http.clientFor(
                key,
                config.spec().parameters().timeout(),
                config.spec().parameters().maxRetries());
        return new ProviderModels.Access(config.spec(), key, client);
    }

    /** What the environment says is the host program's own word; what people say is checked. */
    private synchronized ModelHttp http(ModelConfig config) {
        if (isClosed) {
            throw new IllegalStateException("The studio is closed; open it again to use it");
        }
        if (config.isFromEnvironment()) {
            ModelHttp open = trusted == null
                    ? new ModelHttp(endpoints.trusting(config.spec()).guard())
                    : trusted;
            trusted = open;
            return open;
        }
        endpoints.require(config.spec());
        ModelHttp open = guarded == null ? new ModelHttp(endpoints.guard()) : guarded;
        guarded = open;
        return open;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        synchronized (models) {
            models.clear();
        }
        if (guarded != null) {
            guarded.close();
        }
        if (trusted != null) {
            trusted.close();
        }
    }
}
