package dev.datastudio.rag.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.search.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The words of a passage as a {@code tsvector}: {@code INDEX:LANGUAGE:STEM}, with as many positions as the stem is there
 * times. With the index and the language in each word, the lists of the GIN index hold passages of one index and one
 * language only, as with Lucene; nobody's words make another one's search slower, or count in its scores.
 *
 * @param language by whose rules they were read
 * @param count how many there are, each as often as it is there
 * @param literal as PostgreSQL reads it
 */
record PostgresWords(String language, int count, String literal) {
    /** A {@code tsvector} keeps 255 positions of a word. */
    private static final int MAX_TIMES = 255;

    /** A {@code tsvector} takes 1 MiB and words of 2,046 bytes. */
    private static final int MAX_BYTES = 700_000;

    private static final int MAX_WORD_BYTES = 1_900;
    private static final int BYTES_BESIDE = 8;

    static PostgresWords of(Passage passage, long index) {
        String language = Languages.of(passage.language());
        Map<String, Integer> stems = stems(QuestionWords.text(passage), language);
        StringBuilder vector = new StringBuilder();
        long bytes = 0;
        int count = 0;
        for (Map.Entry<String, Integer> stem : stems.entrySet()) {
            count += stem.getValue();
            int times = Math.min(stem.getValue(), MAX_TIMES);
            String word = word(index, language, stem.getKey());
            bytes += word.getBytes(UTF_8).length + Short.BYTES * (long) times + BYTES_BESIDE;
            if (bytes <= MAX_BYTES && isKept(stem.getKey())) {
                append(word, times, vector);
            }
        }
        return new PostgresWords(language, count, vector.toString());
    }

    private static Map<String, Integer> stems(String text, String language) {
        try {
            return QuestionWords.stems(text, language);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }

    private static void append(String word, int times, StringBuilder vector) {
        vector.append(quoted(word));
        for (int position = 1; position <= times; position++) {
            vector.append(position == 1 ? ':' : ',').append(position);
        }
        vector.append(' ');
    }

    /** A word in the way that {@code tsvector} and {@code tsquery} read it. */
    static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String word(long index, String language, String stem) {
        return Long.toString(index, Character.MAX_RADIX) + ":" + language + ":" + stem;
    }

    /** Whether a stem can be kept, and so found. */
    static boolean isKept(String stem) {
        return PostgresText.isStorable(stem) && stem.getBytes(UTF_8).length <= MAX_WORD_BYTES;
    }
}
