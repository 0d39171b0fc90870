package dev.datastudio.agents.planner.model;

import dev.datastudio.agents.planner.internal.Names;
import dev.datastudio.agents.planner.internal.Stemmer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a question, to be looked for in names and values. Immutable. */
final class QuestionWords {
    private static final int SHORTEST_NAME = 3;

    private final String lower;
    private final Set<String> stems = new HashSet<>();

    QuestionWords(String question) {
        this.lower = question.toLowerCase(Locale.ROOT);
        for (String word : Names.parts(question)) {
            stems.add(Stemmer.stem(word));
        }
    }

    /** How many words of a name the question has. */
    long sharedWith(String name) {
        List<String> parts = Names.parts(name);
        return parts.stream()
                .filter(p -> p.length() >= SHORTEST_NAME && stems.contains(Stemmer.stem(p)))
                .distinct()
                .count();
    }

    /** Whether the question has a value word for word, letter case aside. */
    boolean mention(String value) {
        String wanted = value.toLowerCase(Locale.ROOT);
        if (wanted.isBlank()) {
            return false;
        }
        for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
            if (isBorder(at - 1) && isBorder(at + wanted.length())) {
                return true;
            }
        }
        return false;
    }

    private boolean isBorder(int at) {
        return at < 0 || at >= lower.length() || !Character.isLetterOrDigit(lower.charAt(at));
    }
}
