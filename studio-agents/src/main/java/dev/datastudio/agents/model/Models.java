package dev.datastudio.agents.model;

import dev.datastudio.agents.model.internal.EndpointRules;
import dev.datastudio.agents.model.internal.EnvironmentModel;
import dev.datastudio.agents.model.internal.FallbackChatModel;
import dev.datastudio.agents.model.internal.FallbackStreamingChatModel;
import dev.datastudio.agents.model.internal.Meter;
import dev.datastudio.agents.model.internal.MeteredChatModel;
import dev.datastudio.agents.model.internal.MeteredStreamingChatModel;
import dev.datastudio.agents.model.internal.ModelAccess;
import dev.datastudio.agents.model.internal.ModelStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The language models of a studio, made of their configurations: LangChain4j's {@link ChatModel} and
 * {@link StreamingChatModel}, around which each call
 *
 * <ul>
 *   <li>is refused before it is sent when a quota of the studio or the budget of its {@link ModelUse} is used up,
 *   <li>is sent again, a few times, when a connection failed or the service was busy or broken,
 *   <li>ends in time, and at once when it is cancelled: its connection is cut,
 *   <li>is written down with its tokens and cost ({@link #calls()}),
 *   <li>fails with a {@link StudioException} that has no key: MODEL_FAILED when trying again can help, MODEL_REFUSED when
 *       it can't, CANCELLED, QUOTA_EXCEEDED, BUDGET_EXCEEDED, URL_REFUSED, DEPENDENCY_MISSING; a stream is told it by its
 *       handler, exactly once.
 * </ul>
 *
 * <p>What is made here works as long as the studio is open and sees neither changes nor deletions of its configuration
 * that come later. Thread-safe.
 */
public final class Models {
    private final Studio studio;
    private final ModelAccess access;
    private final Optional<EnvironmentModel> environment;
    private final Caller caller;
    private final ModelUse use;

    private Models(
            Studio studio, ModelAccess access, Optional<EnvironmentModel> environment, Caller caller, ModelUse use) {
        this.studio = studio;
        this.access = access;
        this.environment = environment;
        this.caller = caller;
        this.use = use;
    }

    /** The models of a studio; its environment offers one when none is configured. */
    public static Models of(Studio studio) {
        return studio.feature(Models.class, each -> over(each, each.environment()));
    }

    /**
     * As {@link #of(Studio)}, with variables of the host program's own instead of the environment's. Each call makes
     * connections of its own, which stay open as long as the studio: call it once.
     */
    public static Models of(Studio studio, Map<String, String> environment) {
        return over(studio, Map.copyOf(environment));
    }

    private static Models over(Studio studio, Map<String, String> environment) {
        return new Models(
                studio,
                new ModelAccess(studio, new EndpointRules(studio.modelEndpoints())),
                EnvironmentModel.in(environment),
                studio.caller(),
                ModelUse.NONE);
    }

    /** The models of another caller. */
    public Models as(Caller other) {
        return new Models(studio, access, environment, Objects.requireNonNull(other, "other"), use);
    }

    /** Models whose calls belong to something. */
    public Models in(ModelUse other) {
        return new Models(studio, access, environment, caller, Objects.requireNonNull(other, "other"));
    }

    /** These models, whose calls are stopped by this; what else they belong to stays. */
    public Models stoppedBy(Cancellation cancellation) {
        return in(use.stoppedBy(cancellation));
    }

    /**
     * The configuration of a name; the active one for an empty name.
     *
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public ModelConfig config(String name) {
        return name.isEmpty() ? requireActive() : require(name);
    }

    /** Which models are configured. */
    public ModelConfigs configs() {
        return new ModelConfigs(
                studio.metadata(), studio.vault(), caller, access.endpoints(), environment, studio.activities());
    }

    /** Which calls were made, and what they used. */
    public ModelCalls calls() {
        return new ModelCalls(access.ledger(caller), caller);
    }

    /** What can answer questions here. */
    public ModelCapabilities capabilities() {
        return new ModelCapabilities(true, configs().active());
    }

    /**
     * The active model.
     *
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND} when none is configured, {@link ErrorCode#DEPENDENCY_MISSING}
     *     that names the missing module, {@link ErrorCode#URL_REFUSED}, {@link ErrorCode#SECRET_UNREADABLE}
     */
    public ChatModel chat() {
        return create(requireActive());
    }

    /** The model of a name, as {@link #chat()}. */
    public ChatModel chat(String name) {
        return create(require(name));
    }

    /** The active model, answering piece by piece; throws as {@link #chat()}. */
    public StreamingChatModel streaming() {
        return createStreaming(requireActive());
    }

    /** The model of a name, answering piece by piece; throws as {@link #chat()}. */
    public StreamingChatModel streaming(String name) {
        return createStreaming(require(name));
    }

    /**
     * The first of these models that does not fail.
     *
     * @param names at least one, in the order in which they are asked
     */
    public ChatModel fallback(List<String> names) {
        return new FallbackChatModel(requireSome(names).stream().map(this::chat).toList());
    }

    /** As {@link #fallback}, piece by piece; after its first piece a model is not replaced. */
    public StreamingChatModel streamingFallback(List<String> names) {
        return new FallbackStreamingChatModel(
                requireSome(names).stream().map(this::streaming).toList());
    }

    /** The model of a configuration as it is kept now; throws as {@link #chat()}. */
    public ChatModel create(ModelConfig config) {
        ModelConfig kept = configs().get(config.id());
        return new MeteredChatModel(
                access.connections().chat(kept, () -> configs().key(kept)), meter(kept));
    }

    /** The model of a configuration as it is kept now, answering piece by piece; throws as {@link #chat()}. */
    public StreamingChatModel createStreaming(ModelConfig config) {
        ModelConfig kept = configs().get(config.id());
        return new MeteredStreamingChatModel(
                access.connections().streaming(kept, () -> configs().key(kept)), meter(kept));
    }

    private Meter meter(ModelConfig config) {
        Meter.Told told = new Meter.Told(access.ledger(caller), access.listeners());
        return new Meter(studio::reserve, told, studio.clock(), caller, use, config);
    }

    /**
     * Has the calls of all callers told to a listener, as long as the studio is open.
     *
     * @return this
     */
    public Models listen(ModelListener listener) {
        access.listeners().add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Tries a configuration with one short call, which is counted as any other. Never throws for what the call met. */
    public ModelCheck test(ModelConfig config) {
        return check(() -> create(config));
    }

    /** As {@link #test(ModelConfig)}, before it is kept. */
    public ModelCheck test(ModelSpec spec, Secret key) {
        ModelConfig draft = new ModelConfig(
                UUID.randomUUID(),
                spec,
                ModelScope.USER,
                false,
                !key.isEmpty(),
                1,
                studio.clock().instant(),
                studio.clock().instant());
        return check(() -> {
            configs().requireUsable(spec, key);
            return new MeteredChatModel(access.connections().newChat(draft, key), meter(draft));
        });
    }

    private static ModelCheck check(Supplier<ChatModel> model) {
        long begin = System.nanoTime();
        try {
            ChatResponse response = model.get()
                    .chat(ChatRequest.builder()
                            .messages(UserMessage.from("Answer with the word: ready"))
                            .build());
            String name = response.modelName() == null ? "" : response.modelName();
            return new ModelCheck.Answered(since(begin), name);
        } catch (StudioException e) {
            return new ModelCheck.Failed(since(begin), e.code(), e.what(), e.mend());
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private ModelConfig requireActive() {
        return configs().active().orElseThrow(this::noneConfigured);
    }

    private StudioException noneConfigured() {
        return new StudioException(ErrorCode.ENTRY_NOT_FOUND, "No language model is configured", studio.modelAdvice());
    }

    private ModelConfig require(String name) {
        return configs().find(name).orElseThrow(() -> ModelStore.missing(name));
    }

    private static List<String> requireSome(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names must not be empty");
        }
        return names;
    }
}
