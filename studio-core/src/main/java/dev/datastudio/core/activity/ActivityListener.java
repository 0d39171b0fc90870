package dev.datastudio.core.activity;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.function.BiFunction;

/**
 * Told of what was done, on the thread that did it. It must be thread-safe and return quickly; what it throws is thrown
 * to whoever did it, so that nothing happens unseen.
 */
@FunctionalInterface
public interface ActivityListener {
    /** Does not listen. */
    ActivityListener NONE = activity -> {};

    /** Something ended, well or not. */
    void ended(Activity activity);

    /**
     * Does something and tells how it ended.
     *
     * @param activity what it is
     * @param work does it
     * @param done what is told when it went well: the activity with what is known by then
     * @return what the work gave
     */
    default <T, E extends Exception> T watching(
            Activity activity, Work<T, E> work, BiFunction<Activity, T, Activity> done) throws E {
        T result;
        try {
            result = work.run();
        } catch (Exception e) {
            tellFailure(activity, e);
            throw e;
        }
        ended(done.apply(activity, result));
        return result;
    }

    private void tellFailure(Activity activity, Exception failure) {
        try {
            ended(activity.failed(failure instanceof StudioException known ? known.code() : ErrorCode.INTERNAL));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** What is done. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }
}
