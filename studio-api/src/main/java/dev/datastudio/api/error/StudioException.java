package dev.datastudio.api.error;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error that a user of Studio can meet: what happened with the value, and how to mend it.
 *
 * <p>{@link #getMessage()} is the whole text, "what. mend."; {@link #what()} and {@link #mend()} give the two parts.
 * Neither holds secrets or the contents of rows.
 */
public class StudioException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_VALUE_LENGTH = 200;

    private final ErrorCode code;
    private final String what;
    private final String mend;
    private final @Nullable Duration retryAfter;

    /**
     * @param what one sentence without its full stop, with the value in single quotes
     * @param mend what to do now, one sentence without its full stop
     */
    public StudioException(ErrorCode code, String what, String mend) {
        this(code, what, mend, null);
    }

    /** As the three-argument constructor, with the failure that led here. */
    public StudioException(ErrorCode code, String what, String mend, @Nullable Throwable cause) {
        this(code, what, mend, cause, null);
    }

    private StudioException(
            ErrorCode code, String what, String mend, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(sentence(what) + " " + sentence(mend), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.what = what;
        this.mend = mend;
        this.retryAfter = retryAfter;
    }

    /**
     * An error that passes by itself, as when a limit holds for an hour or others have to end first.
     *
     * @param wait after what time the same call may succeed; not negative
     */
    public static StudioException passing(ErrorCode code, String what, String mend, Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("wait must not be negative, was " + wait);
        }
        return new StudioException(code, what, mend, null, wait);
    }

    /** What went wrong, as a stable name. */
    public ErrorCode code() {
        return code;
    }

    /** What happened, with the value. */
    public String what() {
        return what;
    }

    /** What to do now. */
    public String mend() {
        return mend;
    }

    /** After what time the same call may succeed; empty when time alone does not help, or that is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Both, as sentences. */
    @Override
    public String getMessage() {
        return sentence(what) + " " + sentence(mend);
    }

    /**
     * A value as it may stand in a message: in single quotes, control characters replaced, cut at 200 characters.
     *
     * @param value any value; null gives {@code 'null'}
     */
    public static String quote(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
        return "'" + (text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…") + "'";
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
