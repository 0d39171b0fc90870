package dev.datastudio.spring;

import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.rag.relation.Neo4jOptions;
import dev.datastudio.rag.relation.Neo4jRelationStore;
import java.net.URI;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Keeps the relations between tables in Neo4j. */
@AutoConfiguration(before = StudioAutoConfiguration.class)
@ConditionalOnClass(Neo4jRelationStore.class)
@EnableConfigurationProperties(StudioProperties.class)
public class StudioNeo4jAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("studio.neo4j.uri")
    StudioNeo4jConnectionDetails studioNeo4jConnectionDetails(StudioProperties properties) {
        return new Details(properties.neo4j());
    }

    @Bean
    @ConditionalOnBean(StudioNeo4jConnectionDetails.class)
    @ConditionalOnMissingBean
    RelationStore studioNeo4jRelationStore(StudioNeo4jConnectionDetails details, StudioProperties properties) {
        Neo4jOptions options =
                Neo4jOptions.at(details.uri()).withDatabase(properties.neo4j().database());
        return Neo4jRelationStore.open(
                details.username().isEmpty()
                        ? options
                        : options.signedInAs(details.username(), Secret.of(details.password())));
    }

    private record Details(StudioProperties.Neo4j neo4j) implements StudioNeo4jConnectionDetails {
        @Override
        public URI uri() {
            if (neo4j.uri() == null) {
                throw new IllegalStateException("studio.neo4j.uri is empty");
            }
            return neo4j.uri();
        }

        @Override
        public String username() {
            return neo4j.username();
        }

        @Override
        public String password() {
            return neo4j.password();
        }
    }
}
