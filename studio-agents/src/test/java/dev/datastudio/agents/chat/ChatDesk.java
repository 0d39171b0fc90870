package dev.datastudio.agents.chat;

import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A studio with four orders, a chat, and a model that says what a test wants. */
final class ChatDesk implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    private static final String ORDERS = "region,sales,units\nNorth,20,1\nNorth,30,2\nSouth,45,3\nWest,35,4\n";

    final ScriptedModelServer server = ScriptedModelServer.start();
    final Studio studio;
    final Dataset orders;

    private ChatDesk(Studio studio) {
        this.studio = studio;
        try {
            Path file = Files.createTempDirectory(studio.temporaryFolder(), "orders")
                    .resolve("orders.csv");
            this.orders = studio.datasets().importFile(Files.writeString(file, ORDERS, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ChatDesk withoutModel() {
        return new ChatDesk(Studio.inMemory());
    }

    static ChatDesk withModel() {
        return withModel(Studio.inMemory());
    }

    static ChatDesk withModel(Studio studio) {
        ChatDesk desk = new ChatDesk(studio);
        desk.addModel("Scripted");
        return desk;
    }

    void addModel(String name) {
        ModelParameters parameters = ModelParameters.DEFAULT.withMaxRetries(0);
        ModelSpec spec = new ModelSpec(name, Provider.GENERIC, "scripted-1", server.baseUrl(), parameters);
        Models.of(studio).configs().create(spec, ModelScope.TENANT, Secret.of("key-1"));
    }

    Chat chat() {
        return Chat.of(studio);
    }

    ChatRequest about(String message) {
        return ChatRequest.of(message).about(orders.id().toString());
    }

    String sql(String statement) {
        return "{\"source_id\":\"" + orders.id() + "\",\"sql\":\"" + statement + "\"}";
    }

    static Predicate<ModelRequest> routing() {
        return request -> request.tools().contains("route");
    }

    /** A choice of agents, each given as its id. */
    static ModelReply route(String order, String why, String... agents) {
        StringBuilder choices = new StringBuilder();
        for (String agent : agents) {
            choices.append(choices.isEmpty() ? "" : ",")
                    .append("{\"agent\":\"")
                    .append(agent)
                    .append("\",\"task\":\"part of ")
                    .append(agent)
                    .append("\"}");
        }
        return ModelReply.toolCall(
                "route", "{\"agents\":[" + choices + "],\"order\":\"" + order + "\",\"why\":\"" + why + "\"}");
    }

    List<Message> branch(String conversation) {
        return chat().conversations().branch(conversation, 100);
    }

    @Override
    public void close() {
        studio.close();
        server.close();
    }
}
