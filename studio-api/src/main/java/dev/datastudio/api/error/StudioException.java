package dev.datastudio.api.error;

import java.util.Objects;
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

    /**
     * @param what one sentence without its full stop, with the value in single quotes
     * @param mend what to do now, one sentence without its full stop
     */
    public StudioException(ErrorCode code, String what, String mend) {
        this(code, what, mend, null);
    }

    /** As the three-argument constructor, with the failure that led here. */
    public StudioException(ErrorCode code, String what, String mend, @Nullable Throwable cause) {
        super(sentence(what) + " " + sentence(mend), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.what = what;
        this.mend = mend;
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
