package dev.datastudio.graph.internal.log;

/** Something that was stored can't be read; always turned into damage or a typed error before anybody else sees it. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_LENGTH = 400;

    private final String what;

    UnreadableException(String what) {
        super(cut(what));
        this.what = cut(what);
    }

    UnreadableException(String what, Throwable cause) {
        super(cut(what), cause);
        this.what = cut(what);
    }

    /** What storage says may be of any length. */
    private static String cut(String what) {
        return what.length() <= MAX_LENGTH ? what : what.substring(0, MAX_LENGTH) + "…";
    }

    /** What is wrong, beginning with "it". */
    String what() {
        return what;
    }
}
