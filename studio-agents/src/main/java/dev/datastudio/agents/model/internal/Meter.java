package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelCall;
import dev.datastudio.agents.model.ModelCall.Counted;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelListener;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.model.internal.ModelFailures;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.core.usage.UsageGate;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls of one model through within quota and budget, and writes down what they used. Immutable.
 *
 * @param gate of quotas
 * @param told where calls are written down, and who is told of them
 * @param clock tells when
 * @param caller whose calls they are
 * @param use what they belong to
 * @param config of the model
 */
public record Meter(UsageGate gate, Told told, InstantSource clock, Caller caller, ModelUse use, ModelConfig config) {
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** What the frame of one message takes. */
    private static final int TOKENS_PER_MESSAGE = 4;

    /**
     * Who learns of calls. Immutable.
     *
     * @param ledger where they are written down
     * @param listeners who is told
     */
    public record Told(CallLedger ledger, List<ModelListener> listeners) {}

    /**
     * Begins a call.
     *
     * @return to be ended once
     * @throws StudioException CANCELLED, BUDGET_EXCEEDED or QUOTA_EXCEEDED
     */
    Metering begin(ChatRequest request) {
        use.cancellation().throwIfCancelled();
        long estimate = estimate(request);
        use.budget().require(estimate);
        return new Metering(gate.reserve(caller, Measure.TOKENS, estimate), estimate);
    }

    /** About how many tokens a model reads for a request. */
    private static long estimate(ChatRequest request) {
        long characters = 0;
        for (ChatMessage message : request.messages()) {
            characters += characters(message);
        }
        if (request.toolSpecifications() != null) {
            characters += request.toolSpecifications().stream()
                    .mapToLong(tool -> tool.toString().length())
                    .sum();
        }
        return characters / CHARACTERS_PER_TOKEN
                + (long) TOKENS_PER_MESSAGE * request.messages().size();
    }

    private static long characters(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return system.text().length();
        }
        if (message instanceof UserMessage user && user.hasSingleText()) {
            return user.singleText().length();
        }
        if (message instanceof AiMessage answer) {
            return characters(answer);
        }
        if (message instanceof ToolExecutionResultMessage result && result.text() != null) {
            return result.text().length();
        }
        return message.toString().length();
    }

    private static long characters(AiMessage answer) {
        long characters = answer.text() == null ? 0 : answer.text().length();
        for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
            characters += String.valueOf(call.name()).length()
                    + String.valueOf(call.arguments()).length();
        }
        return characters;
    }

    /** The error for what went wrong in a call. */
    StudioException failure(Throwable failure) {
        if (use.cancellation().isCancelled()) {
            StudioException cancelled = Cancellation.cancelledError();
            cancelled.addSuppressed(failure);
            return cancelled;
        }
        StudioException error = ModelFailures.of("The model " + StudioException.quote(config.name()), failure);
        return error.code() == ErrorCode.NODE_FAILED ? unreadable() : error;
    }

    /** Without the cause, which may quote what the service sent. */
    StudioException unreadable() {
        return new StudioException(
                ErrorCode.MODEL_FAILED,
                "The service of model " + StudioException.quote(config.name()) + " gave an answer that can't be read",
                "Try again, or check that provider and endpoint belong together");
    }

    /** The error for an answer that ended before its end. */
    StudioException brokenOff() {
        return new StudioException(
                ErrorCode.MODEL_FAILED,
                "The answer of model " + StudioException.quote(config.name()) + " broke off",
                "Try again");
    }

    /** One call that goes on. Ended by exactly one method. Not thread-safe. */
    final class Metering {
        private final Reservation reservation;
        private final long estimate;
        private final long begin = System.nanoTime();
        private final AtomicLong firstPiece = new AtomicLong();

        private Metering(Reservation reservation, long estimate) {
            this.reservation = reservation;
            this.estimate = estimate;
        }

        /** A piece of the answer came. */
        void piece() {
            if (firstPiece.get() == 0) {
                firstPiece.compareAndSet(0, Math.max(1, System.nanoTime() - begin));
            }
        }

        /** It was answered. */
        void answered(ChatResponse response) {
            TokenUsage usage = response.tokenUsage();
            String model = response.modelName() == null ? "" : response.modelName();
            if (usage != null && usage.inputTokenCount() != null && usage.outputTokenCount() != null) {
                end(model, usage.inputTokenCount(), usage.outputTokenCount(), Counted.BY_SERVICE, null);
            } else {
                long written = characters(response.aiMessage()) / CHARACTERS_PER_TOKEN;
                end(model, estimate, written, Counted.ESTIMATED, null);
            }
        }

        /**
         * It failed.
         *
         * @param characters how many of the answer had come; a service counts what it wrote before it was cut off
         */
        void failed(StudioException error, long characters) {
            boolean isBegun = characters > 0;
            try {
                end(
                        "",
                        isBegun ? estimate : 0,
                        characters / CHARACTERS_PER_TOKEN,
                        isBegun ? Counted.ESTIMATED : Counted.NONE,
                        error.code());
            } catch (RuntimeException e) {
                error.addSuppressed(e); // the first failure is the one to tell
            }
        }

        private void end(String model, long input, long output, Counted counted, @Nullable ErrorCode error) {
            reservation.settle(input + output);
            use.budget().charge(input + output);
            Optional<BigDecimal> cost =
                    counted == Counted.BY_SERVICE ? Prices.cost(config.spec(), input, output) : Optional.empty();
            ModelCall call = new ModelCall(
                    clock.instant(),
                    caller.user(),
                    use.conversation(),
                    use.run(),
                    config.name(),
                    model.isEmpty() ? config.spec().modelName() : model,
                    input,
                    output,
                    counted,
                    cost,
                    Duration.ofNanos(System.nanoTime() - begin),
                    Optional.ofNullable(error));
            told.ledger().add(call);
            Optional<Duration> first =
                    Optional.of(firstPiece.get()).filter(nanos -> nanos > 0).map(Duration::ofNanos);
            told.listeners().forEach(listener -> listener.ended(caller, call, first));
        }
    }
}
