package dev.datastudio.app.learning;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.app.web.Body;
import dev.datastudio.ml.TrainingRequest;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.tune.Budget;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A training that somebody asks for.
 *
 * @param datasetId what is learnt from
 * @param spec what is trained, as JSON of a training spec: {@code target} is needed but by an autoencoder and a generative
 *     network, {@code algorithm} has its {@code type} and parameters, the rest has defaults
 * @param bestWithinSeconds looks for the best algorithm for so long, 1 to 3,600, whatever the spec's is; nothing trains
 *     the spec's
 * @param name what the model is called; nothing for one made of data set and target
 * @param description what people should know of it
 */
@Schema(name = "TrainingOrder")
record TrainingOrder(
        String datasetId,
        Map<String, Object> spec,
        Optional<Integer> bestWithinSeconds,
        Optional<String> name,
        Optional<String> description) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_SECONDS = 3_600;

    /** @param dataset the one of the id */
    TrainingRequest request(Dataset dataset) {
        TrainingSpec asked = TrainingSpecJson.parse(JSON.writeValueAsString(Body.part(spec, "spec")));
        TrainingRequest request =
                TrainingRequest.of(dataset, asked).named(name.orElse("")).described(description.orElse(""));
        return bestWithinSeconds
                .map(seconds -> request.bestWithin(Budget.of(Duration.ofSeconds(checked(seconds)))))
                .orElse(request);
    }

    private static int checked(int seconds) {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "bestWithinSeconds must be in 1.." + MOST_SECONDS + ", was " + seconds,
                    "Give a number of seconds in that range");
        }
        return seconds;
    }
}
