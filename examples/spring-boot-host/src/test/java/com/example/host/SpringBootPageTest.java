package com.example.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.spring.CallerResolver;
import dev.datastudio.spring.StudioAutoConfiguration;
import dev.datastudio.spring.StudioCustomizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;

/** The Java of {@code docs/spring-boot.md} stands in this example or here, where it is compiled and run. */
class SpringBootPageTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Configuration(proxyBeanMethods = false)
    static class Shown {
        @Bean
        CallerResolver callers() {
            return request -> Optional.ofNullable(request.getUserPrincipal())
                    .map(Principal::getName)
                    .map(name -> name.split("@", 2))
                    .map(parts -> new Caller(parts[1], parts[0]));
        }

        @Bean
        StudioCustomizer german() {
            return builder -> builder.locale(Locale.GERMANY);
        }
    }

    @Test
    void showsWhatIsCompiled() throws IOException {
        String compiled = packed(Files.readString(Path.of("src/main/java/com/example/host/HostApplication.java"))
                + Files.readString(Path.of("src/test/java/com/example/host/SpringBootPageTest.java")));
        List<String> shown = BLOCK.matcher(Files.readString(Path.of("../../docs/spring-boot.md")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(shown).hasSize(5).allSatisfy(block -> assertThat(compiled).contains(packed(block)));
    }

    private static String packed(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void doesWhatThePageSays() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StudioAutoConfiguration.class))
                .withUserConfiguration(Shown.class)
                .withPropertyValues("studio.in-memory=true")
                .run(context -> {
                    assertThat(context.getBean(Studio.class).locale()).isEqualTo(Locale.GERMANY);
                    MockHttpServletRequest request = new MockHttpServletRequest();
                    request.setUserPrincipal(() -> "anna@acme");
                    assertThat(context.getBean(CallerResolver.class).find(request))
                            .contains(new Caller("acme", "anna"));
                });
    }
}
