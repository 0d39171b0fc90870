package dev.datastudio.rag.extract.internal;

/** The one who wanted the text doesn't want it any more; what was being read is given up. */
final class ReadingHalted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReadingHalted() {
        super("The reading was given up", null, false, false);
    }
}
