package dev.datastudio.core.embedding;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What was found for a studio that was given none.
 *
 * @param embedder empty for none
 */
record SharedEmbedder(Optional<Embedder> embedder) {
    static SharedEmbedder find(Studio studio) {
        ClassLoader loader = EmbedderProvider.class.getClassLoader();
        List<EmbedderProvider> found = new ArrayList<>();
        for (EmbedderProvider each : ServiceLoader.load(EmbedderProvider.class, loader)) {
            if (each.unavailable().isEmpty()) {
                found.add(each);
            }
        }
        if (found.size() > 1) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There are several embedders on the class path: "
                            + found.stream().map(EmbedderProvider::name).toList(),
                    "Choose one with Studio.builder().embedder(…)");
        }
        return new SharedEmbedder(
                found.stream().map(each -> each.embedder(studio)).findFirst());
    }
}
