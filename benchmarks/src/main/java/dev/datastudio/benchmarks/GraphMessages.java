package dev.datastudio.benchmarks;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import java.util.Random;

/** A conversation: one node that adds a message of 200 characters, again and again. */
final class GraphMessages {
    private static final int CHARACTERS = 200;
    private static final AppendChannel<String> MESSAGES = Channel.append("messages", String.class);

    private GraphMessages() {}

    record In() {}

    record Out() {}

    static Graph<In, Out> of(int count) {
        Random letters = new Random(1);
        return Graph.define("conversation", 1)
                .input(In.class)
                .output(Out.class)
                .channels(MESSAGES)
                .node("say", (view, context) -> Update.of(MESSAGES.add(message(letters))))
                .edge(Graph.START, "say")
                .when(
                        "say",
                        Route.on(view -> view.get(MESSAGES).size() >= count)
                                .then(Graph.END)
                                .otherwise("say"))
                .maxSteps(count)
                .build();
    }

    private static String message(Random letters) {
        StringBuilder text = new StringBuilder(CHARACTERS);
        for (int i = 0; i < CHARACTERS; i++) {
            text.append((char) ('a' + letters.nextInt(26)));
        }
        return text.toString();
    }
}
