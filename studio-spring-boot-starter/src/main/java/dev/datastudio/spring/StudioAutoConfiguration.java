package dev.datastudio.spring;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.reporter.Reporter;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.graph.json.NodeType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Opens a studio, which is closed with the application, and offers what stands on it. What is asked without a caller is
 * asked as the studio's own caller; for the user of a request, take {@code as(caller)} with the {@link CallerResolver}'s.
 */
@AutoConfiguration
@EnableConfigurationProperties(StudioProperties.class)
public class StudioAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Studio studio(
            StudioProperties properties,
            Environment environment,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<StudioCustomizer> customizers,
            ObjectProvider<OpenedStudio> told) {
        Studio studio = new Composition(properties, environment, beans)
                .builder(customizers.orderedStream().toList())
                .build();
        Composition.allowPages(studio, properties);
        Composition.limit(studio, properties, beans);
        told.orderedStream().forEach(each -> each.opened(studio));
        return studio;
    }

    /** The variables of the environment that say more than is used. */
    @Bean
    EnvironmentNames studioEnvironmentNames(Environment environment) {
        return new EnvironmentNames(environment);
    }

    @Bean
    BeanRegistration studioBeanRegistration(
            ConfigurableListableBeanFactory beans, StudioProperties properties, ObjectProvider<NodeType> nodeTypes) {
        return new BeanRegistration(beans, properties.tools(), nodeTypes);
    }

    /** Begins when everything is there: a part of the application may be asked for what it keeps. */
    @Bean
    SmartInitializingSingleton studioRetention(Studio studio, StudioProperties properties) {
        return () -> Composition.retention(studio, properties.retention()).daily();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Datasets datasets(Studio studio) {
        return studio.datasets();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Analyst analyst(Studio studio) {
        return Analyst.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Models models(Studio studio) {
        return Models.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ToolRegistry toolRegistry(Studio studio) {
        return ToolRegistry.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Agents agents(Studio studio) {
        return Agents.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Chat chat(Studio studio) {
        return Chat.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    SavedGraphs savedGraphs(Studio studio) {
        return SavedGraphs.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    GraphNodeTypes graphNodeTypes(Studio studio) {
        return GraphNodeTypes.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Reporter reporter(Studio studio) {
        return Reporter.of(studio);
    }
}
