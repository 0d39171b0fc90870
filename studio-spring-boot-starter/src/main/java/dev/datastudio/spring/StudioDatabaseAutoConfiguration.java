package dev.datastudio.spring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.core.job.DatabaseJobQueue;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.relation.SqlRelationStore;
import dev.datastudio.core.workspace.PostgresDatabase;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Keeps in PostgreSQL what several instances share: settings, conversations, projects, graphs, jobs and relations. Data
 * sets, documents and the cache stay in the workspace.
 */
@AutoConfiguration(before = StudioAutoConfiguration.class, after = StudioNeo4jAutoConfiguration.class)
@EnableConfigurationProperties(StudioProperties.class)
public class StudioDatabaseAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("studio.database.url")
    StudioDatabaseConnectionDetails studioDatabaseConnectionDetails(StudioProperties properties) {
        return new Details(properties.database());
    }

    @Bean
    @ConditionalOnBean(StudioDatabaseConnectionDetails.class)
    Shared studioSharedDatabase(StudioDatabaseConnectionDetails details, StudioProperties properties) {
        return Shared.open(details, properties.database().poolSize());
    }

    @Bean
    @ConditionalOnBean(Shared.class)
    @ConditionalOnMissingBean
    MetadataStore studioMetadataStore(Shared shared, ObjectProvider<Clock> clock) {
        return SqlMetadataStore.over(shared.database(), clock.getIfUnique(Clock::systemDefaultZone));
    }

    /** Closed by the studio, whose parts running jobs use. */
    @Bean(destroyMethod = "")
    @ConditionalOnBean(Shared.class)
    @ConditionalOnMissingBean
    JobQueue studioJobQueue(Shared shared, StudioProperties properties, ObjectProvider<Clock> clock) {
        return DatabaseJobQueue.over(
                shared.database(),
                Composition.jobOptions(properties.jobs(), properties.retention()),
                clock.getIfUnique(Clock::systemDefaultZone));
    }

    @Bean
    @ConditionalOnBean(Shared.class)
    OpenedStudio studioJobQueueClosing(Shared shared, JobQueue jobs) {
        return studio -> {
            if (jobs instanceof DatabaseJobQueue) {
                studio.closing(jobs);
            }
        };
    }

    @Bean
    @ConditionalOnBean(Shared.class)
    @ConditionalOnMissingBean
    RelationStore studioRelationStore(Shared shared) {
        return SqlRelationStore.over(shared.database());
    }

    private record Details(StudioProperties.Database database) implements StudioDatabaseConnectionDetails {
        @Override
        public String jdbcUrl() {
            return database.url();
        }

        @Override
        public String username() {
            return database.username();
        }

        @Override
        public String password() {
            return database.password();
        }
    }

    /** The database and its pool, which is no bean, so that it does not become the application's data source. */
    record Shared(HikariDataSource pool, PostgresDatabase database) implements AutoCloseable {
        static Shared open(StudioDatabaseConnectionDetails details, int connections) {
            HikariConfig config = new HikariConfig();
            config.setPoolName("studio");
            config.setJdbcUrl(details.jdbcUrl());
            if (!details.username().isEmpty()) {
                config.setUsername(details.username());
                config.setPassword(details.password());
            }
            config.setMaximumPoolSize(connections);
            HikariDataSource pool = new HikariDataSource(config);
            try {
                return new Shared(pool, PostgresDatabase.open(pool));
            } catch (RuntimeException | Error e) {
                pool.close();
                throw e;
            }
        }

        @Override
        public void close() {
            database.close();
            pool.close();
        }
    }
}
