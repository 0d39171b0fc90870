package dev.datastudio.agents.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.model.ModelCall;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.core.metadata.internal.GroupWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the calls of one tenant, an entry each, written in groups. Who reads waits for what was added before.
 * Thread-safe.
 */
public final class CallLedger {
    private static final String KIND = "model-call";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong SEQUENCE = new AtomicLong();
    private static final String INSTANCE = UUID.randomUUID().toString().substring(0, 13);

    private static final GroupWriter.Words WORDS =
            new GroupWriter.Words("The ledger of models", "calls of models", "counted");

    private final MetadataStore store;
    private final GroupWriter writer;
    private final EntryCollection<ModelCall> entries;

    public CallLedger(MetadataStore store, GroupWriter writer, String tenant) {
        this.store = store;
        this.writer = writer;
        this.entries = new EntryCollection<>(store, tenant, KIND, CallLedger::call);
    }

    /** What writes the calls of all tenants of a store. */
    public static GroupWriter writer(MetadataStore store) {
        return new GroupWriter(store, WORDS, GroupWriter.CAPACITY, GroupWriter.MAX_WAIT);
    }

    /**
     * Adds a call, which is written soon.
     *
     * @throws StudioException STORAGE_BUSY when the store can't be written and too many wait
     */
    void add(ModelCall call) {
        writer.add(EntryChange.put(
                entries.key(newId(call.at())),
                body(call),
                Map.of("user_name", call.user(), "conversation", call.conversation(), "run", call.run())));
    }

    /** Of one group, which is written at one time, in the order of time, and unlike those of other processes. */
    private static String newId(Instant at) {
        return String.format(Locale.ROOT, "%013d-%010d-%s", at.toEpochMilli(), SEQUENCE.incrementAndGet(), INSTANCE);
    }

    /** All calls, the latest first, to be narrowed. */
    public EntryQuery query() {
        return entries.query();
    }

    public List<ModelCall> list(EntryQuery query) {
        writer.flush();
        return List.copyOf(entries.all(query));
    }

    public int deleteBefore(Instant time) {
        writer.flush();
        return Math.toIntExact(store.deleteAll(entries.query(), time));
    }

    private static String body(ModelCall call) {
        ObjectNode json = JSON.createObjectNode();
        json.put("at", call.at().toString());
        json.put("user", call.user());
        json.put("conversation", call.conversation());
        json.put("run", call.run());
        json.put("config", call.config());
        json.put("model", call.modelName());
        json.put("inputTokens", call.inputTokens());
        json.put("outputTokens", call.outputTokens());
        json.put("counted", call.counted().name());
        call.cost().ifPresent(cost -> json.put("cost", cost.toPlainString()));
        json.put("millis", call.took().toMillis());
        call.error().ifPresent(error -> json.put("error", error.name()));
        return json.toString();
    }

    private static ModelCall call(Entry entry, JsonNode json) {
        return new ModelCall(
                Instant.parse(json.path("at").asText()),
                json.path("user").asText(),
                json.path("conversation").asText(),
                json.path("run").asText(),
                json.path("config").asText(),
                json.path("model").asText(),
                json.path("inputTokens").asLong(),
                json.path("outputTokens").asLong(),
                ModelCall.Counted.valueOf(json.path("counted").asText()),
                Optional.of(json.path("cost").asText())
                        .filter(cost -> !cost.isEmpty())
                        .map(BigDecimal::new),
                Duration.ofMillis(json.path("millis").asLong()),
                Optional.of(json.path("error").asText())
                        .filter(error -> !error.isEmpty())
                        .map(ErrorCode::valueOf));
    }
}
