package dev.datastudio.spring;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Applications with nothing but the starter, each with a workspace that goes with it. */
final class Starter {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            StudioAutoConfiguration.class,
            StudioDatabaseAutoConfiguration.class,
            StudioDocumentsAutoConfiguration.class,
            StudioHealthAutoConfiguration.class,
            StudioMetricsAutoConfiguration.class,
            StudioNeo4jAutoConfiguration.class,
            StudioWebAutoConfiguration.class);
    private static final String[] SETTINGS = {"studio.in-memory=true", "OPENAI_API_KEY="};

    private Starter() {}

    static ApplicationContextRunner application() {
        return new ApplicationContextRunner().withConfiguration(ALL).withPropertyValues(SETTINGS);
    }

    static WebApplicationContextRunner web() {
        return new WebApplicationContextRunner().withConfiguration(ALL).withPropertyValues(SETTINGS);
    }
}
