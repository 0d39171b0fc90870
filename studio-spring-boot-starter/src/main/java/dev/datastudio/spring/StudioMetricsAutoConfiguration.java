package dev.datastudio.spring;

import dev.datastudio.core.activity.ActivityListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Reports what the studio does to the application's {@link MeterRegistry}, where there is one: {@link StudioMeters}. */
@AutoConfiguration(before = StudioAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
public class StudioMetricsAutoConfiguration {
    private static final int MOST_GRAPHS = 100;
    private static final int MOST_NODES = 500;

    /** Finds its registry when something happens for the first time, as registries are made late. */
    @Bean
    @ConditionalOnMissingBean
    StudioMeters studioMeters(ObjectProvider<MeterRegistry> registry) {
        return new StudioMeters(registry);
    }

    @Bean
    ActivityListener studioActivityMeters(StudioMeters meters) {
        return meters::ended;
    }

    /** People name graphs and nodes as they like: beyond a number of them no more meters are made. */
    @Bean
    MeterFilter studioGraphNames() {
        return MeterFilter.maximumAllowableTags("studio.graph", "graph", MOST_GRAPHS, MeterFilter.deny());
    }

    @Bean
    MeterFilter studioNodeNames() {
        return MeterFilter.maximumAllowableTags("studio.graph", "node", MOST_NODES, MeterFilter.deny());
    }

    @Bean
    OpenedStudio studioMetersListening(StudioMeters meters) {
        return meters::listen;
    }
}
