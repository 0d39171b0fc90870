package dev.datastudio.rag.answer.internal;

import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.LanguageDetector;
import dev.datastudio.rag.extract.internal.LanguageProfiles;
import dev.datastudio.rag.index.Languages;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What language a question is in. Many are too short to tell. */
public final class QuestionLanguage {
    /** What is assumed where a question does not tell; words of others are found all the same, by the rules of theirs. */
    private static final String UNLESS_TOLD = "en";

    private QuestionLanguage() {}

    /** The language of a question, as BCP 47; English where it can't be told. */
    public static String of(String question) {
        String detected = LanguageDetector.detect(question);
        return detected.equals(DocumentMetadata.UNDETERMINED) ? UNLESS_TOLD : detected;
    }

    /** The words of a question's language that say nothing of what is asked for, in lower case. */
    static Set<String> smallWords(String language) {
        Set<String> words = new HashSet<>(LanguageProfiles.smallWords(language));
        for (Object word : Languages.stopWords(Languages.of(language))) {
            words.add(new String((char[]) word).toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
