package dev.datastudio.graph.internal.log;

/** Something that was stored can't be read; always turned into damage or a typed error before anybody else sees it. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    UnreadableException(String what) {
        super(what);
        this.what = what;
    }

    UnreadableException(String what, Throwable cause) {
        super(what, cause);
        this.what = what;
    }

    /** What is wrong, beginning with "it". */
    String what() {
        return what;
    }
}
