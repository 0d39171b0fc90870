package dev.datastudio.api.code;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;

/**
 * Runs code that nobody has read, so that it can do nothing but compute. Thread-safe.
 *
 * <p>The code has no network, no environment, no view of other processes, and no files but copies of its inputs, its
 * working folder, and the programs and libraries that it is run with, which it can't change. It and every process that
 * it starts end before {@link #run} does.
 */
public interface CodeRunner {
    /** Its name in lists and errors, such as {@code bubblewrap-python}. */
    String name();

    /** What walls the code off, in one sentence. */
    String description();

    /** Whether it can run code here: only when it was proved that the walls hold. Cheap. */
    CodeAvailability availability();

    /**
     * Runs code and waits for its end. Code that fails or takes too much is a result that says so.
     *
     * @throws StudioException with {@link ErrorCode#CANCELLED} once everything it started is gone,
     *     {@link ErrorCode#DEPENDENCY_MISSING} when it is not available, {@link ErrorCode#FILE_NOT_FOUND} for an input
     *     that is not there, {@link ErrorCode#LIMIT_EXCEEDED} when the inputs are too large,
     *     {@link ErrorCode#INVALID_ARGUMENT} when the folder for outputs is not empty, or an error of storage
     */
    CodeResult run(CodeRequest request, Cancellation cancellation);
}
