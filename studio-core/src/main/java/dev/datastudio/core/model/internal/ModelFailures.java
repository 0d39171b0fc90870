package dev.datastudio.core.model.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what really went wrong below the wrappings of LangChain4j, and says it in an error of ours. */
public final class ModelFailures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelFailures() {}

    /**
     * The error for a failure: the {@link StudioException} inside it when there is one; MODEL_FAILED when trying again can
     * help; MODEL_REFUSED when it can't; NODE_FAILED when no model is at fault.
     *
     * @param who what failed, as the beginning of a sentence, such as {@code "The agent"}
     */
    public static StudioException of(String who, Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable each : chain) {
            if (each instanceof StudioException known) {
                return known;
            }
        }
        for (Throwable each : chain) {
            Optional<StudioException> known = known(each, failure);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new StudioException(
                ErrorCode.NODE_FAILED,
                who + " failed, " + StudioException.quote(described(innermost(chain))),
                "Mend the cause; the whole of it stands in the log",
                failure);
    }

    private static Optional<StudioException> known(Throwable each, Throwable failure) {
        String words = StudioException.quote(words(each));
        if (each instanceof RetriableException
                || each instanceof UnresolvedModelServerException
                || each instanceof IOException) {
            return Optional.of(new StudioException(
                    ErrorCode.MODEL_FAILED, "The model failed: " + words, mendFailed(each), failure));
        }
        if (each instanceof NonRetriableException) {
            return Optional.of(new StudioException(
                    ErrorCode.MODEL_REFUSED, "The model refused the request: " + words, mendRefused(each), failure));
        }
        return Optional.empty();
    }

    private static String mendFailed(Throwable each) {
        if (each instanceof RateLimitException) {
            return "Try again later, or have the limits of the account at the service raised";
        }
        if (each instanceof TimeoutException) {
            return "Try again, allow more time, or use a faster model";
        }
        return "Try again later, or check that the model's address is right and its service is up";
    }

    private static String mendRefused(Throwable each) {
        if (each instanceof AuthenticationException) {
            return "Enter the key again: it is wrong, has expired, or has no right to this model";
        }
        if (each instanceof ModelNotFoundException) {
            return "Check the name of the model and the address of its service";
        }
        return "Check the key, the name of the model and the length of the request";
    }

    private static List<Throwable> chain(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        for (@Nullable Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    /** The first failure of a chain that is no mere wrapping of the next. */
    private static Throwable innermost(List<Throwable> chain) {
        for (int i = 0; i < chain.size() - 1; i++) {
            if (!wraps(chain.get(i), chain.get(i + 1))) {
                return chain.get(i);
            }
        }
        return chain.get(chain.size() - 1);
    }

    private static boolean wraps(Throwable outer, Throwable inner) {
        String message = outer.getMessage();
        return outer instanceof InvocationTargetException
                || outer instanceof UndeclaredThrowableException
                || outer instanceof ExecutionException
                || outer instanceof CompletionException
                || message == null
                || message.equals(inner.toString())
                || message.startsWith("Failed to invoke agent method");
    }

    private static String described(Throwable failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return failure.getClass().getSimpleName() + message;
    }

    /** What the service says, without the JSON around it. */
    private static String words(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.startsWith("{")) {
            return message.equals("null") ? failure.getClass().getSimpleName() : message;
        }
        try {
            JsonNode root = JSON.readTree(message);
            return Stream.of(root.path("error").path("message"), root.path("error"), root.path("message"))
                    .map(JsonNode::asText)
                    .filter(inside -> !inside.isEmpty())
                    .findFirst()
                    .orElse(message);
        } catch (JsonProcessingException e) {
            return message; // it only looked like JSON
        }
    }
}
