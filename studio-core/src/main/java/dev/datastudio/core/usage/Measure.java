package dev.datastudio.core.usage;

import java.util.Locale;

/** What is counted. */
public enum Measure {
    /** Questions that had to be answered anew; an answer from the cache costs none. */
    QUESTIONS,
    /** Tokens that language models read and wrote. */
    TOKENS,
    /** Bytes that were uploaded or imported. */
    BYTES;

    /** As it stands in messages: {@code questions}. */
    String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
