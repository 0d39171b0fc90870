package dev.datastudio.agents.model;

import dev.datastudio.api.error.ErrorCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One call of a model, as it is remembered: what it used, not what was said. Immutable.
 *
 * @param at when it ended
 * @param user who made it
 * @param conversation the id of the conversation it belongs to; empty for none
 * @param run the id of the run it belongs to; empty for none
 * @param config the name of the configuration
 * @param modelName the model that answered, as the service calls it
 * @param inputTokens how many were read
 * @param outputTokens how many were written
 * @param counted who counted them
 * @param cost what they cost in US dollars; empty when a price is not known or the tokens are estimated
 * @param took how long it took
 * @param error why it failed; empty when it was answered
 */
public record ModelCall(
        Instant at,
        String user,
        String conversation,
        String run,
        String config,
        String modelName,
        long inputTokens,
        long outputTokens,
        Counted counted,
        Optional<BigDecimal> cost,
        Duration took,
        Optional<ErrorCode> error) {
    public ModelCall {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(modelName, "modelName");
        Objects.requireNonNull(counted, "counted");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(error, "error");
    }

    /** Who counted the tokens. */
    public enum Counted {
        /** The service said how many. */
        BY_SERVICE,
        /** The service did not say, or the answer broke off: four characters are taken for one token. */
        ESTIMATED,
        /** No answer began. */
        NONE
    }
}
