package dev.datastudio.app.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of the server one organisation or person may take; whoever wants more is answered 429 and told when to come
 * again. What jobs, runs of graphs and answers in conversations may take is set with {@code studio.jobs}, {@code
 * studio.graph} and {@code studio.chat}, and what may be used in an hour, a day or a month with {@code studio.quotas}.
 *
 * @param requestsPerTenant how many requests of one organisation that change or start something may be answered at once;
 *     fewer than the server has threads, so that the others have some left
 * @param analysesPerTenant how many questions of one organisation may be answered at once beside requests, as over
 *     WebSockets
 * @param connectionsPerPerson how many streams of events and WebSockets one person may have open
 * @param socketBeat after how long a silence the client of a WebSocket is asked for a sign of life, 100 ms to 10 minutes;
 *     one that has given none for three times as long is cut off
 */
@ConfigurationProperties("studio.limits")
public record LimitProperties(
        @DefaultValue("150") int requestsPerTenant,
        @DefaultValue("20") int analysesPerTenant,
        @DefaultValue("1000") int connectionsPerPerson,
        @DefaultValue("20s") Duration socketBeat) {
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(100);
    private static final Duration LONGEST_BEAT = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException if a value is out of its range */
    public LimitProperties {
        if (requestsPerTenant < 1 || analysesPerTenant < 1 || connectionsPerPerson < 1) {
            throw new IllegalArgumentException("studio.limits must leave room for at least 1 each, were "
                    + requestsPerTenant + ", " + analysesPerTenant + " and " + connectionsPerPerson);
        }
        if (socketBeat.compareTo(SHORTEST_BEAT) < 0 || socketBeat.compareTo(LONGEST_BEAT) > 0) {
            throw new IllegalArgumentException("studio.limits.socket-beat must be in " + SHORTEST_BEAT + ".."
                    + LONGEST_BEAT + ", was " + socketBeat);
        }
    }
}
