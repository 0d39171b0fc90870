package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Steps over what says how an answer is worded or worked out and changes no number: libraries, rounding, definitions of
 * well-known terms and the verdicts that follow from a number. Every word of such a sentence must be one of
 * {@code prose.txt}; a sentence with any other word is not stepped over.
 */
final class ProseReader {
    private static final Set<String> WORDS = words(false);
    private static final Set<String> OF_VERDICTS = words(true);

    private static final Pattern DECIMALS = phrase(
            "(?:(?:round(?:ed|ing)?|up|accurate|rounded off|correct|down|precision|off|to|of|with|calculated|performed|reported) )*(?:to |up to |of |off to )?(?:§n\\d+|one|two|three|four|five|six|first|second|third|fourth) ?(?:decimals?|d p)(?: (?:places?|points?|digits?))?");
    private static final Pattern ROUNDED = phrase(
            "(?:round(?:ed|ing)?(?: off| up)?|round to)(?: final)?(?: answers?| results?| numbers?)?(?: to)? (?:nearest (?:hundredth|tenth|thousandth|integer|whole number|cent)|§n\\d+)");
    private static final Pattern NULL_HYPOTHESIS = phrase("null hypothesis[^.]{0,200}");
    private static final Pattern VERDICT = phrase(
            "^ ?(?:if|otherwise|else|consider|assume|treat|conclude|report|declare|state|define|when|in case|for determining|assess|positive|negative|value of r|skewness value|correlation value|a value)[^;]*");
    private static final Pattern VERDICT_SUBJECT = phrase(
            "p ?values?|r|correlations?|coefficients?|skewness|kurtosis|r squared|null hypothesis|normal(?:ly)?(?: distribution)?|distribution|significant|relationship");

    private final Sentence sentence;
    private final Request request;

    ProseReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    /** The words before the line of verdicts, or those after it. */
    private static Set<String> words(boolean ofVerdicts) {
        try (var stream = ProseReader.class.getResourceAsStream("prose.txt")) {
            if (stream == null) {
                throw new IllegalStateException("Resource prose.txt is missing beside " + ProseReader.class);
            }
            var words = new HashSet<String>();
            boolean inVerdicts = false;
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\\R", -1)) {
                inVerdicts |= line.equals("= verdict");
                boolean counts = !line.isBlank() && line.charAt(0) != '#' && line.charAt(0) != '=';
                if (counts && inVerdicts == ofVerdicts) {
                    words.addAll(List.of(line.strip().split("\\s+", -1)));
                }
            }
            return Set.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException("Resource prose.txt can't be read", e);
        }
    }

    /** Whether a word says nothing about the data in a request. */
    static boolean isProse(String word) {
        return WORDS.contains(word);
    }

    /** Takes rounding. */
    void rounding() {
        sentence.takeAll(DECIMALS);
        sentence.takeAll(ROUNDED);
    }

    /**
     * Takes a sentence that only says what follows from a number: "If p is below 0.05, …". Its level counts; its other
     * numbers are bounds of the verdict.
     */
    void verdict() {
        boolean verdict = sentence.has(VERDICT) && sentence.has(VERDICT_SUBJECT);
        boolean plain =
                sentence.leftWords().stream().allMatch(w -> isProse(w) || OF_VERDICTS.contains(w) || isHarmless(w));
        if (!verdict || !plain || !sentence.columns().stream().allMatch(request::knows)) {
            return;
        }
        Pattern bound = phrase(
                "p ?values?(?: of)?(?: (?:is|are|obtained|was|from|test|shapiro|wilk|kolmogorov|smirnov|associated|with))* (?:less|greater|below|above|smaller|larger|lower|higher|more|<|<=|>|>=|under|over)(?: ?=)?(?: than)?(?: or equal to)? <n>");
        for (MatchResult found : sentence.takeAll(bound)) {
            double level = sentence.number(found.group(1));
            if (level > 0 && level < 0.5) {
                request.level = level;
            }
            request.significance = true;
        }
        sentence.takeRest();
    }

    /** Takes what is said about a null hypothesis. */
    void hypotheses() {
        sentence.takeAll(NULL_HYPOTHESIS);
    }

    private static boolean isHarmless(String word) {
        return Lexicon.english()
                .find(List.of(word))
                .map(m -> switch (m.tag()) {
                    case FILLER, WEAK, SHOW, QUESTION, RELATIVE, AND, OR, ALSO, PREPOSITION, WITH, IS -> true;
                    default -> false;
                })
                .orElse(false);
    }

    /** The words of the sentence that nobody made use of and that may say something. */
    List<String> unread() {
        return sentence.leftWords().stream()
                .filter(w -> !isProse(w) && !isHarmless(w))
                .distinct()
                .toList();
    }
}
