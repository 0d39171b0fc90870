package dev.datastudio.rag.extract;

/** How the reading of a document ended. */
public enum ExtractionStatus {
    /** All of its text was read. */
    READ,
    /** There is text, but not all: the file is damaged, or goes on beyond a limit. The warnings say what is missing. */
    PARTLY_READ,
    /** It holds pictures of text only and needs optical character recognition. */
    NO_TEXT,
    /** It holds nothing: no bytes, or blank pages. */
    EMPTY,
    /** It is protected with a password. */
    ENCRYPTED,
    /** It is damaged so that nothing could be read, or tries to reach other files. */
    MALFORMED,
    /** It is larger than a limit, packed or unpacked, or needs more memory than its reader has. */
    TOO_LARGE,
    /** Reading it took longer than the limit. */
    TIMED_OUT,
    /** It is of a kind that is not read. */
    UNSUPPORTED,
    /** Its reader broke down. */
    FAILED;

    /** Whether the blocks are to be used. */
    public boolean hasText() {
        return this == READ || this == PARTLY_READ;
    }
}
