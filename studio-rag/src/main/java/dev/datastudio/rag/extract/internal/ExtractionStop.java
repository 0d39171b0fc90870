package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.ExtractionStatus;
import java.util.Objects;

/** Ends the reading of a file, through whatever library is at work, with a status and words for a user. */
final class ExtractionStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExtractionStatus status;
    private final String what;
    private final String mend;

    /**
     * @param what what is the matter, going on after the name of the file, such as {@code is empty}
     * @param mend what to do, without its full stop
     */
    ExtractionStop(ExtractionStatus status, String what, String mend) {
        super(what, null, false, false);
        this.status = Objects.requireNonNull(status);
        this.what = what;
        this.mend = mend;
    }

    ExtractionStatus status() {
        return status;
    }

    String what() {
        return what;
    }

    String mend() {
        return mend;
    }
}
