package dev.datastudio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.ToolRunner;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StudioMetersTest {
    @TempDir
    Path folder;

    private static ApplicationContextRunner measured() {
        return Starter.application().withBean(SimpleMeterRegistry.class);
    }

    @Test
    void countsQuestionsAndTimesTheirRuns() throws IOException {
        Path file = Files.writeString(folder.resolve("sales.csv"), "region,units\nNorth,3\nSouth,4\n");

        measured().run(context -> {
            Dataset sales = context.getBean(Studio.class).datasets().importFile(file);
            context.getBean(Analyst.class).ask(sales, "total units by region");
            context.getBean(Analyst.class).ask(sales, "total units by region");

            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("studio.questions")
                            .tag("cached", "false")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("studio.questions")
                            .tag("cached", "true")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("studio.graph.run").timers())
                    .anySatisfy(timer ->
                            assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive());
            assertThat(meters.get("studio.activities")
                            .tag("action", "dataset.import")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("studio.cache.entries").gauge().value()).isPositive();
        });
    }

    @Test
    void timesToolsOfWhicheverRunner() {
        measured().run(context -> {
            ToolRegistry tools = context.getBean(ToolRegistry.class);
            ToolRunner runner = ToolRunner.builder(tools).build();
            runner.run(new ToolCall("count_rows", "{\"source_id\":\"none\"}"), ToolContext.of(tools.caller()));
            runner.run(new ToolCall("made_up", "{}"), ToolContext.of(tools.caller()));

            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("studio.tool.call")
                            .tag("tool", "count_rows")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("studio.tool.refused")
                            .tag("code", "TOOL_NOT_FOUND")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void countsTheTokensOfModels() {
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            measured().withPropertyValues("studio.models.reach=this-machine").run(context -> {
                Models models = context.getBean(Models.class);
                server.inTurn(ModelReply.text("ready"));
                models.test(models.configs()
                        .create(
                                ModelSpec.of(Provider.GENERIC, "scripted", "any", server.baseUrl()),
                                ModelScope.TENANT,
                                Secret.of("")));

                MeterRegistry meters = context.getBean(MeterRegistry.class);
                assertThat(meters.get("studio.model.call")
                                .tag("outcome", "ok")
                                .timer()
                                .count())
                        .isEqualTo(1);
                assertThat(meters.get("studio.model.tokens")
                                .tag("direction", "output")
                                .counter()
                                .count())
                        .isPositive();
            });
        }
    }

    @Test
    void timesTheFirstEventsOfStreams() {
        measured().run(context -> {
            context.getBean(StudioMeters.class).firstEvent("chat", Duration.ofMillis(7));
            assertThat(context.getBean(MeterRegistry.class)
                            .get("studio.stream.first.event")
                            .tag("stream", "chat")
                            .timer()
                            .totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(7);
        });
    }

    @Test
    void measuresNothingWithoutARegistryOrMicrometer() {
        Starter.application().run(context -> assertThat(context).hasNotFailed());
        Starter.application()
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasSingleBean(Studio.class).doesNotHaveBean("studioMeters"));
    }
}
