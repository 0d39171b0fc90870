package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.policy.NodeOptions;
import dev.datastudio.graph.policy.Retry;
import java.time.Duration;
import java.util.List;

/** What every node may say about how it is done: {@code data.retry} and {@code data.timeoutSeconds}. */
final class NodeSettings {
    private static final JsonSchema SCHEMA = JsonSchema.parse("""
            {"type":"object","properties":{
              "timeoutSeconds":{"type":"number","exclusiveMinimum":0,"maximum":86400},
              "retry":{"type":"object","required":["attempts"],"additionalProperties":false,"properties":{
                "attempts":{"type":"integer","minimum":1,"maximum":20},
                "delaySeconds":{"type":"number","minimum":0,"maximum":3600}}}}}
            """);
    private static final double MILLIS = 1_000;

    private NodeSettings() {}

    static List<Problem> problems(Values data) {
        return SCHEMA.problems(data.all());
    }

    /** The options of settings without problems. */
    static NodeOptions options(Values data) {
        NodeOptions options = NodeOptions.defaults();
        if (data.has("timeoutSeconds")) {
            options = options.timeout(seconds(data.number("timeoutSeconds")));
        }
        if (data.has("retry")) {
            Values retry = data.object("retry");
            int attempts = (int) retry.number("attempts");
            options = options.retry(
                    retry.has("delaySeconds")
                            ? Retry.fixed(attempts, seconds(retry.number("delaySeconds")))
                            : Retry.exponential(attempts));
        }
        return options;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * MILLIS)));
    }
}
