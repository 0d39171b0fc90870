package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.PlanOutcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a question that was not understood anew, with the nearest names in the place of the unknown words; what has a
 * plan that way is offered before other questions.
 */
final class DidYouMean {
    private static final int MOST_UNKNOWN = 2;
    private static final int MOST_VARIANTS = 3;
    private static final int MOST = 5;

    private DidYouMean() {}

    /** The outcome with such questions in front of its suggestions; other outcomes as they are. */
    static PlanOutcome offered(
            String question,
            PlanOutcome outcome,
            Function<String, List<String>> nearest,
            Function<String, PlanOutcome> plan) {
        if (!(outcome instanceof PlanOutcome.NotUnderstood refused)
                || refused.unknownWords().isEmpty()
                || refused.unknownWords().size() > MOST_UNKNOWN) {
            return outcome;
        }
        Set<String> offered = new LinkedHashSet<>();
        for (String variant : variants(question, refused.unknownWords(), nearest)) {
            if (offered.size() < MOST_VARIANTS && plan.apply(variant) instanceof PlanOutcome.Planned) {
                offered.add(variant);
            }
        }
        offered.addAll(refused.suggestions());
        return new PlanOutcome.NotUnderstood(
                refused.unknownWords(),
                refused.nearest(),
                offered.stream().limit(MOST).toList());
    }

    private static List<String> variants(
            String question, List<String> unknown, Function<String, List<String>> nearest) {
        List<String> variants = List.of(question.strip());
        for (String word : unknown) {
            List<String> next = new ArrayList<>();
            for (String name : nearest.apply(word.toLowerCase(Locale.ROOT))) {
                variants.forEach(v -> next.add(replaced(v, word, name)));
            }
            variants = next;
        }
        return variants;
    }

    /** A name of several words, or one that is a word of its own, is quoted only where it must be. */
    private static String replaced(String question, String word, String name) {
        Pattern whole = Pattern.compile(
                "(?<![\\p{L}\\p{N}_])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}_])", Pattern.CASE_INSENSITIVE);
        return whole.matcher(question).replaceFirst(Matcher.quoteReplacement(name));
    }
}
