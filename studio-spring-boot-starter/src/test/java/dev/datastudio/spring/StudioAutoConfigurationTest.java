package dev.datastudio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.reporter.Reporter;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.rag.Documents;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class StudioAutoConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void offersAStudioAndWhatStandsOnIt() {
        Starter.application().run(context -> {
            assertThat(context)
                    .hasSingleBean(Studio.class)
                    .hasSingleBean(Datasets.class)
                    .hasSingleBean(Analyst.class)
                    .hasSingleBean(Documents.class)
                    .hasSingleBean(Models.class)
                    .hasSingleBean(Agents.class)
                    .hasSingleBean(Chat.class)
                    .hasSingleBean(Reporter.class)
                    .hasSingleBean(ToolRegistry.class)
                    .hasSingleBean(StudioHealth.class);
            assertThat(context.getBean(ToolRegistry.class)).isSameAs(ToolRegistry.of(context.getBean(Studio.class)));
        });
    }

    @Test
    void deletesEveryNightWhatIsOlderThanTheApplicationSays() {
        Caller server = new Caller("studio-retention", "server");
        Starter.application()
                .run(context -> assertThat(context.getBean(Studio.class).jobs().schedules(server))
                        .isEmpty());
        Starter.application()
                .withPropertyValues("studio.retention.conversations=90d", "studio.retention.audit=730d")
                .run(context -> assertThat(context.getBean(Studio.class).jobs().schedules(server))
                        .hasSize(1));
        Starter.application()
                .withPropertyValues("studio.retention.runs=5m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("studio.retention.runs can't be used")
                        .hasMessageContaining("PT5M"));
    }

    @Test
    void keepsTheWorkspaceWhereTheApplicationSays() {
        Path workspace = folder.resolve("kept");

        Starter.application()
                .withPropertyValues("studio.in-memory=false", "studio.workspace=" + workspace)
                .run(context ->
                        assertThat(context.getBean(Studio.class).workspace()).isEqualTo(workspace));

        assertThat(workspace.resolve("state.db")).exists();
    }

    @Test
    void removesATemporaryWorkspaceWithTheApplication() {
        Path[] workspace = new Path[1];

        Starter.application()
                .run(context -> workspace[0] = context.getBean(Studio.class).workspace());

        assertThat(workspace[0]).isNotNull().matches(path -> !Files.exists(path), "is gone");
    }

    @Test
    void setsWhatPropertiesSay() {
        Starter.application()
                .withPropertyValues(
                        "studio.locale=de-DE",
                        "studio.time-zone=Europe/Berlin",
                        "studio.sql-executor.enabled=false",
                        "studio.models.allowed-hosts=models.internal",
                        "studio.quotas.per-user.questions.day=20")
                .run(context -> {
                    Studio studio = context.getBean(Studio.class);
                    assertThat(studio.locale()).isEqualTo(Locale.GERMANY);
                    assertThat(studio.clock().getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
                    assertThat(studio.sqlExecutor()).isEqualTo(Studio.SqlExecutor.OFF);
                    assertThat(studio.modelEndpoints().isAllowed(URI.create("http://models.internal:9/v1")))
                            .isTrue();
                    assertThat(studio.modelEndpoints().isAllowed(URI.create("http://localhost:9/v1")))
                            .isFalse();
                    studio.reserve(Caller.LOCAL, Measure.QUESTIONS, 20).settle(20);
                    assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                                    dev.datastudio.api.error.StudioException.class,
                                    () -> studio.reserve(Caller.LOCAL, Measure.QUESTIONS, 1)))
                            .hasMessageContaining("20");
                });
    }

    @Test
    void switchesTheSqlExecutorByTheVariableThatPeopleKnow() {
        Starter.application()
                .withPropertyValues("ENABLE_SQL_EXECUTOR=false")
                .run(context -> assertThat(names(context.getBean(ToolRegistry.class)))
                        .contains("count_rows")
                        .doesNotContain("sql_query", "execute_sql_query"));
        Starter.application()
                .withPropertyValues("ENABLE_SQL_EXECUTOR=false", "studio.sql-executor.enabled=true")
                .run(context -> assertThat(names(context.getBean(ToolRegistry.class)))
                        .contains("sql_query", "execute_sql_query"));
    }

    private static List<String> names(ToolRegistry tools) {
        return tools.enabled().stream().map(each -> each.name()).toList();
    }

    @Test
    void takesTheModelOfTheEnvironmentFromSpringsProperties() {
        Starter.application()
                .withPropertyValues("OPENAI_API_KEY=sk-test", "OPENAI_API_BASE=https://models.example.org/v1")
                .run(context -> assertThat(
                                context.getBean(Models.class).configs().active())
                        .get()
                        .satisfies(model -> {
                            assertThat(model.isFromEnvironment()).isTrue();
                            assertThat(model.spec().endpoint()).isEqualTo("https://models.example.org/v1");
                        }));
    }

    @Test
    void saysWhatTheEnvironmentAsksForInVain() {
        Starter.application().withPropertyValues("REDIS_URL=redis://cache").run(context -> {
            assertThat(context.getBean(EnvironmentNames.class).ignored())
                    .containsExactly("REDIS_URL is set and not used: results are cached in the workspace");
            assertThat(context.getBean(StudioHealth.class).check("environment"))
                    .satisfies(part -> assertThat(part.state()).isEqualTo(ComponentHealth.State.OFF))
                    .satisfies(part -> assertThat(part.detail()).contains("REDIS_URL"));
        });
    }

    @Test
    void stepsBackForAStudioOfTheApplication() {
        Starter.application()
                .withBean("own", Studio.class, Studio::inMemory)
                .run(context -> assertThat(context).hasSingleBean(Studio.class).hasBean("own"));
    }

    @Test
    void takesBeansInPlaceOfEmbeddedParts() {
        Starter.application()
                .withBean(QuotaLimits.class, () -> QuotaLimits.NONE)
                .withUserConfiguration(OwnParts.class)
                .run(context -> {
                    Studio studio = context.getBean(Studio.class);
                    assertThat(studio.embedder()).containsSame(context.getBean(LettersEmbedder.class));
                    assertThat(studio.locale()).isEqualTo(Locale.FRANCE);
                    assertThat(context.getBean(StudioHealth.class)
                                    .check("embedder")
                                    .detail())
                            .isEqualTo("letters");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnParts {
        @Bean
        LettersEmbedder letters() {
            return new LettersEmbedder();
        }

        @Bean
        StudioCustomizer french() {
            return builder -> builder.locale(Locale.FRANCE);
        }
    }

    @Test
    void refusesPropertiesThatMeanNothing() {
        Starter.application()
                .withPropertyValues("studio.quotas.per-user.poems.day=20")
                .run(context -> assertThat(context).hasFailed());
    }
}
