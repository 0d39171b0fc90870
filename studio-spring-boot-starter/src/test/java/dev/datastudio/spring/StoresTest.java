package dev.datastudio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.testkit.server.PostgresServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class StoresTest {
    @Test
    void sharesWhatPeopleMakeInPostgresql() throws SQLException {
        String url = url(PostgresServer.require().newDatabase());
        String[] settings = {
            "studio.database.url=" + url, "studio.database.username=postgres", "studio.database.pool-size=4"
        };
        String[] conversation = new String[1];

        Starter.application().withPropertyValues(settings).run(context -> {
            Studio studio = context.getBean(Studio.class);
            assertThat(studio.metadata()).isSameAs(context.getBean(MetadataStore.class));
            assertThat(studio.jobs()).isSameAs(context.getBean(JobQueue.class));
            assertThat(context).hasSingleBean(RelationStore.class).doesNotHaveBean(DataSource.class);
            conversation[0] =
                    studio.conversations().begin("auto", "Sales", About.NOTHING).id();
        });
        Starter.application()
                .withPropertyValues(settings)
                .run(context -> assertThat(context.getBean(Studio.class)
                                .conversations()
                                .get(conversation[0])
                                .title())
                        .isEqualTo("Sales"));
    }

    private static String url(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    @Test
    void takesTheAddressOfAServerFromABean() {
        Starter.application()
                .withBean(StudioChromaConnectionDetails.class, () -> () -> URI.create("http://chroma.example.org:8000"))
                .withPropertyValues("studio.chroma.url=http://elsewhere:8000")
                .run(context -> assertThat(context.getBean(StudioChromaConnectionDetails.class)
                                .url())
                        .hasHost("chroma.example.org"));
    }

    @Test
    void showsNoPasswordsInItsProperties() {
        Starter.application()
                .withPropertyValues(
                        "studio.chroma.url=http://localhost:8000",
                        "studio.chroma.token=geheim",
                        "studio.neo4j.password=geheim",
                        "studio.database.password=geheim")
                .run(context -> assertThat(
                                context.getBean(StudioProperties.class).toString())
                        .contains("localhost:8000")
                        .doesNotContain("geheim"));
    }
}
