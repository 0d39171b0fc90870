package dev.datastudio.agents.agent;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.model.ModelProtocol;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A studio with four orders, and a model that says what a test wants. */
final class Desk implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(45);
    private static final String ORDERS = "region,sales,units\nNorth,20,1\nNorth,30,2\nSouth,45,3\nWest,35,4\n";

    final ScriptedModelServer server = ScriptedModelServer.start();
    final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    final Studio studio;

    Desk(Studio studio) {
        this.studio = studio;
    }

    static Desk open() {
        return new Desk(Studio.inMemory());
    }

    /** With the model as the active one, speaking OpenAI's protocol. */
    static Desk withModel() {
        Desk desk = open();
        desk.addModel("Scripted", Provider.GENERIC, ModelProtocol.OPENAI);
        return desk;
    }

    ModelConfig addModel(String name, Provider provider, ModelProtocol protocol) {
        ModelParameters parameters = ModelParameters.DEFAULT.withMaxRetries(0);
        ModelSpec spec = new ModelSpec(name, provider, "scripted-1", server.baseUrl(protocol), parameters);
        return Models.of(studio).configs().create(spec, ModelScope.TENANT, Secret.of("key-1"));
    }

    Dataset orders() {
        try {
            Path file = Files.createTempDirectory(studio.temporaryFolder(), "orders")
                    .resolve("orders.csv");
            return studio.datasets().importFile(Files.writeString(file, ORDERS, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Agents agents() {
        return Agents.of(studio);
    }

    AgentReply run(AgentTask task) {
        return run(task, Cancellation.none());
    }

    AgentReply run(AgentTask task, Cancellation cancellation) {
        return agents().run(task, events::add, cancellation);
    }

    <T extends AgentEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        studio.close();
        server.close();
    }
}
