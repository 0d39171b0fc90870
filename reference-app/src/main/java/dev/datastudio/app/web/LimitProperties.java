package dev.datastudio.app.web;

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
 */
@ConfigurationProperties("studio.limits")
public record LimitProperties(
        @DefaultValue("150") int requestsPerTenant,
        @DefaultValue("20") int analysesPerTenant,
        @DefaultValue("1000") int connectionsPerPerson) {}
