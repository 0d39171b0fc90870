package dev.datastudio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.spring.ComponentHealth.State;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class StudioHealthTest {
    @Test
    void tellsHowEachPartDoes() {
        Starter.application().run(context -> {
            Map<String, State> states = context.getBean(StudioHealth.class).check().stream()
                    .collect(Collectors.toMap(ComponentHealth::name, ComponentHealth::state));
            assertThat(states)
                    .containsEntry("workspace", State.UP)
                    .containsEntry("database", State.UP)
                    .containsEntry("files", State.UP)
                    .containsEntry("documents", State.UP)
                    .containsEntry("model", State.OFF)
                    .containsEntry("code", State.OFF);
        });
    }

    @Test
    void saysWhyAPartIsDown() {
        Starter.application().run(context -> {
            StudioHealth health = context.getBean(StudioHealth.class);
            context.getBean(dev.datastudio.core.Studio.class).close();
            assertThat(health.check("database").state()).isEqualTo(State.DOWN);
        });
    }

    @Test
    void isAComponentOfActuatorsHealth() {
        Starter.application().run(context -> {
            Object studio = context.getBean("studioHealthContributor");
            assertThat(code(studio, "database")).isEqualTo("UP");
            assertThat(code(studio, "model")).isEqualTo("OFF");
        });
    }

    /** By names, as the types are elsewhere in Spring Boot 3. */
    private static String code(Object composite, String part) throws ReflectiveOperationException {
        Class<?> type = HealthContributors.find(StudioHealthTest.class.getClassLoader())
                .orElseThrow()
                .type();
        assertThat(composite).isInstanceOf(type);
        Object indicator = type.getMethod("getContributor", String.class).invoke(composite, part);
        assertThat(indicator).as(part).isNotNull();
        Class<?> indicators = indicator.getClass().getInterfaces()[0];
        Object health = indicators.getMethod("health").invoke(indicator);
        Object status = health.getClass().getMethod("getStatus").invoke(health);
        return (String) status.getClass().getMethod("getCode").invoke(status);
    }

    @Test
    void isNoComponentWhereSwitchedOffOrWithoutActuator() {
        Starter.application()
                .withPropertyValues("management.health.studio.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(StudioHealth.class)
                        .doesNotHaveBean("studioHealthContributor"));
        Starter.application()
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.health", "org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasSingleBean(StudioHealth.class)
                        .doesNotHaveBean("studioHealthContributor"));
    }
}
