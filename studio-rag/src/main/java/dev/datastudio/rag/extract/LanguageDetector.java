package dev.datastudio.rag.extract;

import dev.datastudio.rag.extract.internal.LanguageProfiles;

/**
 * Tells what language a text is in, offline: by its script, and within a script by how many of its words are the small
 * words of a language. Knows the languages that Lucene has analysers for. Thread-safe.
 */
public final class LanguageDetector {
    private LanguageDetector() {}

    /**
     * The language of most of a text.
     *
     * @param text some sentences at least; the first 32,768 characters count
     * @return BCP 47 primary tag, such as {@code de}; {@link DocumentMetadata#UNDETERMINED} when the text is too short,
     *     mixed, or in no language that is known
     */
    public static String detect(CharSequence text) {
        return LanguageProfiles.detect(text);
    }
}
