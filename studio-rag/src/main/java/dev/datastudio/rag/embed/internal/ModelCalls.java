package dev.datastudio.rag.embed.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.exception.NonRetriableException;
import java.util.function.Supplier;

/** Asks models of LangChain4j, and says their failures in errors of ours. */
public final class ModelCalls {
    private ModelCalls() {}

    /**
     * What a call gives.
     *
     * @param who the model, as the beginning of a sentence
     * @throws StudioException MODEL_REFUSED when trying again can't help, else MODEL_FAILED
     */
    public static <T> T ask(String who, Supplier<T> call) {
        try {
            return call.get();
        } catch (NonRetriableException | IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.MODEL_REFUSED,
                    who + " refused the request: " + words(e),
                    "Check the key, the name of the model and the length of the texts",
                    e);
        } catch (StudioException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StudioException(
                    ErrorCode.MODEL_FAILED,
                    who + " failed: " + words(e),
                    "Try again later, or check that the model's address is right and its service is up",
                    e);
        }
    }

    private static String words(RuntimeException e) {
        return StudioException.quote(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
}
