package dev.datastudio.api.job;

import java.util.Optional;
import java.util.stream.Stream;

/** The queues. Each has workers of its own, so that a full one keeps none of the others waiting. */
public enum QueueName {
    /** Everything else: imports, exports, documents, checks. */
    GENERAL("default"),
    /** Training of models: few at a time, each using much of the machine. */
    TRAINING("ml_tasks"),
    /** Questions and analyses, which somebody waits for. */
    ANALYSIS("analysis_tasks");

    private final String wireName;

    QueueName(String wireName) {
        this.wireName = wireName;
    }

    /** Its name in requests, tables and metrics. */
    public String wireName() {
        return wireName;
    }

    /** The queue of that wire name. */
    public static Optional<QueueName> parse(String wireName) {
        return Stream.of(values())
                .filter(queue -> queue.wireName.equals(wireName))
                .findFirst();
    }
}
