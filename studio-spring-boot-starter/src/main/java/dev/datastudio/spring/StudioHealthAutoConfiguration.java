package dev.datastudio.spring;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.core.Studio;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotationMetadata;

/** Says how the studio does: {@link StudioHealth}, and the component {@code studio} of Actuator's health. */
@AutoConfiguration(after = StudioAutoConfiguration.class)
@ConditionalOnBean(Studio.class)
public class StudioHealthAutoConfiguration {
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    StudioHealth studioHealth(Studio studio, EnvironmentNames names, ObjectProvider<SearchIndex> index) {
        return new StudioHealth(studio, names, index);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "management.health.studio.enabled", matchIfMissing = true)
    @Import(Contributor.class)
    static class ActuatorConfiguration {}

    /** Registers a bean of the type that Actuator's own version looks for, where there is one. */
    static final class Contributor implements ImportBeanDefinitionRegistrar {
        private static final String NAME = "studioHealthContributor";

        private final BeanFactory beans;
        private final ClassLoader loader;

        Contributor(BeanFactory beans, ClassLoader loader) {
            this.beans = beans;
            this.loader = loader;
        }

        @Override
        public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
            HealthContributors.find(loader)
                    .filter(found -> !registry.containsBeanDefinition(NAME))
                    .ifPresent(found -> registry.registerBeanDefinition(NAME, definition(found, found.type())));
        }

        private <T> BeanDefinition definition(HealthContributors contributors, Class<T> type) {
            return BeanDefinitionBuilder.genericBeanDefinition(
                            type, () -> type.cast(contributors.of(beans.getBean(StudioHealth.class))))
                    .getBeanDefinition();
        }
    }
}
