/**
 * Language models by configuration. {@link dev.datastudio.agents.model.ModelConfigs} keeps which models a tenant and its
 * people have, {@link dev.datastudio.agents.model.Models} makes LangChain4j's models of them, with time limit, retries,
 * cancellation, quotas and a count of tokens and cost.
 *
 * <pre>{@code
 * Models models = Models.of(studio);
 * models.configs().create(ModelSpec.of(Provider.ANTHROPIC, "Claude"), ModelScope.TENANT, Secret.of(key));
 * String answer = models.chat().chat("What is the capital of France?");
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.model;

import org.jspecify.annotations.NullMarked;
