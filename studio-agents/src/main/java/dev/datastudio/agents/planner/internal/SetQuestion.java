package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A question about what is true of a thing in two ways: "which cities have both shops and schools", "customers with a
 * card but no account". It is asked as two questions, of which the second may begin as the first one does. Immutable.
 *
 * @param excludes whether what the second question finds is taken away
 * @param first the first question
 * @param seconds wordings of the second question, the likeliest first
 */
record SetQuestion(boolean excludes, String first, List<String> seconds) {
    private static final int MOST_WORDINGS = 8;
    private static final Set<String> AUXILIARIES = Set.of("do", "does", "did", "is", "are", "was", "were");
    private static final Set<String> OWNING = Set.of("have", "has", "had", "with");

    SetQuestion {
        seconds = List.copyOf(seconds);
    }

    /** The two questions in a single sentence; empty when it has no such form. */
    static Optional<SetQuestion> in(String question) {
        String sentence = question.strip().replaceFirst("[?!.]+$", "");
        if (sentence.matches("(?s).*[.?!]\\s.*")) {
            return Optional.empty();
        }
        List<String> words = List.of(sentence.split("\\s+"));
        int both = indexOf(words, "both", 0);
        int and = indexOf(words, "and", both + 1);
        if (both > 0 && and > both + 1 && and + 1 < words.size()) {
            List<String> start = words.subList(0, both);
            return Optional.of(new SetQuestion(
                    false,
                    joined(start, words.subList(both + 1, and)),
                    List.of(joined(start, words.subList(and + 1, words.size())))));
        }
        return excluding(words);
    }

    private static Optional<SetQuestion> excluding(List<String> words) {
        for (int at = 2; at + 2 < words.size(); at++) {
            String word = words.get(at).toLowerCase(Locale.ROOT);
            if (word.equals("but") || word.equals("and")) {
                List<String> rest = positive(words.subList(at + 1, words.size()), word.equals("but"));
                if (!rest.isEmpty()) {
                    return Optional.of(of(words.subList(0, at), rest));
                }
            }
        }
        return Optional.empty();
    }

    /** The first question may end anywhere before its condition, and the second goes on from there. */
    private static SetQuestion of(List<String> head, List<String> rest) {
        List<String> seconds = new ArrayList<>();
        for (int end = head.size() - 1; end > 1 && seconds.size() < MOST_WORDINGS; end--) {
            seconds.add(joined(head.subList(0, end), rest));
        }
        return new SetQuestion(true, joined(head, List.of()), seconds);
    }

    /** What is denied, as if it were not; empty when nothing is. "And not" may only say what the rows are not. */
    private static List<String> positive(List<String> words, boolean contrasts) {
        String first = words.get(0).toLowerCase(Locale.ROOT);
        String second = words.get(1).toLowerCase(Locale.ROOT);
        List<String> after = words.subList(1, words.size());
        List<String> later = words.subList(2, words.size());
        if (first.equals("without")) {
            return contrasts ? joinedWords("with", after) : List.of();
        } else if (Set.of("not", "no", "never").contains(first)) {
            return contrasts ? after : List.of();
        } else if (OWNING.contains(first) && Set.of("no", "not", "never").contains(second)) {
            return joinedWords("have", later);
        } else if (AUXILIARIES.contains(first) && Set.of("not", "never").contains(second)) {
            return contrasts
                            || (words.size() > 2 && OWNING.contains(words.get(2).toLowerCase(Locale.ROOT)))
                    ? later
                    : List.of();
        } else if (first.matches("(do|does|did)n['’]t") && words.size() > 2) {
            return after;
        }
        return List.of();
    }

    private static List<String> joinedWords(String first, List<String> words) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(words);
        return all;
    }

    private static String joined(List<String> start, List<String> end) {
        return (String.join(" ", start) + " " + String.join(" ", end)).strip().replaceFirst(",$", "");
    }

    private static int indexOf(List<String> words, String word, int from) {
        for (int i = Math.max(0, from); i < words.size(); i++) {
            if (words.get(i).equalsIgnoreCase(word)) {
                return i;
            }
        }
        return -1;
    }
}
