package dev.datastudio.testkit.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One request that a {@link ScriptedModelServer} got. Immutable.
 *
 * @param number counts the requests of the server from 1
 * @param protocol the protocol it was made in
 * @param target path and query that were asked for
 * @param headers by their names in lower case
 * @param model name of the model asked for; for Azure the deployment in the path
 * @param isStreamed whether the answer is to come in pieces
 * @param messages the conversation, at least one message
 * @param tools names of the tools that the model may call
 * @param json the request as it came
 */
public record ModelRequest(
        int number,
        ModelProtocol protocol,
        String target,
        Map<String, String> headers,
        String model,
        boolean isStreamed,
        List<ModelMessage> messages,
        List<String> tools,
        String json) {
    public ModelRequest {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(target, "target");
        headers = Map.copyOf(headers);
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages must not be empty");
        }
    }

    /** The text of the last message, which rules look at. */
    public String lastText() {
        return messages.get(messages.size() - 1).text();
    }
}
