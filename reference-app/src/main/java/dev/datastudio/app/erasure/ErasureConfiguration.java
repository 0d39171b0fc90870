package dev.datastudio.app.erasure;

import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.Erasure;
import dev.datastudio.core.erasure.ErasurePart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each part of the application keeps of people, beside what the modules themselves erase (G18). */
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {
    @Bean
    Erasure erasure(Studio studio, List<ErasurePart> parts) {
        Erasure erasure = Erasure.of(studio);
        for (ErasurePart part : parts) {
            erasure = erasure.with(part);
        }
        return erasure;
    }

    @Bean
    ErasurePart answerErasure() {
        return new AnswerErasure();
    }
}
