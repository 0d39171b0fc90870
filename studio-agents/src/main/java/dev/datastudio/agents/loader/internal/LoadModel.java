package dev.datastudio.agents.loader.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.model.internal.JsonQuestion;
import dev.datastudio.graph.NodeContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The model that a load asks, and what it cost so far. Thread-safe. */
final class LoadModel {
    private static final int REPAIRS = 2;

    private final Models models;
    private final ModelConfig config;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong tokens = new AtomicLong();

    LoadModel(Models models, ModelConfig config) {
        this.models = models;
        this.config = config;
    }

    String name() {
        return config.name();
    }

    /** What can answer otherwise though it is asked alike. */
    String identity() {
        return config.name() + " " + config.spec().provider() + " "
                + config.spec().modelName();
    }

    /**
     * Asks for a JSON object, and again, a few times, when it can't be used.
     *
     * @throws StudioException as {@link JsonQuestion#ask}
     */
    <T> T ask(PromptFile prompt, String question, Function<JsonNode, T> reader, NodeContext context) {
        JsonQuestion.Asking asking = new JsonQuestion.Asking(
                "The model " + StudioException.quote(config.name()), context.cancellation(), used -> {
                    calls.incrementAndGet();
                    tokens.addAndGet(used);
                    context.spend(used, 0);
                });
        ModelUse use = ModelUse.NONE.inRun(context.run().toString()).stoppedBy(context.cancellation());
        return new JsonQuestion(models.in(use).create(config), prompt.text(), REPAIRS).ask(question, reader, asking);
    }

    int calls() {
        return calls.get();
    }

    long tokens() {
        return tokens.get();
    }
}
