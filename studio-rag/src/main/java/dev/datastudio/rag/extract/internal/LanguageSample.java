package dev.datastudio.rag.extract.internal;

/** How much of a text its language is guessed from. */
final class LanguageSample {
    static final int LENGTH = 32 * 1024;

    private LanguageSample() {}
}
