package dev.datastudio.app.model;

import dev.datastudio.core.StudioBuilder;
import dev.datastudio.spring.StudioCustomizer;
import org.springframework.stereotype.Component;

/** Whoever uses the pages adds a model there, not with a command. */
@Component
class ModelAdvice implements StudioCustomizer {
    private static final String PLACE = "Add one under Settings → Models, or ask an administrator to";

    @Override
    public void customize(StudioBuilder builder) {
        builder.modelAdvice(PLACE);
    }
}
