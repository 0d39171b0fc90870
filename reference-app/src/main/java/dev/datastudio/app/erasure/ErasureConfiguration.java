package dev.datastudio.app.erasure;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.app.sample.Samples;
import dev.datastudio.app.web.KeptAnswers;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.Erasure;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.rag.Documents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each part of the application keeps of a person (G18). */
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {
    @Bean
    Erasure erasure(Studio studio, Samples samples) {
        return Erasure.of(studio)
                .with("runs", who -> GraphRuns.of(studio).as(who).forgetAll())
                .with("agent-runs", who -> Agents.of(studio).as(who).forgetAll())
                .with("trained-models", who -> Models.of(studio).as(who).deleteAll())
                .with("documents", who -> Documents.of(studio).as(who).deletePrivate())
                .with("kept-answers", who -> KeptAnswers.forgetAll(studio.metadata(), who))
                .with("samples", samples::forget);
    }
}
