package dev.datastudio.spring;

import dev.datastudio.core.Studio;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Opens a studio; closed with the application. */
@AutoConfiguration
@EnableConfigurationProperties(StudioProperties.class)
public class StudioAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Studio studio(StudioProperties properties) {
        return Studio.open(properties.workspace());
    }
}
