package dev.datastudio.app.identity;

/** The application is to be reached by others, and nobody would have to sign in. */
final class OpenToOthersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpenToOthersException(String address) {
        super("Studio in single-user mode may not listen at " + address
                + ", where others could use it without signing in");
    }
}
