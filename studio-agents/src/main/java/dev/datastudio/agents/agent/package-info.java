/**
 * Agents: instructions, tools and a model that answer questions and show how. Agents
 * runs the six built-in ones and an organisation's own; AgentConfigs keeps what an
 * organisation changed of them.
 *
 * <pre>{@code
 * AgentReply reply = Agents.of(studio).run(
 *         AgentTask.of("data_analyst", "What stands out in these sales?").about(sales.id().toString()));
 * System.out.println(reply.text());
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.agent;

import org.jspecify.annotations.NullMarked;
